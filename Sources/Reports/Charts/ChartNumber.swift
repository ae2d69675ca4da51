import Diagnostics

/// How numbers stand at an axis: short, and never a digit that is wrong.
package enum ChartNumber {
  /// `950`, `1.2k`, `35M`, `0.25`, `-3e9`.
  package static func text(_ value: Double) -> String {
    if !value.isFinite { return value.isNaN ? "" : value > 0 ? "inf" : "-inf" }
    let size = abs(value)
    if size >= 1e15 || size > 0 && size < 1e-4 { return exponent(value) }
    for (unit, name) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")] where size >= unit {
      let factor = unit == 1e4 ? 1e3 : unit
      return decimal(value / factor, digits: size / factor >= 100 ? 0 : 1) + name
    }
    return decimal(value, digits: size >= 100 ? 0 : size >= 1 ? 2 : 4)
  }

  /// In full, with commas between thousands.
  package static func full(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return text(value) }
    let rounded = decimal(value, digits: 2)
    let digits = rounded.prefix { $0 != "." }
    return String(digits).groupedDigits + rounded.dropFirst(digits.count)
  }

  private static func decimal(_ value: Double, digits: Int) -> String {
    var factor = 1.0
    for _ in 0..<digits { factor *= 10 }
    let rounded = (value * factor).rounded() / factor
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return String(Int64(rounded)) }
    return "\(rounded)"
  }

  private static func exponent(_ value: Double) -> String {
    var mantissa = value
    var exponent = 0
    while abs(mantissa) >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while abs(mantissa) < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(decimal(mantissa, digits: 1))e\(exponent)"
  }
}
