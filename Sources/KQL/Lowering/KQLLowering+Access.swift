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
    guard let base = lower(path.base, in: row) else { return nil }
    return access(base, key: path.member.text, baseSpan: path.base.span, at: path.span)
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
