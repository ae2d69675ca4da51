import Diagnostics
import Engine

/// Expressions of `search`: texts without regard to case, wildcards, words of the event.
extension SPLLowering {
  /// The condition; nil if it is wrong, which has been reported.
  func lower(_ expression: SearchExpressionSyntax, in relation: inout Relation) -> Expression? {
    guard depth < 400 else { return fail(SPLMessages.tooDeep(at: expression.span)) }
    depth += 1
    defer { depth -= 1 }
    switch expression {
    case .and(let parts, _): return connect(parts, Logical.and, in: &relation)
    case .or(let parts, _): return connect(parts, Logical.or, in: &relation)
    case .not(let operand, _):
      isNegated.toggle()
      defer { isNegated.toggle() }
      return lower(operand, in: &relation).map { negated($0) }
    case .comparison(let comparison): return lower(comparison, in: &relation)
    case .membership(let membership):
      if membership.field.name == "index", relation.existing("index") == nil {
        return indexCondition(membership.values, isEqual: true)
      }
      warnAboutOrigin(membership.field, membership.values, in: &relation)
      guard let column = searched(membership.field, in: &relation) else {
        return .literal(.bool(false), .bool)
      }
      var parts: [Expression] = []
      for value in membership.values {
        guard let part = equality(column, value, name: membership.field.name) else { return nil }
        parts.append(part)
      }
      return balanced(parts[...], Logical.or)
    case .term(let term): return lower(term, in: &relation)
    case .timeModifier(let modifier): return lower(modifier, in: &relation)
    case .subsearch(let subsearch): return filterText(of: subsearch, in: &relation)
    case .pasted(let paste): return lower(paste, in: &relation)
    case .invalid: return nil
    }
  }

  private func connect(
    _ parts: [SearchExpressionSyntax], _ function: ScalarFunction, in relation: inout Relation
  ) -> Expression? {
    var conditions: [Expression] = []
    for part in parts {
      guard let condition = lower(part, in: &relation) else { return nil }
      // Such as a test of the index, which every event meets.
      if function === Logical.and, case .literal(.bool(true), _) = condition { continue }
      conditions.append(condition)
    }
    return conditions.isEmpty ? .literal(.bool(true), .bool) : balanced(conditions[...], function)
  }

  /// NOT in `search` has no third value: what is not found is not found.
  private func negated(_ condition: Expression) -> Expression {
    if isTwoValued(condition) { return logical(Logical.not, [condition]) }
    return .conditional(
      Conditional(
        branches: [Conditional.Branch(condition: condition, value: .literal(.bool(false), .bool))],
        otherwise: .literal(.bool(true), .bool), type: .bool))
  }

  private func isTwoValued(_ condition: Expression) -> Bool {
    switch condition {
    case .literal(let value, _): value != .null
    case .call(let call):
      call.function.nulls == .neverNull
        || ((call.function === Logical.and || call.function === Logical.or || call.function === Logical.not)
          && call.arguments.allSatisfy(isTwoValued))
    case .conditional(let conditional):
      isTwoValued(conditional.otherwise) && conditional.branches.allSatisfy { isTwoValued($0.value) }
    case .binding(let binding): binding.reading == .whole && isTwoValued(binding.body)
    case .column, .subquery: false
    }
  }

  // MARK: - Comparisons

  private func searched(_ field: FieldNameSyntax, in relation: inout Relation) -> Expression? {
    read(field, in: &relation).map { plain($0.reference) }
  }

  private func lower(_ comparison: SearchComparisonSyntax, in relation: inout Relation) -> Expression? {
    let name = comparison.field.name
    let value = comparison.value
    if name == "index", relation.existing("index") == nil,
      comparison.comparison == .equal || comparison.comparison == .notEqual
    {
      return indexCondition([value], isEqual: comparison.comparison == .equal)
    }
    if comparison.comparison == .equal { warnAboutOrigin(comparison.field, [value], in: &relation) }
    if comparison.comparison == .equal, relation.isOpen, relation.existing(name) == nil {
      let view = catalog(of: relation).view
      if let advice = view.adviceForMissing(value.text, of: name) {
        report(SPLMessages.absentValue(value.text, of: name, view: view.name, advice, at: value.span))
      }
    }
    // A name that nothing makes: `field=x` fits no row, and neither does `field!=x`.
    guard let field = searched(comparison.field, in: &relation) else { return .literal(.bool(false), .bool) }
    switch comparison.comparison {
    case .equal: return equality(field, value, name: name)
    case .notEqual:
      if value.text == "*" { return .literal(.bool(false), .bool) }
      guard isSubnet(value.text) else { return search("search!=", field, value) }
      guard let inside = equality(field, value, name: name) else { return nil }
      return logical(Logical.and, [isThere(field), negated(inside)])
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return search("search" + comparison.comparison.rawValue, field, value)
    }
  }

