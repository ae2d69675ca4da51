package import Diagnostics
import Engine

/// `join kind=inner (right) on a, $left.b == $right.c`, or `join kind=inner (right) where a has b`.
package struct JoinSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var right: PipelineSyntax
  package var conditions: [JoinConditionSyntax]
  /// What a pair of rows must satisfy, in place of equal columns.
  package var predicate: ExpressionSyntax?
  package var span: SourceSpan

  /// The value of `kind=`.
  package var kind: OptionSyntax? { options[named: "kind"] }

  static let record = KQLOperatorRecord(
    ["join"],
    syntax: "T | join [kind=KIND] (RIGHT) on COLUMN, $left.COLUMN == $right.COLUMN, …",
    summary: "Puts the rows of two tables together that have the same keys.",
    notes: [
      "Kinds: innerunique (taken where none is said), inner, leftouter, rightouter, fullouter, leftsemi, "
        + "rightsemi, leftanti, rightanti.",
      "`innerunique` takes one row for each key of the left side.",
      "A column that both sides have gets a number at its end on the right: `k1`.",
      "Nulls: a null key is like no other; empty texts are equal.",
      "`join (RIGHT) where CONDITION` gives all pairs of rows that satisfy it.",
    ],
    examples: [
      .kqlQuery(
        #"datatable(k:string, a:long)["x", 1, "y", 2] | join kind=inner (datatable(k:string, "#
          + #"b:long)["x", 7]) on k"#,
        gives: "7"),
      .kqlQuery(
        #"datatable(k:string)["x", "y"] | join kind=leftanti (datatable(k:string)["x"]) on k"#,
        gives: #""y""#),
    ],
    stage: { .join($0.parseJoin($1)) })
}

/// What two rows of a `join` or a `lookup` must have in common.
package indirect enum JoinConditionSyntax: Hashable, Sendable {
  /// A column that both sides have.
  case column(NameSyntax)
  /// `$left.a == $right.b`.
  case pair(left: NameSyntax, right: NameSyntax, span: SourceSpan)
  /// Anything else, which no join can have; lowering reports it.
  case other(ExpressionSyntax)

  init(_ expression: ExpressionSyntax) {
    if case .name(let name) = expression {
      self = .column(name)
    } else if case .binary(let comparison) = expression, comparison.op == .equal,
      let left = Self.column(of: "$left", comparison.left),
      let right = Self.column(of: "$right", comparison.right)
    {
      self = .pair(left: left, right: right, span: comparison.span)
    } else {
      self = .other(expression)
    }
  }

  /// The column of `$left.a`, also of `$left["a"]`.
  private static func column(of side: String, _ expression: ExpressionSyntax) -> NameSyntax? {
    switch expression {
    case .path(let path):
      if case .name(let base) = path.base, base.text == side { return path.member }
    case .index(let index):
      if case .name(let base) = index.base, base.text == side, case .literal(let literal) = index.index,
        let string = literal.string
      {
        return NameSyntax(string.value, string.span, isBracketed: true)
      }
    case .literal, .dynamic, .name, .star, .pattern, .call, .memberCall, .unary, .binary, .logical,
      .membership, .between, .typeof, .subquery, .error:
      break
    }
    return nil
  }

  package var span: SourceSpan {
    switch self {
    case .column(let name): name.span
    case .pair(_, _, let span): span
    case .other(let expression): expression.span
    }
  }
}

extension KQLParser {
  func parseJoin(_ start: SourceSpan) -> JoinSyntax {
    let options = self.options(["kind"])
    let right = operandPipeline()
    if take("where") != nil {
      let predicate = self.predicate()
      return JoinSyntax(
        options: options, right: right, conditions: [], predicate: predicate, span: span(from: start))
    }
    let conditions = joinConditions(of: "join")
    return JoinSyntax(options: options, right: right, conditions: conditions, span: span(from: start))
  }

  /// `on a, $left.b == $right.c and $left.d == $right.e`.
  func joinConditions(of operatorName: String) -> [JoinConditionSyntax] {
    guard take("on") != nil else {
      report(syntax: KQLMessages.joinWithoutOn(operatorName, found: describeCurrent, at: current.span))
      return []
    }
    return commaSeparated { parser -> [JoinConditionSyntax] in
      let condition = parser.predicate()
      if case .logical(let chain) = condition, chain.op == .and {
        return chain.operands.map(JoinConditionSyntax.init)
      }
      return [JoinConditionSyntax(condition)]
    }.flatMap { $0 }
  }
}

extension KQLLowering {
  func lower(_ node: JoinSyntax, on input: Relation) -> Relation? {
    guard let kind = joinKind(node), let right = lower(node.right) else { return nil }
    if let predicate = node.predicate { return lower(node, kind, where: predicate, input, right) }
    guard let keys = joinKeys(node.conditions, left: input, right: right, at: node.span) else { return nil }
    return joined(node, kind, keys: keys, input, right)
  }

