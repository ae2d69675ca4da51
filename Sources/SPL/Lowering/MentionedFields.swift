/// The names that some commands mention, found by looking through their syntax.
enum MentionedFields {
  static func names(in stages: [StageSyntax]) -> [String] {
    var fields: [FieldNameSyntax] = []
    for stage in stages { collect(stage.command, into: &fields, depth: 0) }
    var seen: Set<String> = []
    return fields.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The fields that some commands group by.
  static func groupings(in stages: [StageSyntax]) -> [String] {
    stages.flatMap { stage in
      if case .stats(let command) = stage.command { return command.groupings.map(\.field.name) }
      if case .eventstats(let command) = stage.command { return command.groupings.map(\.field.name) }
      if case .streamstats(let command) = stage.command { return command.groupings.map(\.field.name) }
      guard case .chart(let command) = stage.command else { return [] }
      return [command.row, command.split].compactMap { $0?.field.name }
    }
  }

  static func collect(_ value: Any, into fields: inout [FieldNameSyntax], depth: Int) {
    if depth > 200 { return }
    if let field = value as? FieldNameSyntax {
      fields.append(field)
      return
    }
    if value is String || value is Int || value is Bool || value is StringLiteralSyntax { return }
    for child in Mirror(reflecting: value).children { collect(child.value, into: &fields, depth: depth + 1) }
  }
}