  private func equality(_ field: Expression, _ value: SearchValueSyntax, name: String) -> Expression? {
    if value.text == "*" { return isThere(field) }
    guard let same = search("search=", field, value) else { return nil }
    if value.isCaseSensitive {
      let pieces = value.text.split(separator: "*", omittingEmptySubsequences: false)
      let pattern = pieces.map { RegularExpression.quoted(String($0)) }.joined(separator: ".*")
      guard
        let match = bind("match", [field, literal("(?s)^(?:" + pattern + ")$")], spans: [], at: value.span)
      else { return nil }
      return logical(Logical.and, [same, match])
    }
    guard isSubnet(value.text), let inside = search("search cidr", field, value) else { return same }
    return logical(Logical.or, [same, inside])
  }

  private func search(_ name: String, _ field: Expression, _ value: SearchValueSyntax) -> Expression? {
    let operand = field.type == .dynamic ? field : text(field)
    return bind(name, [operand, literal(value.text)], spans: [value.span, value.span], at: value.span)
  }

  /// The name of the index decides nothing unless one was given: each that a search asks for is it, and none that
  /// it leaves out. `NOT index=a` leaves out, and so does `index!=a`.
  private func indexCondition(_ values: [SearchValueSyntax], isEqual: Bool) -> Expression {
    guard let index = environment.index else { return .literal(.bool(!isNegated), .bool) }
    let fits = values.contains { WildcardName($0.text.lowercased()).match(index.lowercased()) != nil }
    return .literal(.bool(fits == isEqual), .bool)
  }

  /// Where events come from is known by their file alone.
  private func warnAboutOrigin(
    _ field: FieldNameSyntax, _ values: [SearchValueSyntax], in relation: inout Relation
  ) {
    guard relation.isOpen, relation.existing(field.name) == nil, !isNegated else { return }
    switch field.name {
    case "source", "host":
      if values.allSatisfy({ $0.text != "*" }) {
        report(SPLMessages.originUnknown(field.name, at: field.span))
      }
    case "eventtype", "tag": report(SPLMessages.knowledgeUnknown(field.name, at: field.span))
    case let name where name.hasPrefix("tag::"): report(SPLMessages.knowledgeUnknown(name, at: field.span))
    default: break
    }
  }

  /// `10.0.0.0/8` or `fd00::/8`.
  private func isSubnet(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let bits = Int(parts[1]), (0...128).contains(bits) else { return false }
    let address = parts[0].utf8
    let isOld = address.allSatisfy {
      ("0"..."9").contains(Character(Unicode.Scalar($0))) || $0 == UInt8(ascii: ".")
    }
    let isNew = address.contains(UInt8(ascii: ":")) && parts[0].allSatisfy { $0.isHexDigit || $0 == ":" }
    return isNew || (isOld && address.contains(UInt8(ascii: ".")))
  }

  // MARK: - Words

  private func lower(_ term: SearchTermSyntax, in relation: inout Relation) -> Expression? {
    if term.text.allSatisfy({ $0 == "*" }), !term.text.isEmpty { return .literal(.bool(true), .bool) }
    guard let raw = column("_raw", in: &relation) else {
      report(SPLMessages.termWithoutRaw(term.text, at: term.span))
      return .literal(.bool(false), .bool)
    }
    let name =
      switch term.kind {
      case .word, .exactTerm: "search term"
      case .caseSensitive: "search CASE"
      case .phrase: "search phrase"
      }
    return bind(name, [raw.reference, literal(term.text)], spans: [term.span, term.span], at: term.span)
  }

