import Diagnostics
import Engine

/// `fields a b*` keeps fields, `fields - a` removes them.
package struct FieldsCommandSyntax: Hashable, Sendable {
  package let removes: Bool
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "fields",
    syntax: "fields [+|-] FIELD …",
    summary: "Keeps or removes fields.",
    notes: [
      "Fields whose names begin with `_` stay unless they are named."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=1, b=2 | table a b | fields - a",
        gives: #""2""#)
    ]
  ) { parser, command in
    var sign = false
    var glued: FieldNameSyntax?
    let first = parser.peek()
    if first.kind == .word, first.text == "-" || first.text == "+" {
      sign = parser.take().text == "-"
    } else if first.kind == .word, first.text.hasPrefix("-") || first.text.hasPrefix("+") {
      // `fields -a` without a blank.
      sign = parser.take().text.hasPrefix("-")
      glued = FieldNameSyntax(name: String(first.text.dropFirst()), span: first.span, isQuoted: false)
    }
    var options = CommandOptions()
    let rest = parser.parseFields(command, [:], into: &options)
    let fields = (glued.map { [$0] } ?? []) + rest
    parser.requireArguments(fields, command)
    return .fields(FieldsCommandSyntax(removes: sign, fields: fields))
  }
}

extension SPLParser {
  /// Reports an empty list of fields.
  mutating func requireArguments<Item>(_ items: [Item], _ command: SPLToken, _ what: String = "a field") {
    if items.isEmpty, !isRecovering {
      syntaxError(SPLMessages.missingArgument(what, of: command, at: peek()))
    }
  }
}

extension SPLLowering {
  /// `fields a` keeps `_time` and `_raw` too; `fields - a` removes.
  func lower(_ command: FieldsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if command.removes {
      let patterns = command.fields.map { WildcardName($0.name) }
      let hasHidden = command.fields.contains { $0.name.hasPrefix("_") }
      let kept = relation.columns.filter { column in
        if column.name.hasPrefix("_"), !hasHidden { return true }
        return !patterns.contains { $0.match(column.name) != nil }
      }
      keep(kept, in: &relation, at: span)
      if relation.isOpen { relation.removed.formUnion(command.fields.map(\.name)) }
      return
    }
    var kept: [PlanColumn] = []
    var known: Set<ColumnID> = []
    for field in command.fields {
      for column in columns(field, in: &relation) where known.insert(column.id).inserted {
        kept.append(column)
      }
    }
    let time = relation.existing("_time")
    // The text of the events is costly to carry: only who reads it later gets it.
    let wantsRaw = relation.isOpen && Set(MentionedFields.names(in: Array(following))).contains("_raw")
    let raw =
      wantsRaw || following.contains(where: SPLLowering.readsRaw)
      ? column("_raw", in: &relation) : relation.existing("_raw")
    if let time, !kept.contains(where: { $0.id == time.id }) { kept.insert(time, at: 0) }
    if let raw, !kept.contains(where: { $0.id == raw.id }) { kept.append(raw) }
    keep(kept, in: &relation, at: span)
    relation.close(relation.plan)
  }

  /// Whether a command reads `_raw` without naming it.
  private static func readsRaw(_ stage: StageSyntax) -> Bool {
    switch stage.command {
    case .search, .rex, .spath, .regex: true
    default: false
    }
  }
}
