/// Units by their names, each family in one of its own.
enum UnitTables {
  typealias Table = [String: UnitFunctions.Unit]

  private static func table(_ sizes: [String: Double]) -> Table {
    sizes.mapValues { UnitFunctions.Unit(size: $0) }
  }

  /// Degrees.
  static let angles: Table = {
    let radian = 180 / Double.pi
    return table([
      "Arcminute": 1.0 / 60, "Arcsecond": 1.0 / 3600, "Centiradian": radian / 100, "Deciradian": radian / 10,
      "Degree": 1, "Gradian": 0.9, "Microdegree": 1e-6, "Microradian": radian / 1e6, "Millidegree": 1e-3,
      "Milliradian": radian / 1000, "Nanodegree": 1e-9, "Nanoradian": radian / 1e9, "NatoMil": 360.0 / 6400,
      "Radian": radian, "Revolution": 360, "Turn": 360,
    ])
  }()

  /// Joules.
  static let energies: Table = {
    let heat = 1055.05585262
    let electron = 1.602176565e-19
    var sizes: [String: Double] = [
      "BritishThermalUnit": heat, "Calorie": 4.184, "DecathermEc": heat * 1e6,
      "DecathermImperial": heat * 1e6,
      "DecathermUs": 1.054804e9, "Erg": 1e-7, "FootPound": 1.355817948, "HorsepowerHour": 2.6845195377e6,
      "Joule": 1,
      "ThermEc": heat * 1e5, "ThermImperial": heat * 1e5, "ThermUs": 1.054804e8, "WattDay": 86_400,
      "WattHour": 3600,
      "ElectronVolt": electron, "Millijoule": 1e-3,
    ]
    let prefixes: [(name: String, size: Double)] = [
      ("Kilo", 1e3), ("Mega", 1e6), ("Giga", 1e9), ("Tera", 1e12),
    ]
    for (name, size) in prefixes {
      sizes[name + "electronVolt"] = electron * size
      sizes[name + "wattDay"] = 86_400 * size
      sizes[name + "wattHour"] = 3600 * size
      if size < 1e12 {
        sizes[name + "britishThermalUnit"] = heat * size
        sizes[name + "joule"] = size
      }
      if size < 1e9 { sizes[name + "calorie"] = 4.184 * size }
    }
    return table(sizes)
  }()

  /// Newtons.
  static let forces: Table = {
    let pound = 4.4482216152605
    let kilogram = 9.80665
    return table([
      "Decanewton": 10, "Dyn": 1e-5, "KiloPond": kilogram, "KilogramForce": kilogram, "Kilonewton": 1e3,
      "KilopoundForce": pound * 1000, "Meganewton": 1e6, "Micronewton": 1e-6, "Millinewton": 1e-3,
      "Newton": 1,
      "OunceForce": pound / 16, "PoundForce": pound, "Poundal": 0.138254954376, "ShortTonForce": pound * 2000,
      "TonneForce": kilogram * 1000,
    ])
  }()

  /// Meters.
  static let lengths: Table = {
    let inch = 0.0254
    let light = 9.46073047258e15
    let parsec = 3.08567758128e16
    return table([
      "Angstrom": 1e-10, "AstronomicalUnit": 1.495978707e11, "Centimeter": 0.01, "Chain": 20.1168,
      "DataMile": 1828.8,
      "Decameter": 10, "Decimeter": 0.1, "DtpPica": inch / 6, "DtpPoint": inch / 72, "Fathom": 1.8288,
      "Foot": 0.3048,
      "Hand": 0.1016, "Hectometer": 100, "Inch": inch, "KilolightYear": light * 1e3, "Kilometer": 1000,
      "Kiloparsec": parsec * 1e3, "LightYear": light, "MegalightYear": light * 1e6,
      "Megaparsec": parsec * 1e6,
      "Meter": 1, "Microinch": inch * 1e-6, "Micrometer": 1e-6, "Mil": inch / 1000, "Mile": 1609.344,
      "Millimeter": 1e-3, "Nanometer": 1e-9, "NauticalMile": 1852, "Parsec": parsec,
      "PrinterPica": inch / 6.02250,
      "PrinterPoint": inch / 72.27, "Shackle": 27.432, "SolarRadius": 6.9551e8, "Twip": inch / 1440,
      "UsSurveyFoot": 1200.0 / 3937, "Yard": 0.9144,
    ])
  }()

