import Diagnostics
import Engine

/// `allnum=t`: a figure of numbers is worked out where every value of its field in the group is one.
extension SPLLowering {
  /// The greatest of 1 for a text and 0 for a number, beside the aggregate that it is about.
  struct TextTest {
    let item: Aggregate.Item
    let output: PlanColumn
  }

  private static let numeric: Set<String> = [
    "avg", "mean", "sum", "sumsq", "stdev", "stdevp", "var", "varp", "range", "median", "perc", "p",
    "exactperc", "upperperc", "max", "min",
  ]

  /// The tests that `allnum=t` asks for; none without it.
  func textTests(
    of command: StatsCommandSyntax, _ items: [Aggregate.Item], in relation: inout Relation,
    at span: SourceSpan
  ) -> [TextTest] {
    guard command.options.boolean("allnum") == true,
      let greatest = AggregateCatalog.function("max", in: .spl)
    else { return [] }
    return items.compactMap { item in
      guard let value = item.call.arguments.first,
        SPLLowering.numeric.contains(item.call.function.name(in: .spl)),
        let isNumber = bind("isnum", [value], spans: [], at: span)
      else { return nil }
      let mark = choose(
        [
          (isNull(value), .literal(.null, .long)), (isNumber, .literal(.long(0), .long)),
        ], otherwise: .literal(.long(1), .long))
      guard let test = self.item(greatest, [mark], name: " text \(item.outputs[0].name)", at: span) else {
        return nil
      }
      return TextTest(item: test, output: item.outputs[0])
    }
  }

  /// Takes the values away that are of texts, and the marks.
  func settle(_ tests: [TextTest], in relation: inout Relation, at span: SourceSpan) {
    if tests.isEmpty { return }
    let changed = tests.compactMap { test -> Assignment? in
      guard
        let isNumeric = bind(
          "=", [test.item.outputs[0].reference, .literal(.long(0), .long)], spans: [], at: span)
      else { return nil }
      return Assignment(
        column: makeColumn(test.output.name, test.output.type),
        expression: choose(
          [(isNumeric, test.output.reference)], otherwise: .literal(.null, test.output.type)))
    }
    assign(changed, in: &relation, at: span)
    drop(
      relation.columns.filter { column in tests.contains { $0.item.outputs[0].id == column.id } },
      in: &relation, at: span)
  }
}
