/// Conversions between units of measure: `convert_length(1, "Foot", "Meter")`.
package enum UnitFunctions {
  package static let all: [ScalarFunction] = [
    conversion("convert_angle", "an angle", UnitTables.angles, #"1.2, "Degree", "Arcminute""#, gives: "72.0"),
    conversion(
      "convert_energy", "an energy", UnitTables.energies, #"2, "WattHour", "Joule""#, gives: "7200.0"),
    conversion("convert_force", "a force", UnitTables.forces, #"2, "Newton", "Dyn""#, gives: "200000.0"),
    conversion("convert_length", "a length", UnitTables.lengths, #"2, "Mile", "Yard""#, gives: "3520.0"),
    conversion("convert_mass", "a mass", UnitTables.masses, #"2, "Stone", "Pound""#, gives: "28.0"),
    conversion(
      "convert_speed", "a speed", UnitTables.speeds, #"1.2, "MeterPerSecond", "CentimeterPerHour""#,
      gives: "432000.0"),
    conversion(
      "convert_temperature", "a temperature", UnitTables.temperatures,
      #"50, "DegreeFahrenheit", "DegreeCelsius""#,
      gives: "10.0"),
    conversion(
      "convert_volume", "a volume", UnitTables.volumes, #"2, "CubicMeter", "Liter""#, gives: "2000.0"),
  ]

  /// A unit as so many of the family's own one, counted from a point of its own.
  struct Unit: Sendable {
    var size: Double
    var zero = 0.0
  }

  private static func conversion(
    _ name: String, _ what: String, _ units: [String: Unit], _ example: String, gives result: String
  ) -> ScalarFunction {
    let names = units.keys.sorted { $0.precedes($1) }.joined(separator: ", ")
    return ScalarFunction(
      [.kql(name)],
      Signature(
        [.oneOf("value", [.real, .int, .long]), .string("from"), .string("to")], returns: .fixed(.real)),
      "Converts \(what) from one unit to another; a unit that is not known gives null.",
      notes: ["Units: \(names)."],
      kernel: .scalar { values in
        guard let number = values[0].number, let from = values.text(1).flatMap({ units[$0] }),
          let to = values.text(2).flatMap({ units[$0] })
        else { return .null }
        // Fifteen digits, beyond which the factors are not exact.
        let made = (number * from.size + from.zero - to.zero) / to.size
        return .real(rounded(made))
      },
      examples: [
        .kql("\(name)(\(example))", gives: result),
        .kql(#"\#(name)(1, "Nothing", "Nothing")"#, gives: "real(null)"),
      ])
  }

  private static func rounded(_ number: Double) -> Double {
    guard number.isFinite, number != 0 else { return number }
    let exponent = Int(number.magnitude.exponent) * 30103 / 100_000
    guard abs(exponent) < 290 else { return number }
    let places = 14 - exponent
    let scale = power(of: abs(places))
    return places >= 0 ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
  }

  private static func power(of count: Int) -> Double { (0..<count).reduce(1.0) { power, _ in power * 10 } }
}
