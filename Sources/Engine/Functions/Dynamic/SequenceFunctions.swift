/// Arrays from rules: `range`, `repeat`, `zip`, and the size of values.
package enum SequenceFunctions {
  package static let all: [ScalarFunction] = [range, repetition, zip, dataSize]

  static let range = ScalarFunction(
    [.kql("range")],
    Signature(
      [.any("start"), .any("stop"), .any("step").optional],
      returns: .computed { types, _ in
        if types.allSatisfy(\.isNumeric) { return .dynamic }
        let isTime = types[0] == .datetime || types[0] == .timespan
        return isTime && types[1] == types[0] && (types.count < 3 || types[2] == .timespan) ? .dynamic : nil
      }),
    "Gives the values from a start to a stop, both included, by a step of 1 or 1h if none is given.",
    notes: [
      "More than 1,048,576 elements are an error; a step of 0 gives null. A negative step counts down."
    ],
    kernel: .scalar { values in
      let start = values[0].unwrapped
      let stop = values[1].unwrapped
      let step = values.count > 2 ? values[2].unwrapped : nil
      switch (start, stop, step) {
      case (.datetime(let first), .datetime(let last), nil):
        return steps(first, last, Ticks.perHour) { .string(Ticks.datetimeText($0)) }
      case (.datetime(let first), .datetime(let last), .timespan(let size)):
        return steps(first, last, size) { .string(Ticks.datetimeText($0)) }
      case (.timespan(let first), .timespan(let last), nil):
        return steps(first, last, Ticks.perHour) { .string(Ticks.timespanText($0)) }
      case (.timespan(let first), .timespan(let last), .timespan(let size)):
        return steps(first, last, size) { .string(Ticks.timespanText($0)) }
      case (.long(let first), .long(let last), nil): return steps(first, last, 1) { .long($0) }
      case (.long(let first), .long(let last), .long(let size)): return steps(first, last, size) { .long($0) }
      default:
        guard let first = start.number, let last = stop.number, let size = step == nil ? 1 : step?.number
        else {
          return .null
        }
        return realSteps(first, last, size)
      }
    },
    examples: [
      .kql("range(1, 8, 3)", gives: "dynamic([1,4,7])"),
      .kql("range(1, 3)", gives: "dynamic([1,2,3])"),
      .kql("range(5, 1)", gives: "dynamic([])"),
      .kql("range(0.0, 1.0, 0.5)", gives: "dynamic([0.0,0.5,1.0])"),
      .kql("array_length(range(datetime(2024-01-01), datetime(2024-01-02)))", gives: "25", why: "hours"),
    ])

  private static func steps(
    _ first: Int64, _ last: Int64, _ size: Int64, _ element: (Int64) -> JSONValue
  ) -> Value {
    if size == 0 { return .null }
    var elements: [JSONValue] = []
    var current = first
    while size > 0 ? current <= last : current >= last, DynamicLimit.admits(elements.count + 1) {
      elements.append(element(current))
      let (next, overflow) = current.addingReportingOverflow(size)
      if overflow { break }
      current = next
    }
    return .array(elements)
  }

  private static func realSteps(_ first: Double, _ last: Double, _ size: Double) -> Value {
    guard first.isFinite, last.isFinite, size.isFinite, size != 0 else { return .null }
    var elements: [JSONValue] = []
    while true {
      let current = first + Double(elements.count) * size
      guard size > 0 ? current <= last : current >= last, DynamicLimit.admits(elements.count + 1) else {
        break
      }
      elements.append(.real(current))
    }
    return .array(elements)
  }

  static let repetition = ScalarFunction(
    [.kql("repeat")],
    Signature(
      [.any("value"), .long("count")],
      returns: .computed { _, constants in
        if case .dynamic(.object)?? = constants.first { return nil }
        return .dynamic
      }),
    "Gives an array of one value some times over; a negative number gives null.",
    nulls: .handlesNulls, naming: .prefixed,
    kernel: .scalar { values in
      guard let count = values[1].integer, count >= 0 else { return .null }
      guard DynamicLimit.admits(Int(count)) else { return .null }
      return .array(Array(repeating: values[0].json, count: Int(count)))
    },
    examples: [
      .kql("repeat(1, 3)", gives: "dynamic([1,1,1])"),
      .kql(#"repeat("a", 0)"#, gives: "dynamic([])"),
      .kql("repeat(1, -1)", gives: "dynamic(null)"),
      .kql("repeat(1, int(null))", gives: "dynamic(null)"),
    ])

  static let zip = ScalarFunction(
    [.kql("zip")],
    Signature([.dynamic("first"), .dynamic("second"), .dynamic("next").repeated], returns: .fixed(.dynamic)),
    "Gives arrays of the elements that stand at one place; short arrays are filled up with null.",
    nulls: .handlesNulls,
    kernel: .scalar { values in
      // What is no array counts as an array of itself alone.
      let arrays = values.map { $0.elements ?? ($0.isNull ? [] : [$0.json]) }
      let length = arrays.map(\.count).max() ?? 0
      return .array(
        (0..<length).map { index in .array(arrays.map { index < $0.count ? $0[index] : .null }) })
    },
    examples: [
      .kql("zip(dynamic([1,3]), dynamic([2,4]))", gives: "dynamic([[1,2],[3,4]])"),
      .kql("zip(dynamic([1]), dynamic(null))", gives: "dynamic([[1,null]])"),
    ])

  package static let dataSize = ScalarFunction(
    [.kql("estimate_data_size")], Signature([.any("value").repeated], returns: .fixed(.long)),
    "Gives about how many bytes the values take.",
    notes: ["`*` is all columns of the row."],
    differs: ["An estimate of its own: sizes by type, texts and dynamic values by their UTF-8."],
    nulls: .neverNull,
    kernel: .prepared { arguments in
      let types = arguments.types
      return { values in
        .long(Swift.zip(types, values).reduce(0) { $0 &+ size($1.0, $1.1) })
      }
    },
    examples: [
      .kql("estimate_data_size(1)", gives: "8"),
      .kql(#"estimate_data_size("abc", 1s, true)"#, gives: "12"),
      .kql("estimate_data_size(dynamic(null))", gives: "0"),
    ])

  private static func size(_ type: DataType, _ value: Value) -> Int64 {
    switch type {
    case .bool: 1
    case .int: 4
    case .long, .real, .datetime, .timespan: 8
    case .decimal, .guid: 16
    case .string: Int64(value.kqlText.utf8.count)
    case .dynamic: value.isNull ? 0 : Int64(value.json.text.utf8.count)
    }
  }
}

extension Value {
  /// The scalar inside a dynamic value; other values as they are.
  fileprivate var unwrapped: Value {
    if case .dynamic(let json) = self { json.scalar ?? .null } else { self }
  }
}
