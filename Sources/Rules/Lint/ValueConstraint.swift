import Engine

/// What a condition asks of one value.
///
/// Example: `n > 5` is a lower bound on `n`, `EventName in ("a", "b")` a set of two texts.
struct ValueConstraint {
  private enum TextTest {
    case equals([String], ignoringCase: Bool)
    case excludes([String], ignoringCase: Bool)
    case starts(String, ignoringCase: Bool)
    case ends(String, ignoringCase: Bool)
    case holds(String, ignoringCase: Bool)

    func allows(_ text: String) -> Bool {
      switch self {
      case .equals(let texts, let ignoring): texts.contains { same($0, text, ignoring) }
      case .excludes(let texts, let ignoring): !texts.contains { same($0, text, ignoring) }
      case .starts(let part, let ignoring):
        ignoring ? text.lowercased().hasPrefix(part.lowercased()) : text.hasPrefix(part)
      case .ends(let part, let ignoring):
        ignoring ? text.lowercased().hasSuffix(part.lowercased()) : text.hasSuffix(part)
      case .holds(let part, let ignoring):
        ignoring ? text.lowercased().contains(part.lowercased()) : text.contains(part)
      }
    }

    var ignoresCase: Bool {
      switch self {
      case .equals(_, let ignoring), .excludes(_, let ignoring), .starts(_, let ignoring),
        .ends(_, let ignoring), .holds(_, let ignoring):
        ignoring
      }
    }

    private func same(_ left: String, _ right: String, _ ignoring: Bool) -> Bool {
      ignoring ? left.lowercased() == right.lowercased() : left == right
    }
  }

  private struct Bound {
    var value: Double
    var isIncluded: Bool
  }

  private var tests: [TextTest] = []
  private var lower: Bound?
  private var upper: Bound?
  /// True: it must be filled; false: it must be empty.
  private var isFilled: Bool?
  private var isBothFilledAndEmpty = false
  let text: String
  /// The condition that it was read from.
  let call: FunctionCall?

  private init(_ call: FunctionCall) {
    text = StageOutline.text(of: .call(call))
    self.call = call
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
    let sets = tests.compactMap {
      if case .equals(let texts, let ignoring) = $0 { (texts, ignoring) } else { nil }
    }
    guard let smallest = sets.min(by: { ($0.1 ? 1 : 0, $0.0.count) < ($1.1 ? 1 : 0, $1.0.count) }) else {
      return false
    }
    // Of a set that ignores case every other spelling fits too: only tests that ignore it as well can be asked.
    let asked = smallest.1 ? tests.filter(\.ignoresCase) : tests
    return !smallest.0.contains { candidate in
      if isFilled == true, candidate.isEmpty { return false }
      if isFilled == false, !candidate.isEmpty { return false }
      return asked.allSatisfy { $0.allows(candidate) }
    }
  }

  // MARK: - Reading

  /// The value that a condition is about, as a key that is the same for the same value, and what it asks.
  static func read(_ condition: Expression, in subject: LintSubject) -> (key: String, ValueConstraint)? {
    guard case .call(let call) = condition else { return nil }
    var isNegated = false
    var inner = call
    if call.function === Logical.not, case .call(let operand)? = call.arguments.first {
      guard ["isempty", "isnotempty", "notempty", "isnull", "isnotnull"].contains(operand.name) else {
        return nil
      }
      isNegated = true
      inner = operand
    }
    guard let (operand, others, isFlipped) = operand(of: inner), let key = key(operand, in: subject) else {
      return nil
    }
    // Several values of an SPL field satisfy conditions that exclude each other.
    if inner.language == .spl, subject.resolved(operand).type == .dynamic { return nil }
    var constraint = ValueConstraint(call)
    guard constraint.read(inner.name, isFlipped: isFlipped, others, inner, type: operand.type) else {
      return nil
    }
    if isNegated, let filled = constraint.isFilled { constraint.isFilled = !filled }
    return (key, constraint)
  }

