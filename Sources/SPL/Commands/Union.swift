import Diagnostics
import Engine

/// `union [search …] [search …]`: the rows of several searches, and of those before it.
package struct UnionCommandSyntax: Hashable, Sendable {
  package enum Input: Hashable, Sendable {
    case subsearch(SubsearchSyntax)
    /// `lookup:NAME`, `datamodel:NAME`, …
    case dataset(FieldNameSyntax)
  }

  package let inputs: [Input]
  package let options: CommandOptions

  static let record = CommandRecord(
    "union",
    syntax: "union [maxout=COUNT] [SUBSEARCH] …",
    summary: "Joins the rows of several searches.",
    examples: [
      .splQuery(
        "| union [search user=ann] [search user=ben] | stats count",
        gives: #""3""#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, command in
    var options = CommandOptions()
    var inputs: [Input] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, AppendCommandSyntax.limits, into: &options) || parser.takeComma() {
        continue
      }
      if parser.peek().kind == .leftBracket {
        inputs.append(.subsearch(parser.parseSubsearch()))
      } else if let dataset = parser.parseField() {
        inputs.append(.dataset(dataset))
      } else {
        parser.unexpected("a subsearch in brackets")
      }
    }
    parser.requireArguments(inputs, command, "a subsearch in brackets")
    return .union(UnionCommandSyntax(inputs: inputs, options: options))
  }
}

extension SPLLowering {
  /// The rows before it, if there are any, and those of its subsearches.
  func lower(_ command: UnionCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var isFirst = relation.columns.isEmpty
    for input in command.inputs {
      let added: Relation?
      switch input {
      case .subsearch(let subsearch): added = lower(subsearch)
      case .dataset(let field):
        let parts = field.name.split(separator: ":", maxSplits: 1)
        let isLookup = parts.count == 2 && parts[0] == "lookup"
        added =
          isLookup
          ? lookup(String(parts[1]), at: field.span).map {
            inline(LookupRows.asText($0.table), label: field.name)
          }
          : fail(SPLMessages.unsupported("the data set `\(field.name)`", at: field.span))
      }
      guard var added else { continue }
      limit(&added, command.options.integer("maxout"), at: span)
      if isFirst {
        relation.close(added.plan)
        relation.isOpaque = added.isOpaque
        isFirst = false
      } else {
        append(added, to: &relation, at: span)
      }
    }
  }
}
