import Diagnostics
import Engine

/// Commands whose values depend on the rows before.
extension SPLLowering {
  func lower(_ command: AccumCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let made = window(
      [(SPLWindowFunctions.runningSum, [plain(column.reference)], .real)], in: relation, at: span)
    moveWindows(made, to: [command.alias?.name ?? field.name], in: relation, at: span)
  }

  func lower(_ command: DeltaCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let function = SPLWindowFunctions.difference(max(1, command.distance))
    let made = window([(function, [plain(column.reference)], .real)], in: relation, at: span)
    moveWindows(made, to: [command.alias?.name ?? "delta(\(field.name))"], in: relation, at: span)
  }

  func lower(_ command: AutoregressCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let distances = command.distances.prefix(1000)
    let made = window(
      distances.map { (SPLWindowFunctions.previous($0), [column.reference], column.type) }, in: relation,
      at: span)
    let base = command.alias?.name
    let names = distances.map { distance in
      if distances.count == 1, let base { return base }
      return "\(base ?? field.name)_p\(distance)"
    }
    moveWindows(made, to: names, in: relation, at: span)
  }

  func lower(_ command: FillDownCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if command.fields.isEmpty { fetchFollowing(in: relation) }
    let filled =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: relation) }
    let made = window(
      filled.map { (SPLWindowFunctions.lastSeen, [$0.reference], $0.type) }, in: relation, at: span)
    moveWindows(made, to: filled.map(\.name), in: relation, at: span)
  }

  /// Gives window columns their names, in the place of fields that have them.
  func moveWindows(
    _ made: [PlanColumn], to names: [String], in relation: Relation, at span: SourceSpan
  ) {
    assign(
      zip(made, names).map { Assignment(column: makeColumn($1, $0.type), expression: $0.reference) },
      in: relation,
      at: span)
    drop(made, in: relation, at: span)
  }
}
