import Diagnostics
import Engine

/// `left=L right=R where L.user=R.name`: both sides of a `join` by names of their own.
package struct JoinSidesSyntax: Hashable, Sendable {
  package struct Pair: Hashable, Sendable {
    package let left: FieldNameSyntax
    package let right: FieldNameSyntax
  }

  package let left: String
  package let right: String
  /// Fields that must be equal, without the names of the sides.
  package let pairs: [Pair]
}

extension SPLParser {
  /// Reads `where L.a=R.b AND …`, if the sides have names.
  mutating func parseJoinSides(_ command: SPLToken, _ options: CommandOptions) -> JoinSidesSyntax? {
    let keyword = takeKeyword("where")
    guard let left = options.text("left"), let right = options.text("right"), left != right else {
      if keyword != nil || options["left"] != nil || options["right"] != nil, !isRecovering {
        syntaxError(SPLMessages.joinNeedsSides(command))
      }
      return nil
    }
    guard let keyword else {
      syntaxError(SPLMessages.joinNeedsSides(command))
      return nil
    }
    var pairs: [JoinSidesSyntax.Pair] = []
    while !isAtStageEnd, peek().kind != .leftBracket {
      if takeKeyword("and") != nil || takeComma() { continue }
      guard let first = parsePlainField(), peek().isSymbol("=") else {
        syntaxError(SPLMessages.joinPair(left, right, at: peek().span))
        return nil
      }
      take()
      guard let second = parsePlainField() else {
        syntaxError(SPLMessages.joinPair(left, right, at: peek().span))
        return nil
      }
      if let own = first.without(left), let other = second.without(right) {
        pairs.append(JoinSidesSyntax.Pair(left: own, right: other))
      } else if let own = second.without(left), let other = first.without(right) {
        pairs.append(JoinSidesSyntax.Pair(left: own, right: other))
      } else {
        syntaxError(SPLMessages.joinPair(left, right, at: first.span.union(second.span)))
        return nil
      }
    }
    if pairs.isEmpty {
      report(SPLMessages.missingArgument("`\(left).field=\(right).field`", of: keyword, at: peek()))
    }
    return JoinSidesSyntax(left: left, right: right, pairs: pairs)
  }
}

extension FieldNameSyntax {
  /// The name behind the name of a side and a dot.
  fileprivate func without(_ side: String) -> FieldNameSyntax? {
    guard name.hasPrefix(side + "."), name.count > side.count + 1 else { return nil }
    return FieldNameSyntax(name: String(name.dropFirst(side.count + 1)), span: span, isQuoted: isQuoted)
  }
}

extension SPLLowering {
  func lower(
    _ command: JoinCommandSyntax, _ sides: JoinSidesSyntax, _ subsearch: SubsearchSyntax,
    in relation: inout Relation, at span: SourceSpan
  ) {
    if let field = command.fields.first {
      return report(SPLMessages.joinPair(sides.left, sides.right, at: field.span))
    }
    for pair in sides.pairs { _ = read(pair.left, in: &relation) }
    fetchFollowing(of: sides.left, in: &relation)
    let wanted = sides.pairs.map(\.right.name) + (command.usesTime ? ["_time"] : [])
    guard var right = lower(subsearch, fetching: wanted, side: sides.right) else { return }
    guard let times = times(command, relation, right, at: span) else { return }
    cap(
      &right, at: SPLLowering.joinLimit, "Splunk's `join` reads 50,000 rows of its subsearch",
      at: subsearch.span)
    var keys: [Join.Key] = []
    for pair in sides.pairs {
      let own = read(pair.left, in: &relation).map { text(plain($0.reference)) }
      let other = read(pair.right, in: &right).map { text(plain($0.reference)) }
      keys.append(Join.Key(own ?? .literal(.null, .string), other ?? .literal(.null, .string)))
    }
    let visible = right.columns.filter { !$0.name.hasPrefix("_") && !$0.name.isEmpty }
    title(visible, sides.right, in: &right, at: span)
    let own = relation.columns.filter { !$0.name.hasPrefix("_") && !$0.name.isEmpty }
    title(own, sides.left, in: &relation, at: span)
    relation.close(relation.plan)
    join(
      &relation, right, keys: keys, added: right.columns.filter { $0.name.hasPrefix(sides.right + ".") },
      keepsUnmatched: command.keepsUnmatched,
      maximum: command.maximumMatches == 0 ? nil : command.maximumMatches, rule: .replace, times: times,
      at: span)
    drop(own, in: &relation, at: span)
  }

  /// Puts the name of a side before names; the columns stay what they are.
  private func title(
    _ columns: [PlanColumn], _ side: String, in relation: inout Relation, at span: SourceSpan
  ) {
    let titled = Set(columns.map(\.id))
    var made: [Assignment] = []
    for column in relation.columns {
      made.append(Assignment(keeping: column))
      if titled.contains(column.id) {
        made.append(
          Assignment(column: makeColumn("\(side).\(column.name)", column.type), expression: column.reference))
      }
    }
    relation.plan = .project(Project(input: relation.plan, assignments: made, origin: origin(span)))
  }
}

extension SPLMessages {
  static func joinNeedsSides(_ command: SPLToken) -> Diagnostic {
    .error(
      "join-sides", "`left`, `right` and `where` of `join` go together, with two names", at: command.span,
      suggestions: [.init("`join left=L right=R where L.user=R.name [search …]`")])
  }

  static func joinPair(_ left: String, _ right: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "join-sides", "a field of each side with `=` between must stand here", at: span,
      suggestions: [.init("`\(left).field=\(right).field`")])
  }
}