  /// The value, the constants beside it, and whether they stand on its left.
  private static func operand(of call: FunctionCall) -> (Expression, [Value], isFlipped: Bool)? {
    guard let first = call.arguments.first else { return nil }
    if call.arguments.count == 2, let value = first.constantValue, call.arguments[1].constantValue == nil {
      return (call.arguments[1], [value], true)
    }
    let others = call.arguments.dropFirst().map(\.constantValue)
    guard first.constantValue == nil, others.allSatisfy({ $0 != nil }) else { return nil }
    return (first, others.compactMap { $0 }, false)
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
      return "\(call.name)(\(parts.joined(separator: ",")))"
    case .conditional, .subquery: return nil
    }
  }

  /// Takes in what an operator asks; false for what says nothing.
  private mutating func read(
    _ name: String, isFlipped: Bool, _ others: [Value], _ call: FunctionCall, type: DataType
  ) -> Bool {
    switch name {
    case "isempty":
      isFilled = false
      return true
    case "isnotempty", "notempty":
      isFilled = true
      return true
    default: break
    }
    if let bound = others.first.flatMap(ValueConstraint.number), others.count == 1 {
      let flipped = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]
      switch isFlipped ? flipped[name] ?? name : name {
      case ">", "search>": lower = Bound(value: bound, isIncluded: false)
      case ">=", "search>=": lower = Bound(value: bound, isIncluded: true)
      case "<", "search<": upper = Bound(value: bound, isIncluded: false)
      case "<=", "search<=": upper = Bound(value: bound, isIncluded: true)
      case "==", "=":
        guard type != .string else { break }
        (lower, upper) = (Bound(value: bound, isIncluded: true), Bound(value: bound, isIncluded: true))
      default: break
      }
      if lower != nil || upper != nil { return true }
    }
    guard let texts = ValueConstraint.texts(others), !texts.isEmpty else { return false }
    return readText(name, texts, call)
  }

  private mutating func readText(_ name: String, _ texts: [String], _ call: FunctionCall) -> Bool {
    switch (call.language, name) {
    case (.kql, "=="), (.kql, "in"), (.spl, "="), (.spl, "in"):
      tests = [.equals(texts, ignoringCase: false)]
    case (.kql, "=~"), (.kql, "in~"): tests = [.equals(texts, ignoringCase: true)]
    case (.spl, "search="):
      // `*` is a wildcard, and numbers are equal however they are written.
      if texts.contains(where: { $0.contains("*") || Double($0) != nil }) { return false }
      tests = [.equals(texts, ignoringCase: true)]
    case (.kql, "!="), (.kql, "!in"): tests = [.excludes(texts, ignoringCase: false)]
    case (.kql, "!~"), (.kql, "!in~"): tests = [.excludes(texts, ignoringCase: true)]
    case (.kql, "startswith"), (.kql, "startswith_cs"):
      guard texts.count == 1 else { return false }
      tests = [.starts(texts[0], ignoringCase: !name.hasSuffix("_cs"))]
    case (.kql, "endswith"), (.kql, "endswith_cs"):
      guard texts.count == 1 else { return false }
      tests = [.ends(texts[0], ignoringCase: !name.hasSuffix("_cs"))]
    case (.kql, "contains"), (.kql, "contains_cs"), (.kql, "has"), (.kql, "has_cs"):
      guard texts.count == 1 else { return false }
      tests = [.holds(texts[0], ignoringCase: !name.hasSuffix("_cs"))]
    default: return false
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

  private static func texts(_ values: [Value]) -> [String]? {
    var result: [String] = []
    for value in values {
      switch value {
      case .string(let text): result.append(text)
      case .dynamic(.array(let elements)):
        for element in elements {
          guard case .string(let text) = element else { return nil }
          result.append(text)
        }
      case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
      }
    }
    return result
  }
}
