/// Conversions between types: `tostring`, `tolong`, …
package enum Conversions {
  package static let all: [ScalarFunction] = [
    toString, toLong, toInt, toReal, toDecimal, toBool, toDatetime, toTimespan, toGUID, toDynamic,
    splText, splNumber,
  ]

  /// The function that a dialect converts with.
  static func function(to type: DataType, dialect: Dialect) -> ScalarFunction {
    switch type {
    case .string: dialect.texts == .plain ? splText : toString
    case .real: dialect.texts == .plain ? splNumber : toReal
    case .long: toLong
    case .int: toInt
    case .decimal: toDecimal
    case .bool: toBool
    case .datetime: toDatetime
    case .timespan: toTimespan
    case .guid: toGUID
    case .dynamic: toDynamic
    }
  }

  /// How a query writes such a conversion; nil if its language has no name for it.
  static func name(to type: DataType, in dialect: Dialect) -> String? {
    function(to: type, dialect: dialect).names.suggested(in: dialect.language).first
  }

  private static func conversion(
    _ names: [FunctionName], to type: DataType, _ summary: String, notes: [String] = [],
    nulls: NullRule = .nullIfAnyNull, of kind: Parameter = .any("value"), examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([kind], returns: .fixed(type)), summary, notes: notes, nulls: nulls,
      naming: .firstArgument,
      kernel: .vector { call in ConversionKernels.convert(call.arguments[0], to: type) },
      examples: examples)
  }

  package static let toString = conversion(
    [.kql("tostring")], to: .string, "Gives the text of a value; of null, the empty text.",
    nulls: .neverNull,
    examples: [
      .kql("tostring(5)", gives: #""5""#),
      .kql("tostring(true)", gives: #""True""#),
      .kql("tostring(2.0)", gives: #""2.0""#),
      .kql("tostring(int(null))", gives: #""""#),
      .kql(#"tostring(dynamic({"a":1}))"#, gives: #""{\"a\":1}""#),
      .kql("tostring(1d)", gives: #""1.00:00:00""#),
    ])

  package static let toLong = conversion(
    [.kql("tolong")], to: .long, "Converts to a 64-bit integer; text that is no integer gives null.",
    examples: [
      .kql(#"tolong(" 42 ")"#, gives: "42"),
      .kql(#"tolong("0x1A")"#, gives: "26"),
      .kql(#"tolong("3.14")"#, gives: "long(null)"),
      .kql("tolong(2.9)", gives: "2"),
    ])

  package static let toInt = conversion(
    [.kql("toint")], to: .int, "Converts to a 32-bit integer; text that is none gives null.",
    examples: [
      .kql(#"toint("7")"#, gives: "int(7)"),
      .kql("toint(2.3)", gives: "int(2)"),
      .kql("toint(true)", gives: "int(1)"),
    ])

  package static let toReal = conversion(
    [.kql("todouble"), .kqlAlias("toreal")], to: .real,
    "Converts to a real; text that is no number gives null.",
    examples: [
      .kql(#"todouble(".25")"#, gives: "0.25"),
      .kql(#"todouble("abc")"#, gives: "real(null)"),
    ])

  package static let toDecimal = conversion(
    [.kql("todecimal")], to: .decimal, "Converts to a decimal; text that is no number gives null.",
    examples: [.kql(#"todecimal("1.5") == decimal(1.5)"#, gives: "true")])

  package static let toBool = conversion(
    [.kql("tobool"), .kqlAlias("toboolean")], to: .bool,
    "Converts to true or false: true and false in any case, numbers other than 0.",
    examples: [
      .kql(#"tobool("TRUE")"#, gives: "true"),
      .kql("tobool(0.5)", gives: "true"),
      .kql(#"tobool("yes")"#, gives: "bool(null)"),
    ])

  package static let toDatetime = conversion(
    [.kql("todatetime")], to: .datetime, "Reads a point in time from text; null if it is none.",
    notes: ["Months come first in dates with slashes. Offsets are converted to UTC."],
    examples: [
      .kql(#"todatetime("2024-01-01T10:00:00+02:00")"#, gives: "datetime(2024-01-01T08:00:00Z)"),
      .kql(#"todatetime("no date")"#, gives: "datetime(null)"),
    ])

  package static let toTimespan = conversion(
    [.kql("totimespan"), .kqlAlias("totime")], to: .timespan,
    "Reads a timespan from text; null if it is none.",
    examples: [
      .kql(#"totimespan("0.00:01:00")"#, gives: "1m"),
      .kql(#"totimespan("x")"#, gives: "timespan(null)"),
    ])

  package static let toGUID = conversion(
    [.kql("toguid")], to: .guid, "Reads an identifier of 32 hex digits from text.",
    of: .oneOf("value", [.string, .dynamic]),
    examples: [
      .kql(
        #"toguid("70fc66f7-8279-44fc-9092-d364d70fce44") == guid(70fc66f7-8279-44fc-9092-d364d70fce44)"#,
        gives: "true")
    ])

  /// A scalar as dynamic, without parsing its text.
  package static let toDynamic = conversion(
    [.kql("[dynamic]")], to: .dynamic, "Wraps a value as dynamic.", nulls: .handlesNulls, examples: [])

  /// A value as SPL's text; a number that is whole has no fraction.
  package static let splText = ScalarFunction(
    [.spl("[text]")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives the text of a value in SPL.",
    kernel: .vector { call in ConversionKernels.splText(call.arguments[0]) }, examples: [])

  /// A text as SPL's number; null if it is none.
  package static let splNumber = ScalarFunction(
    [.spl("[number]")], Signature([.any("value")], returns: .fixed(.real)),
    "Gives the number that a value is in SPL.",
    kernel: .vector { call in ConversionKernels.splNumber(call.arguments[0]) }, examples: [])
}
