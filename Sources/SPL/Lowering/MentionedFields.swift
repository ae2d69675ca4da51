/// The names that some commands mention, found by looking through their syntax.
enum MentionedFields {
  static func names(in stages: [StageSyntax]) -> [String] {
    var names: [String] = []
    for stage in stages { collect(stage.command, into: &names, depth: 0) }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
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

  static func collect(_ value: Any, into names: inout [String], depth: Int) {
    if depth > 200 { return }
    if let field = value as? FieldNameSyntax {
      names.append(field.name)
      return
    }
    if value is String || value is Int || value is Bool || value is StringLiteralSyntax { return }
    for child in Mirror(reflecting: value).children { collect(child.value, into: &names, depth: depth + 1) }
  }
}
