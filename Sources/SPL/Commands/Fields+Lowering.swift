import Diagnostics
import Engine

extension SPLLowering {
  /// `fields a` keeps `_time` and `_raw` too; `fields - a` removes.
  func lower(_ command: FieldsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if command.removes {
      let patterns = command.fields.map { WildcardName($0.name) }
      let hasHidden = command.fields.contains { $0.name.hasPrefix("_") }
      let kept = relation.columns.filter { column in
        if column.name.hasPrefix("_"), !hasHidden { return true }
        return !patterns.contains { $0.match(column.name) != nil }
      }
      keep(kept, in: relation, at: span)
      if relation.isOpen { relation.removed.formUnion(command.fields.map(\.name)) }
      return
    }
    var kept: [PlanColumn] = []
    for field in command.fields {
      for column in columns(field, in: relation) where !kept.contains(where: { $0.id == column.id }) {
        kept.append(column)
      }
    }
    let time = relation.existing("_time")
    // The text of the events is costly to carry: only who reads it later gets it.
    let wantsRaw = relation.isOpen && Set(MentionedFields.names(in: Array(following))).contains("_raw")
    let raw =
      wantsRaw || following.contains(where: SPLLowering.readsRaw)
      ? column("_raw", in: relation) : relation.existing("_raw")
    if let time, !kept.contains(where: { $0.id == time.id }) { kept.insert(time, at: 0) }
    if let raw, !kept.contains(where: { $0.id == raw.id }) { kept.append(raw) }
    keep(kept, in: relation, at: span)
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
