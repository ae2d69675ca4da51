import Engine

/// What a condition asks of one value.
///
/// Example: `n > 5` is a lower bound on `n`, `EventName in ("a", "b")` a set of two texts.
struct ValueConstraint {
  private struct Bound {
    var value: Double
    var isIncluded: Bool
  }

  /// What it asks of texts.
  private var tests: [Predicate] = []
  private var lower: Bound?
  private var upper: Bound?
  /// True: it must be filled; false: it must be empty.
  private var isFilled: Bool?
  private var isBothFilledAndEmpty = false
  let text: String
  /// The condition that it was read from.
  let call: FunctionCall?

  private init(_ condition: Expression, _ predicate: Predicate) {
    text = StageOutline.text(of: condition)
    call = predicate.call
  }

  func and(_ other: ValueConstraint) -> ValueConstraint {
    var both = self
    both.tests += other.tests
    both.lower = [lower, other.lower].compactMap { $0 }.max {
      ($0.value, $0.isIncluded ? 0 : 1) < ($1.value, $1.isIncluded ? 0 : 1)
    }
    both.upper = [upper, other.upper].compactMap { $0 }.min {
      ($0.value, $0.isIncluded ? 1 : 0) < ($1.value, $1.isIncluded ? 1 : 0)
    }
    if let left = isFilled, let right = other.isFilled, left != right { both.isBothFilledAndEmpty = true }
    both.isFilled = isFilled ?? other.isFilled
    return both
  }

  /// No value satisfies it.
  var isImpossible: Bool {
    if isBothFilledAndEmpty { return true }
    if let lower, let upper {
      if lower.value > upper.value { return true }
      if lower.value == upper.value, !(lower.isIncluded && upper.isIncluded) { return true }
    }
    if hasDisjointEnds { return true }
    let sets = tests.compactMap { test in
      test.names.map { (texts: $0, ignoresCase: test.meaning.ignoresCase) }
    }
    guard
      let smallest = sets.min(by: {
        ($0.ignoresCase ? 1 : 0, $0.texts.count) < ($1.ignoresCase ? 1 : 0, $1.texts.count)
      })
    else { return false }
    // Of a set that ignores case every other spelling fits too: only tests that ignore it as well can be asked.
    let asked = smallest.ignoresCase ? tests.filter(\.meaning.ignoresCase) : tests
    return !smallest.texts.contains { candidate in
      if isFilled == true, candidate.isEmpty { return false }
      if isFilled == false, !candidate.isEmpty { return false }
      return asked.allSatisfy { $0.holds(for: .string(candidate)) != false }
    }
  }

  /// It must begin, or end, in two ways of which neither is part of the other.
  private var hasDisjointEnds: Bool {
    func fold(_ text: String) -> String { text.lowercased() }
    var starts: [String] = []
    var ends: [String] = []
    for test in tests {
      guard !test.meaning.isNegated, let texts = test.texts, texts.count == 1 else { continue }
      switch test.meaning.test {
      case .prefix: starts += texts.map(fold)
      case .suffix: ends += texts.map(fold)
      case .equals, .contains, .term, .termPrefix, .termSuffix, .matches, .empty, .present, .bound, .between:
        break
      }
    }
    func areDisjoint(_ parts: [String], _ isPart: (String, String) -> Bool) -> Bool {
      parts.contains { first in parts.contains { !isPart(first, $0) && !isPart($0, first) } }
    }
    return areDisjoint(starts) { $0.hasPrefix($1) } || areDisjoint(ends) { $0.hasSuffix($1) }
  }

  // MARK: - Reading

  /// The value that a condition is about, as a key that is the same for the same value, and what it asks.
  static func read(_ condition: Expression, in subject: LintSubject) -> (key: String, ValueConstraint)? {
    guard let predicate = Predicate(condition), let key = key(predicate.subject, in: subject) else {
      return nil
    }
    // Several values of one field satisfy conditions that exclude each other.
    if predicate.call.dialect.lists == .multivalue, subject.resolved(predicate.subject).type == .dynamic {
      return nil
    }
    var constraint = ValueConstraint(condition, predicate)
    return constraint.read(predicate) ? (key, constraint) : nil
  }

  private static func key(_ expression: Expression, in subject: LintSubject) -> String? {
    switch expression {
    case .column(let column): return "#\(subject.origin(of: column).id.rawValue)"
    case .literal(let value, _): return value.scalarText
    case .call(let call):
      guard expression.isDeterministic else { return nil }
      var parts: [String] = []
      for argument in call.arguments {
        guard let part = key(argument, in: subject) else { return nil }
        parts.append(part)
      }
      return "\(ObjectIdentifier(call.function))(\(parts.joined(separator: ",")))"
    case .conditional, .subquery, .binding: return nil
    }
  }

  /// Takes in what a condition asks; false for what says nothing.
  private mutating func read(_ predicate: Predicate) -> Bool {
    let meaning = predicate.meaning
    let number = predicate.constants.flatMap { $0.count == 1 ? ValueConstraint.number($0[0]) : nil }
    switch meaning.test {
    case .empty: isFilled = meaning.isNegated
    case .bound(let bound):
      guard let number else { return false }
      let limit = Bound(value: number, isIncluded: bound.isIncluded)
      if bound.isLower { lower = limit } else { upper = limit }
    case .equals where !meaning.isNegated && number != nil && predicate.subject.type != .string:
      lower = number.map { Bound(value: $0, isIncluded: true) }
      upper = lower
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches:
      guard let texts = predicate.texts, !texts.isEmpty else { return false }
      tests = [predicate]
    case .present, .between: return false
    }
    return true
  }

  private static let recent = Ticks.unixEpoch + 20_000 * Ticks.perDay

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .long(let number), .timespan(let number): Double(number)
    // Counted from a near day, so that no tick is lost.
    case .datetime(let ticks): Double(ticks.subtractingReportingOverflow(recent).partialValue)
    case .real(let number): number.isNaN ? nil : number
    case .string(let text): Double(text)
    case .null, .bool, .decimal, .guid, .dynamic: nil
    }
  }
}