  /// `join (right) where predicate`: all pairs of rows that satisfy it.
  private func lower(
    _ node: JoinSyntax, _ kind: Join.Kind, where predicate: ExpressionSyntax, _ input: Relation,
    _ right: Relation
  ) -> Relation? {
    // Without columns to compare there is nothing by which left rows could be made unique.
    guard kind == .inner || (kind == .innerunique && node.kind == nil) else {
      return fail(KQLMessages.joinWhereKind(kind.rawValue, at: node.kind?.span ?? node.span))
    }
    let always = Expression.literal(.bool(true), .bool)
    let pairs = joined(node, .inner, keys: [Join.Key(always, always)], input, right)
    var row = RowScope(pairs.columns)
    row.left = Array(pairs.columns.prefix(input.columns.count))
    row.right = zip(pairs.columns.dropFirst(input.columns.count), right.columns).map { pair, original in
      PlanColumn(id: pair.id, name: original.name, type: pair.type)
    }
    guard let condition = lowerCondition(predicate, in: row) else { return nil }
    return pairs.with(.filter(Filter(input: pairs.plan, predicate: condition, origin: origin(node.span))))
  }

  private func joined(
    _ node: JoinSyntax, _ kind: Join.Kind, keys: [Join.Key], _ input: Relation,
    _ right: Relation
  ) -> Relation {
    let givesLeft = !kind.isRightOnly
    let givesRight = !(kind == .leftsemi || kind == .leftanti)
    let names = joinedNames(
      (givesLeft ? input.columns : []).map(\.name) + (givesRight ? right.columns : []).map(\.name))
    var outputs: [Join.Output] = []
    if givesLeft {
      for column in input.columns {
        outputs.append(joinOutput(column, named: names[outputs.count], fromLeft: true))
      }
    }
    if givesRight {
      for column in right.columns {
        outputs.append(joinOutput(column, named: names[outputs.count], fromLeft: false))
      }
    }
    var joined = Relation(
      .join(
        Join(
          kind: kind, left: input.plan, right: right.plan, keys: keys, outputs: outputs,
          origin: origin(node.span))))
    joined.depth = right.depth + 1
    return joined
  }

  private func joinKind(_ node: JoinSyntax) -> Join.Kind? {
    guard let option = node.kind else { return .innerunique }
    switch option.word {
    case "anti", "leftantisemi": return .leftanti
    case "rightantisemi": return .rightanti
    case let word?:
      if let kind = Join.Kind(rawValue: word) { return kind }
      return fail(
        KQLMessages.unknownKind(word, of: "join", known: Join.Kind.allCases.map(\.rawValue), at: option.span))
    case nil:
      return fail(
        KQLMessages.unknownKind("", of: "join", known: Join.Kind.allCases.map(\.rawValue), at: option.span))
    }
  }

  /// Pairs of key expressions of one type.
  func joinKeys(
    _ conditions: [JoinConditionSyntax], left: Relation, right: Relation, at span: SourceSpan
  ) -> [Join.Key]? {
    var keys: [Join.Key] = []
    for condition in conditions {
      let pair: (PlanColumn, PlanColumn)
      switch condition {
      case .column(let name):
        guard let first = column(name, of: left), let second = column(name, of: right) else { return nil }
        pair = (first, second)
      case .pair(let leftName, let rightName, _):
        guard let first = column(leftName, of: left), let second = column(rightName, of: right) else {
          return nil
        }
        pair = (first, second)
      case .other(let expression):
        var isEquality = false
        if case .binary(let comparison) = expression { isEquality = comparison.op == .equal }
        return fail(KQLMessages.joinCondition(isEquality: isEquality, at: expression.span))
      }
      guard let key = joinKey(pair.0, pair.1, at: condition.span) else { return nil }
      keys.append(key)
    }
    return keys
  }

  private func joinKey(
    _ left: PlanColumn, _ right: PlanColumn, at span: SourceSpan
  ) -> Join.Key? {
    if left.type == .dynamic || right.type == .dynamic {
      return fail(
        KQLMessages.dynamicKey(left.type == .dynamic ? left.name : right.name, of: "join", at: span))
    }
    if left.type == right.type { return Join.Key(.column(left), .column(right)) }
    let areWhole = [left, right].allSatisfy { $0.type == .int || $0.type == .long }
    guard left.type.isNumeric, right.type.isNumeric,
      areWhole || permits(KQLMessages.joinTypes(left, right, at: span)),
      let common = Coercion.commonType([left.type, right.type]),
      let first = Coercion.convert(.column(left), to: common, dialect: .kql),
      let second = Coercion.convert(.column(right), to: common, dialect: .kql)
    else {
      return left.type.isNumeric && right.type.isNumeric
        ? nil : fail(KQLMessages.joinTypes(left, right, at: span))
    }
    return Join.Key(first, second)
  }

  func joinOutput(_ column: PlanColumn, named name: String, fromLeft: Bool) -> Join.Output {
    Join.Output(column: makeColumn(name, column.type), source: column.id, fromLeft: fromLeft)
  }

  /// A repeated name gets the smallest number that makes a name that no column has.
  func joinedNames(_ names: [String]) -> [String] {
    let originals = Set(names)
    var taken: Set<String> = []
    return names.map { name in
      if taken.insert(name).inserted { return name }
      var number = 1
      while originals.contains("\(name)\(number)") || taken.contains("\(name)\(number)") { number += 1 }
      taken.insert("\(name)\(number)")
      return "\(name)\(number)"
    }
  }
}

extension Join.Kind {
  fileprivate var isRightOnly: Bool { self == .rightsemi || self == .rightanti }
}