  /// Kilograms.
  static let masses: Table = {
    let pound = 0.45359237
    return table([
      "Centigram": 1e-5, "Decagram": 0.01, "Decigram": 1e-4, "EarthMass": 5.9722e24, "Grain": pound / 7000,
      "Gram": 1e-3, "Hectogram": 0.1, "Kilogram": 1, "Kilopound": pound * 1000, "Kilotonne": 1e6,
      "LongHundredweight": pound * 112, "LongTon": pound * 2240, "Megapound": pound * 1e6, "Megatonne": 1e9,
      "Microgram": 1e-9, "Milligram": 1e-6, "Nanogram": 1e-12, "Ounce": pound / 16, "Pound": pound,
      "ShortHundredweight": pound * 100, "ShortTon": pound * 2000, "Slug": 14.593902937,
      "SolarMass": 1.98947e30,
      "Stone": pound * 14, "Tonne": 1000,
    ])
  }()

  /// Meters a second: a length by a time, and two of their own.
  static let speeds: Table = {
    let lengthNames = [
      "Centimeter", "Decimeter", "Foot", "Inch", "Kilometer", "Meter", "Micrometer", "Millimeter",
      "Nanometer",
      "UsSurveyFoot", "Yard",
    ]
    let times: [(name: String, seconds: Double)] = [("Hour", 3600), ("Minute", 60), ("Second", 1)]
    var sizes: [String: Double] = ["Knot": 1852.0 / 3600, "MilePerHour": 0.44704]
    for length in lengthNames {
      for time in times { sizes["\(length)Per\(time.name)"] = (lengths[length]?.size ?? 1) / time.seconds }
    }
    return table(sizes)
  }()

  /// Kelvin.
  static let temperatures: Table = [
    "DegreeCelsius": UnitFunctions.Unit(size: 1, zero: 273.15),
    "DegreeDelisle": UnitFunctions.Unit(size: -2.0 / 3, zero: 373.15),
    "DegreeFahrenheit": UnitFunctions.Unit(size: 5.0 / 9, zero: 459.67 * 5 / 9),
    "DegreeNewton": UnitFunctions.Unit(size: 100.0 / 33, zero: 273.15),
    "DegreeRankine": UnitFunctions.Unit(size: 5.0 / 9),
    "DegreeReaumur": UnitFunctions.Unit(size: 1.25, zero: 273.15),
    "DegreeRoemer": UnitFunctions.Unit(size: 40.0 / 21, zero: 273.15 - 7.5 * 40 / 21),
    "Kelvin": UnitFunctions.Unit(size: 1),
    "MillidegreeCelsius": UnitFunctions.Unit(size: 1e-3, zero: 273.15),
    "SolarTemperature": UnitFunctions.Unit(size: 5778),
  ]

  /// Cubic meters.
  static let volumes: Table = {
    let liter = 1e-3
    let foot = 0.028316846592
    let imperial = 0.00454609
    let us = 0.003785411784
    let ounce = us / 128
    return table([
      "AcreFoot": 1 / 0.000810714, "AuTablespoon": 2e-5, "BoardFoot": foot / 12, "Centiliter": liter / 100,
      "CubicCentimeter": 1e-6, "CubicDecimeter": liter, "CubicFoot": foot, "CubicHectometer": 1e6,
      "CubicInch": 1.6387064e-5, "CubicKilometer": 1e9, "CubicMeter": 1, "CubicMicrometer": 1e-18,
      "CubicMile": 4.16818182544058e9, "CubicMillimeter": 1e-9, "CubicYard": foot * 27,
      "Decaliter": liter * 10,
      "DecausGallon": us * 10, "Deciliter": liter / 10, "DeciusGallon": us / 10, "HectocubicFoot": foot * 100,
      "HectocubicMeter": 100, "Hectoliter": liter * 100, "HectousGallon": us * 100,
      "ImperialBeerBarrel": imperial * 36,
      "ImperialGallon": imperial, "ImperialOunce": imperial / 160, "ImperialPint": imperial / 8,
      "KilocubicFoot": foot * 1000, "KilocubicMeter": 1000, "KiloimperialGallon": imperial * 1000,
      "Kiloliter": 1,
      "KilousGallon": us * 1000, "Liter": liter, "MegacubicFoot": foot * 1e6,
      "MegaimperialGallon": imperial * 1e6,
      "Megaliter": 1000, "MegausGallon": us * 1e6, "MetricCup": 2.5e-4, "MetricTeaspoon": 5e-6,
      "Microliter": 1e-9,
      "Milliliter": 1e-6, "OilBarrel": us * 42, "UkTablespoon": 1.5e-5, "UsBeerBarrel": us * 31,
      "UsCustomaryCup": us / 16, "UsGallon": us, "UsLegalCup": 2.4e-4, "UsOunce": ounce, "UsPint": us / 8,
      "UsQuart": us / 4, "UsTablespoon": ounce / 2, "UsTeaspoon": ounce / 6,
    ])
  }()
}
