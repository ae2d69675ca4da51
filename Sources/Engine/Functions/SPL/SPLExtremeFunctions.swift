/// Several arguments at once in `eval`: `min`, `max`, `sum`, `avg`. All values of a field with several count.
package enum SPLExtremeFunctions {
  package static let all: [ScalarFunction] = [minimum, maximum, sum, average]

  private static func extreme(
    _ name: String, _ summary: String, examples: [FunctionExample], wanted: Int
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)],
      Signature(
        [.any("value"), .any("values").repeated],
        returns: .computed { types, _ in types.allSatisfy(\.isNumeric) ? .real : .string }),
      summary, notes: ["Texts are larger than numbers. Nulls are passed over."], nulls: .ignoresNulls,
      kernel: .prepared { arguments in
        let type = arguments.type
        return { values in
          var best: Value?
          for value in values.flatMap({ SPLValue.elements($0) }) {
            if let known = best, order(value, known) != wanted { continue }
            best = value
          }
          return best.map { SPLTypeFunctions.fit($0, to: type) } ?? .null
        }
      }, examples: examples)
  }

  private static func order(_ left: Value, _ right: Value) -> Int? {
    switch (SPLValue.number(left) == nil, SPLValue.number(right) == nil) {
    case (true, false): 1
    case (false, true): -1
    case (true, true), (false, false): SPLValue.order(left, right)
    }
  }

  package static let minimum = extreme(
    "min", "Gives the smallest value.",
    examples: [
      .spl("min(3, 1, 2)", gives: "1"), .spl(#"min("b", 5)"#, gives: "5"), .spl("min(null(), 4)", gives: "4"),
    ], wanted: -1)

  package static let maximum = extreme(
    "max", "Gives the largest value.",
    examples: [
      .spl("max(3, 1, 2)", gives: "3"), .spl(#"max("b", 5)"#, gives: #""b""#),
      .spl("max(null(), 4)", gives: "4"),
    ], wanted: 1)

  private static func numbers(_ values: [Value]) -> [Double] {
    values.flatMap { SPLValue.elements($0) }.compactMap { SPLValue.number($0) }
  }

  static let sum = ScalarFunction(
    [.spl("sum")], Signature([.any("value"), .any("values").repeated], returns: .fixed(.real)),
    "Adds the values that are numbers.", nulls: .ignoresNulls,
    kernel: .scalar { values in
      let numbers = numbers(values)
      return numbers.isEmpty ? .null : .real(numbers.reduce(0, +))
    },
    examples: [.spl("sum(1, 2, 3)", gives: "6"), .spl(#"sum(1, "x", null())"#, gives: "1")])

  static let average = ScalarFunction(
    [.spl("avg")], Signature([.any("value"), .any("values").repeated], returns: .fixed(.real)),
    "Gives the mean of the values that are numbers.", nulls: .ignoresNulls,
    kernel: .scalar { values in
      let numbers = numbers(values)
      return numbers.isEmpty ? .null : .real(numbers.reduce(0, +) / Double(numbers.count))
    },
    examples: [.spl("avg(1, 2)", gives: "1.5"), .spl(#"avg(1, "x", null())"#, gives: "1")])
}
