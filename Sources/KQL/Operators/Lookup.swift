package import Diagnostics
import Engine

/// `lookup kind=leftouter (right) on a`.
package struct LookupSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var right: PipelineSyntax
  package var conditions: [JoinConditionSyntax]
  package var span: SourceSpan

  /// The value of `kind=`.
  package var kind: OptionSyntax? { options[named: "kind"] }

  static let record = KQLOperatorRecord(
    ["lookup"],
    syntax: "T | lookup [kind=leftouter|inner] (RIGHT) on COLUMN, …",
    summary: "Adds the columns of a second table by key.",
    notes: [
      "The keys of the second table do not come along; rows without a match have nulls, or go with "
        + "`kind=inner`."
    ],
    examples: [
      .kqlQuery(
        #"datatable(k:string)["x", "y"] | lookup (datatable(k:string, b:long)["x", 7]) on k | sort "#
          + "by k asc",
        gives: "7, long(null)")
    ],
    stage: { .lookup($0.parseLookup($1)) })
}

extension KQLParser {
  func parseLookup(_ start: SourceSpan) -> LookupSyntax {
    let options = self.options(["kind"])
    let right = operandPipeline()
    let conditions = joinConditions(of: "lookup")
    return LookupSyntax(options: options, right: right, conditions: conditions, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: LookupSyntax, on input: Relation) -> Relation? {
    let kindWord = node.kind?.word ?? "leftouter"
    guard kindWord == "leftouter" || kindWord == "inner" else {
      return fail(
        KQLMessages.unknownKind(
          kindWord, of: "lookup", known: ["leftouter", "inner"], at: node.kind?.span ?? node.span))
    }
    guard let right = lower(node.right),
      let keys = joinKeys(node.conditions, left: input, right: right, at: node.span)
    else { return nil }
    let keyColumns = Set(keys.compactMap { $0.right.plainColumn?.id })
    let added = right.columns.filter { !keyColumns.contains($0.id) }
    let names = joinedNames(input.columns.map(\.name) + added.map(\.name))
    var outputs: [Join.Output] = []
    for column in input.columns {
      outputs.append(joinOutput(column, named: names[outputs.count], fromLeft: true))
    }
    for column in added { outputs.append(joinOutput(column, named: names[outputs.count], fromLeft: false)) }
    var joined = Relation(
      .join(
        Join(
          kind: kindWord == "inner" ? .inner : .leftouter, left: input.plan, right: right.plan, keys: keys,
          outputs: outputs, origin: origin(node.span))))
    joined.depth = right.depth + 1
    return joined
  }
}