  // MARK: - Times

  private func lower(_ modifier: SearchTimeModifierSyntax, in relation: inout Relation) -> Expression? {
    switch modifier.kind {
    case .indexEarliest, .indexLatest:
      report(SPLMessages.indexTimeIgnored(modifier.kind.rawValue, at: modifier.span))
      return .literal(.bool(true), .bool)
    case .timeformat: return .literal(.bool(true), .bool)
    default: break
    }
    let text = modifier.value.text
    guard let time = column("_time", in: &relation) else { return .literal(.bool(true), .bool) }
    guard let (bound, isEnd) = bound(modifier) else {
      return fail(SPLMessages.badTimeModifier(text, at: modifier.value.span))
    }
    if case .literal(.null, _) = bound { return .literal(.bool(true), .bool) }
    if isEnd { timeBounds.latest = bound } else { timeBounds.earliest = bound }
    return bind(isEnd ? "<" : ">=", [plain(time.reference), bound], spans: [], at: modifier.span)
  }

  /// The moment that a time option gives, and whether it is the end; nil for what is no time.
  private func bound(_ modifier: SearchTimeModifierSyntax) -> (Expression, isEnd: Bool)? {
    let text = modifier.value.text
    let span = modifier.value.span
    if let unit = modifier.kind.unit {
      guard let count = Int(text), count >= 0 else { return nil }
      if modifier.kind.rawValue.hasPrefix("search"), let start = timeBounds.earliest {
        return bind("relative_time", [start, literal("+\(count)\(unit)")], spans: [span, span], at: span).map
        {
          (number($0), true)
        }
      }
      return moment("-\(count)\(unit)", at: span).map { ($0, modifier.kind.isEnd) }
    }
    if modifier.kind == .starttimeu || modifier.kind == .endtimeu {
      return Double(text).map { (.literal(.real($0), .real), modifier.kind.isEnd) }
    }
    return moment(text, at: span).map { ($0, modifier.kind.isEnd) }
  }

  /// The format that a search gives for the dates in it.
  func timeFormat(in expression: SearchExpressionSyntax) -> String? {
    switch expression {
    case .and(let parts, _): parts.lazy.compactMap { self.timeFormat(in: $0) }.first
    case .timeModifier(let modifier): modifier.kind == .timeformat ? modifier.value.text : nil
    case .or, .not, .comparison, .membership, .term, .subsearch, .pasted, .invalid: nil
    }
  }

  /// A moment in seconds: relative to now, in seconds, or as a date. A null literal for no bound at all.
  func moment(_ text: String, at span: SourceSpan) -> Expression? {
    if let seconds = Double(text) {
      return seconds == 0 ? .literal(.null, .real) : .literal(.real(seconds), .real)
    }
    guard let now = bind("now", [], spans: [], at: span) else { return nil }
    if text.lowercased() == "now" || text.lowercased() == "now()" { return number(now) }
    if text.lowercased() == "all" || text.isEmpty { return .literal(.null, .real) }
    if let first = text.utf8.first, "+-@".utf8.contains(first) {
      guard let base = bind("search span base", [], spans: [], at: span) else { return nil }
      return bind("relative_time", [base, literal(text)], spans: [span, span], at: span).map { number($0) }
    }
    // A date that no calendar has is none.
    if let timeFormat {
      return StrftimeFormat(timeFormat).parse(text, now: Ticks.unixEpoch).map { .literal(.real($0), .real) }
    }
    let formats = ["%m/%d/%Y:%H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%m/%d/%Y"]
    let marks = text.filter { !$0.isNumber }
    for format in formats where marks == format.filter({ !"%mdYHMS".contains($0) }) {
      return StrftimeFormat(format).parse(text, now: Ticks.unixEpoch).map { .literal(.real($0), .real) }
    }
    // `2024-05-01T10:00:00.5+02:00`
    if case .datetime(let ticks) = ValueConversion.convert(.string(text), to: .datetime),
      text.utf8.count > 9
    {
      return .literal(.real(Ticks.unixSeconds(of: ticks)), .real)
    }
    return nil
  }
}
