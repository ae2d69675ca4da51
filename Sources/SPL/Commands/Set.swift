import Diagnostics
import Engine

/// `set diff [search …] [search …]`: rows that two searches have in common, or do not.
package struct SetCommandSyntax: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, CaseIterable {
    /// Rows of either search.
    case union
    /// Rows of exactly one search.
    case diff
    /// Rows of both searches.
    case intersect
  }

  package let operation: Operation
  package let subsearches: [SubsearchSyntax]

  static let record = CommandRecord(
    "set",
    syntax: "set union|diff|intersect [SUBSEARCH] [SUBSEARCH]",
    summary: "Gives the rows that two searches have in common, or do not.",
    examples: [
      .splQuery(
        "| set diff [search user=ann | table eventName] [search user=ben | table eventName]",
        gives: #""ConsoleLogin""#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, command in
    let name = parser.peek()
    let operation = name.kind == .word ? Operation(rawValue: name.text.lowercased()) : nil
    if operation == nil {
      parser.unexpected("`union`, `diff` or `intersect`")
    } else {
      parser.take()
    }
    var subsearches: [SubsearchSyntax] = []
    while parser.peek().kind == .leftBracket { subsearches.append(parser.parseSubsearch()) }
    if subsearches.count != 2, !parser.isRecovering {
      parser.syntaxError(SPLMessages.wrongFieldCount(command, "two subsearches", parser.peek()))
    }
    return .set(SetCommandSyntax(operation: operation ?? .union, subsearches: subsearches))
  }
}

extension SPLLowering {
  /// Compares whole rows; each row of the answer stands once.
  func lower(_ command: SetCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var sides: [Relation] = []
    for (index, subsearch) in command.subsearches.enumerated() {
      guard var side = lower(subsearch) else { return }
      keep(side.columns.filter { !$0.name.hasPrefix("_") }, in: &side, at: span)
      assign(SPLLowering.sideName, .literal(.long(Int64(index)), .long), in: &side, at: span)
      sides.append(side)
    }
    guard sides.count == 2, let least = AggregateCatalog.function("min", in: .spl),
      let most = AggregateCatalog.function("max", in: .spl)
    else { return }
    relation.close(sides[0].plan)
    append(sides[1], to: &relation, at: span)
    guard let side = relation.existing(SPLLowering.sideName),
      let first = item(least, [side.reference], name: "first side", at: span),
      let second = item(most, [side.reference], name: "second side", at: span)
    else { return }
    let keys = relation.columns.filter { $0.id != side.id }.map {
      Assignment(column: makeColumn($0.name, $0.type), expression: $0.reference)
    }
    relation.close(
      .aggregate(
        Aggregate(
          input: relation.plan, keys: keys, items: [first, second], dropsNullKeys: false, origin: origin(span)
        )))
    let differ = bind(
      "!=", [first.outputs[0].reference, second.outputs[0].reference], spans: [], at: span)
    switch command.operation {
    case .union: break
    case .intersect: if let differ { filter(&relation, by: differ, at: span) }
    case .diff: if let differ { filter(&relation, by: logical(Logical.not, [differ]), at: span) }
    }
    drop([first.outputs[0], second.outputs[0]], in: &relation, at: span)
    let order = relation.columns.flatMap { sortKeys($0.reference, .str, isDescending: false) }
    relation.plan = .sort(Sort(input: relation.plan, keys: order, origin: origin(span)))
  }

  /// A name that no field has.
  private static let sideName = "side of set"
}
