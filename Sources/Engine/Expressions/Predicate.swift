/// A condition read by its meaning: what it is about, and what that is compared with.
///
/// ```
///   not(5 < n)        about n, `.bound(.lessOrEqual)`, others: 5
///   x in ("a", "b")   about x, `.equals`, others: "a", "b"
/// ```
package struct Predicate {
  /// What it says; `not` around the call and the order of two operands are worked in.
  package private(set) var meaning: PredicateMeaning
  /// The call that says it.
  package let call: FunctionCall
  package let subject: Expression
  package private(set) var others: [Expression]
  /// Where `subject` stands among the arguments of the call.
  private let place: Int
  /// `not` stands around the call an odd number of times.
  private let isReversed: Bool

  /// Nil for what says nothing of one value.
  package init?(_ condition: Expression) {
    guard case .call(let call) = condition else { return nil }
    if call.function === Logical.not, let operand = call.arguments.first {
      guard let reversed = Predicate(operand)?.reversed else { return nil }
      self = reversed
      return
    }
    guard var meaning = call.function.meaning, call.arguments.indices.contains(meaning.subject) else {
      return nil
    }
    var place = meaning.subject
    if call.arguments.count == 2, call.arguments[0].columns.isEmpty, !call.arguments[1].columns.isEmpty {
      switch meaning.test {
      case .equals where !call.function.takesList: place = 1
      case .bound(let bound):
        meaning.test = .bound(bound.flipped)
        place = 1
      case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches, .empty,
        .present, .between:
        break
      }
    }
    self.init(meaning, call, place: place, isReversed: false)
  }

  private init(_ meaning: PredicateMeaning, _ call: FunctionCall, place: Int, isReversed: Bool) {
    self.meaning = meaning
    self.call = call
    self.place = place
    self.isReversed = isReversed
    subject = call.arguments[place]
    others = call.arguments
    others.remove(at: place)
  }

  /// Nil where the opposite is no such question: a search of SPL is false without a value, so that `NOT n<5` also
  /// holds where there is no `n`.
  private var reversed: Predicate? {
    var meaning = meaning
    switch meaning.test {
    case .empty, .present: break
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches, .between:
      if meaning.isNegated, call.function.nulls == .neverNull { return nil }
    case .bound: if call.function.nulls == .neverNull { return nil }
    }
    if case .bound(let bound) = meaning.test {
      meaning.test = .bound(bound.opposite)
    } else {
      meaning.isNegated.toggle()
    }
    return Predicate(meaning, call, place: place, isReversed: !isReversed)
  }

  /// The constants that it compares with, those of lists one by one; nil if it compares with something else.
  package var constants: [Value]? {
    var result: [Value] = []
    for other in others {
      guard let value = other.constantValue else { return nil }
      if call.function.takesList, case .dynamic(.array(let elements)) = value {
        result += elements.map { $0.scalar ?? .dynamic($0) }
      } else {
        result.append(value)
      }
    }
    return result
  }

  /// The texts that it compares with; nil if it compares with something else.
  package var texts: [String]? {
    guard let constants else { return nil }
    var result: [String] = []
    for constant in constants {
      guard case .string(let text) = constant else { return nil }
      result.append(text)
    }
    return result
  }

  /// The constant texts among what it compares with.
  package var knownTexts: [String] {
    others.flatMap { other -> [String] in
      switch other.constantValue {
      case .string(let text)?: [text]
      case .dynamic(.array(let elements))?:
        elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
      case nil, .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: []
      }
    }
  }

  /// It asks just for the values that it names.
  package var names: [String]? {
    guard meaning.test == .equals, !meaning.isNegated, let texts else { return nil }
    let isOpen = texts.contains { text in
      (meaning.hasWildcards && text.contains("*"))
        || (meaning.readsNumbers && SPLValue.number(.string(text)) != nil)
    }
    return isOpen ? nil : texts
  }

  /// In which of some rows it holds, if they are its subject's values; nil if that depends on more than them.
  package func holds(in values: Column) -> [Bool]? {
    let column = PlanColumn(id: ColumnID(-1), name: "value", type: values.type)
    var call = call
    call.arguments[place] = .column(column)
    let asked = Expression.call(call)
    guard asked.columns.count == 1, asked.scalarSubqueries.isEmpty, !asked.readsNow else { return nil }
    let compiler = ExpressionCompiler(layout: [column], context: ExecutionContext(now: 0), subqueries: [:])
    let chunk = Chunk(columns: [values], count: values.count)
    guard let truths = try? compiler.compile(asked).evaluate(chunk) else { return nil }
    return (0..<values.count).map { truths.value(at: $0) == .bool(!isReversed) }
  }

  /// Whether it holds for a value; nil if that depends on more than the value.
  package func holds(for value: Value) -> Bool? {
    holds(in: .constant(value, subject.type, count: 1))?.first
  }

  /// The same question with one thing to compare with.
  package func comparing(with constant: Value) -> Predicate {
    guard let first = others.first else { return self }
    var call = call
    call.arguments = [subject]
    call.arguments.insert(
      .literal(constant, constant.naturalType ?? first.type), at: place == 0 ? 1 : 0)
    return Predicate(meaning, call, place: place, isReversed: isReversed)
  }
}

extension ScalarFunction {
  /// Any number of values may be compared with, lists among them.
  package var takesList: Bool { signature.maximumCount == nil }
}
