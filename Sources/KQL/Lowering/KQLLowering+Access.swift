import Diagnostics
import Engine

/// Property and element access: `a.b`, `a["b"]`, `a[0]`, `a[expr]`.
extension KQLLowering {
  func lower(_ path: PathSyntax, in row: RowScope) -> Expression? {
    if case .name(let base) = path.base, row.column(base.text) == nil {
      switch base.text {
      case "$left", "$right":
        guard let columns = base.text == "$left" ? row.left : row.right else {
          return fail(KQLMessages.sideOutsideJoin(base.text, at: base.span))
        }
        return columns.first { $0.name == path.member.text }.map { .column($0) }
          ?? fail(KQLMessages.unknownColumn(path.member.text, among: columns, at: path.member.span))
      default: break
      }
      if let columns = row.steps[base.text] {
        return columns.first { $0.name == path.member.text }.map { .column($0) }
          ?? fail(KQLMessages.unknownColumn(path.member.text, among: columns, at: path.member.span))
      }
    }
    if let problem = pathOfLogs(path, in: row) { return fail(problem) }
    guard let base = lower(path.base, in: row) else { return nil }
    return access(base, key: path.member.text, baseSpan: path.base.span, at: path.span)
  }

  /// `userIdentity.userName` where the table has `UserIdentityUserName`, `requestParameters.name` where it has the
  /// JSON text `RequestParameters`.
  private func pathOfLogs(_ path: PathSyntax, in row: RowScope) -> Diagnostic? {
    var members = [path.member.text]
    var base = path.base
    while case .path(let inner) = base {
      members.insert(inner.member.text, at: 0)
      base = inner.base
    }
    guard case .name(let first) = base, row.column(first.text) == nil, scope.binding(first.text) == nil,
      row.steps[first.text] == nil
    else { return nil }
    let parts = [first.text] + members
    // Of `userIdentity.sessionContext.sessionIssuer.userName` the column is `SessionIssuerUserName`.
    for start in 0..<(parts.count - 1) {
      let wanted = parts[start...].joined().lowercased()
      if let column = row.columns.first(where: { $0.name.lowercased() == wanted }) {
        return KQLMessages.pathOfLogs(parts.joined(separator: "."), column: column.name, at: path.span)
      }
    }
    guard let text = row.columns.first(where: { $0.name.lowercased() == first.text.lowercased() }),
      text.type == .string
    else { return nil }
    let parsed = "parse_json(\(text.name)).\(members.joined(separator: "."))"
    return KQLMessages.pathOfLogs(parts.joined(separator: "."), column: parsed, at: path.span)
  }

  func lower(_ node: IndexSyntax, in row: RowScope) -> Expression? {
    guard let base = lower(node.base, in: row), let index = lower(node.index, in: row) else { return nil }
    if case .literal(.string(let key), _) = index {
      return access(base, key: key, baseSpan: node.base.span, at: node.span)
    }
    guard base.type == .dynamic else { return fail(KQLMessages.pathOnScalar(base.type, at: node.base.span)) }
    let name = index.type == .long || index.type == .int ? "[index]" : "[selector]"
    return bind(name, [base, index], spans: [node.base.span, node.index.span], at: node.span)
  }

  private func access(_ base: Expression, key: String, baseSpan: SourceSpan, at span: SourceSpan)
    -> Expression?
  {
    guard base.type == .dynamic else { return fail(KQLMessages.pathOnScalar(base.type, at: baseSpan)) }
    return bind("[key]", [base, .literal(.string(key), .string)], spans: [baseSpan, span], at: span)
  }
}
