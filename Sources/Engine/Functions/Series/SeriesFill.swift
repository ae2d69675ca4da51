/// Filling the gaps of a series; zeros and other numbers stay.
enum SeriesFill {
  static let functions: [ScalarFunction] = [constant, forward, backward, linear]

  static let constant = ScalarFunction(
    [.kql("series_fill_const")],
    Signature([.dynamic("series"), .any("value"), .any("placeholder").optional], returns: .fixed(.dynamic)),
    "Fills gaps with a value.", notes: ["A placeholder may stand for gaps instead of null."],
    nulls: .handlesNulls, naming: .firstArgument,
    kernel: .scalar { values in
      guard let elements = values[0].elements else { return .null }
      let gap = placeholder(values, 2)
      let filler = values[1].json
      return .array(elements.map { $0.identity == gap ? filler : $0 })
    },
    examples: [
      .kql("series_fill_const(dynamic([null,0,3]), 7)", gives: "dynamic([7,0,3])"),
      .kql("series_fill_const(dynamic([-1,0]), 7, -1)", gives: "dynamic([7,0])"),
      .kql("series_fill_const(dynamic(null), 7)", gives: "dynamic(null)"),
    ])

  static let forward = carrying(
    "series_fill_forward", "Fills gaps with the value before them.", isBackward: false,
    examples: [
      .kql("series_fill_forward(dynamic([null,1,null,3]))", gives: "dynamic([null,1,1,3])"),
      .kql("series_fill_forward(dynamic([5,0,0]), 0)", gives: "dynamic([5,5,5])"),
    ])

  static let backward = carrying(
    "series_fill_backward", "Fills gaps with the value behind them.", isBackward: true,
    examples: [
      .kql("series_fill_backward(dynamic([null,1,null]))", gives: "dynamic([1,1,null])"),
      .kql("series_fill_backward(dynamic([]))", gives: "dynamic([])"),
    ])

  private static func carrying(
    _ name: String, _ summary: String, isBackward: Bool, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)],
      Signature([.dynamic("series"), .any("placeholder").optional], returns: .fixed(.dynamic)), summary,
      notes: ["A placeholder may stand for gaps instead of null."], nulls: .handlesNulls,
      naming: .firstArgument,
      kernel: .scalar { values in
        guard var elements = values[0].elements else { return .null }
        let gap = placeholder(values, 1)
        var last: JSONValue?
        for index in isBackward ? Array(elements.indices.reversed()) : Array(elements.indices) {
          if elements[index].identity != gap {
            last = elements[index]
          } else if let last {
            elements[index] = last
          }
        }
        return .array(elements)
      }, examples: examples)
  }

  static let linear = ScalarFunction(
    [.kql("series_fill_linear")],
    Signature(
      [
        .dynamic("series"), .any("placeholder").optional, .bool("fill_edges").optional,
        .any("constant").optional,
      ], returns: .fixed(.dynamic)),
    "Fills gaps with the line between the values around them; at the edges with the nearest value.",
    notes: [
      "Integers stay integers: their fractions are cut. A series without any value is filled with the constant, 0 if not given."
    ], nulls: .handlesNulls, naming: .firstArgument,
    kernel: .scalar { values in
      guard let elements = values[0].elements else { return .null }
      let gap = placeholder(values, 1)
      let fillsEdges = values.count > 2 ? values[2] != .bool(false) : true
      let kept = elements.map { $0.identity == gap ? JSONValue.null : $0 }
      let series = Series(elements: kept)
      let known = series.values.indices.filter { series.values[$0] != nil }
      guard let first = known.first, let last = known.last else {
        let filler = values.count > 3 ? values[3].json : .long(0)
        return .array(elements.map { _ in filler })
      }
      var results = series.values
      for (left, right) in zip(known, known.dropFirst()) where right - left > 1 {
        guard let low = series.values[left], let high = series.values[right] else { continue }
        for index in left + 1..<right {
          let value = low + (high - low) * Double(index - left) / Double(right - left)
          results[index] = series.isInteger ? value.rounded(.towardZero) : value
        }
      }
      if fillsEdges {
        for index in 0..<first { results[index] = series.values[first] }
        for index in last + 1..<max(results.count, last + 1) { results[index] = series.values[last] }
      }
      return .dynamic(Series.array(results, asIntegers: series.isInteger))
    },
    examples: [
      .kql("series_fill_linear(dynamic([null,1.0,null,3.0,null]))", gives: "dynamic([1.0,1.0,2.0,3.0,3.0])"),
      .kql(
        "series_fill_linear(dynamic([0,null,3]))", gives: "dynamic([0,1,3])", why: "integers stay integers"),
      .kql("series_fill_linear(dynamic([null,4]), int(null), false)", gives: "dynamic([null,4])"),
      .kql("series_fill_linear(dynamic([null,null]))", gives: "dynamic([0,0])"),
    ])

  private static func placeholder(_ values: [Value], _ index: Int) -> JSONValue {
    index < values.count ? values[index].json.identity : .null
  }
}
