import Diagnostics
import Engine

/// When a condition is true, and when it is false. Between both it is null: where a value is missing.
extension KQLWriter {
  func truth(_ expression: Expression) throws(WritingRefusal) -> KQLPiece {
    try condition(expression, isTrue: true)
  }

  func condition(_ expression: Expression, isTrue: Bool) throws(WritingRefusal) -> KQLPiece {
    switch expression {
    case .literal(let value, _):
      return .always(value == .bool(isTrue))
    case .column:
      let piece = try value(expression)
      guard piece.kind == .truth else { throw refusal("a field as a condition") }
      return isTrue ? piece : test("\(piece.text) == false", .comparison, piece.reads)
    case .conditional(let conditional):
      var parts: [String] = []
      var reads: Set<String> = []
      for branch in conditional.branches {
        let when = try condition(branch.condition, isTrue: true)
        let then = try condition(branch.value, isTrue: isTrue)
        parts += [when.text, then.text]
        reads.formUnion(when.reads.union(then.reads))
      }
      let otherwise = try condition(conditional.otherwise, isTrue: isTrue)
      let name = conditional.branches.count == 1 ? "iff" : "case"
      return test(
        "\(name)(\((parts + [otherwise.text]).joined(separator: ", ")))", .primary,
        reads.union(otherwise.reads))
    case .call(let call): return try condition(call, isTrue: isTrue)
    case .subquery, .binding: throw refusal("a subquery as a condition")
    }
  }

  func test(_ text: String, _ strength: BindingStrength, _ reads: Set<String>) -> KQLPiece {
    KQLPiece(text, .truth, strength: strength, mayBeEmpty: false, reads: reads)
  }

  private func condition(_ call: FunctionCall, isTrue: Bool) throws(WritingRefusal) -> KQLPiece {
    if call.function === Logical.and || call.function === Logical.or {
      let isAnd = call.function === Logical.and
      let whole = Expression.call(call)
      if !isAnd, isTrue { return try alternatives(whole.disjuncts) }
      var parts: [KQLPiece] = []
      for operand in isAnd ? whole.conjuncts : whole.disjuncts {
        parts.append(try condition(operand, isTrue: isTrue))
      }
      // It is false if any of the ands is, and if all of the ors are.
      return joined(parts, isAnd: isAnd == isTrue)
    }
    if call.function === Logical.not, let operand = call.arguments.first {
      return try condition(operand, isTrue: !isTrue)
    }
    if call.function === RexFunctions.isFound, call.arguments.count == 2,
      case .string(let pattern)? = call.arguments[1].constantValue
    {
      let subject = try value(call.arguments[0])
      if subject.isRaw || subject.kind == .list {
        throw refusal("a pattern over the raw event or several values")
      }
      let found = try match(subject, pattern, .regularExpression, ignoresCase: false)
      return isTrue ? found : joined([presence(of: subject), negation(found)], isAnd: true)
    }
    guard let meaning = call.function.meaning, call.arguments.indices.contains(meaning.subject) else {
      throw refusal("the condition `\(call.function.name(in: call.dialect.language))`")
    }
    if !isTrue, meaning.test == .present || meaning.test == .empty {
      var opposite = meaning
      opposite.isNegated.toggle()
      return try predicate(call, opposite)
    }
    if call.function.nulls == .neverNull {
      let positive = try predicate(call, meaning)
      return isTrue ? positive : negation(positive)
    }
    let positive = try predicate(call, meaning)
    if isTrue { return positive }
    // False: there are values, and it does not hold.
    var checks: [KQLPiece] = []
    for argument in call.arguments {
      let piece = try value(argument)
      if let presence = piece.presence { checks.append(test(presence, .comparison, piece.reads)) }
    }
    return joined(checks + [negation(positive)], isAnd: true)
  }

  /// Several texts that one field may be are a list.
  private func alternatives(_ operands: [Expression]) throws(WritingRefusal) -> KQLPiece {
    struct Field: Hashable {
      var column: ColumnID
      var ignoresCase: Bool
    }
    var found: [Field: [String]] = [:]
    var order: [(field: Field?, operand: Expression)] = []
    for operand in operands {
      guard let predicate = Predicate(operand), predicate.meaning.test == .equals,
        !predicate.meaning.isNegated,
        case .column(let column) = predicate.subject, pieces[column.id]?.kind == .text,
        pieces[column.id]?.standIn == nil, let texts = predicate.texts,
        !(predicate.meaning.hasWildcards && texts.contains { $0.contains("*") })
      else {
        order.append((nil, operand))
        continue
      }
      let field = Field(column: column.id, ignoresCase: predicate.meaning.ignoresCase)
      if found[field] == nil { order.append((field, operand)) }
      found[field, default: []] += texts
    }
    var parts: [KQLPiece] = []
    for (field, operand) in order {
      if let field, let texts = found[field], let piece = pieces[field.column] {
        parts.append(self.texts(piece, texts.uniqued, ignoresCase: field.ignoresCase))
      } else {
        parts.append(try condition(operand, isTrue: true))
      }
    }
    return joined(parts, isAnd: false)
  }

  func joined(_ all: [KQLPiece], isAnd: Bool) -> KQLPiece {
    let parts = all.filter { $0.constant != .bool(isAnd) }
    guard let first = parts.first else { return .always(isAnd) }
    if parts.count == 1 { return first }
    let strength: BindingStrength = isAnd ? .and : .or
    return test(
      parts.map { $0.operand(strength) }.joined(separator: isAnd ? " and " : " or "), strength,
      parts.reduce(into: []) { $0.formUnion($1.reads) })
  }

  func negation(_ piece: KQLPiece) -> KQLPiece {
    if case .bool(let truth)? = piece.constant { return .always(!truth) }
    return test("not(\(piece.text))", .primary, piece.reads)
  }

  // MARK: - By meaning

  private func predicate(_ call: FunctionCall, _ meaning: PredicateMeaning) throws(WritingRefusal) -> KQLPiece
  {
    var meaning = meaning
    var operand = call.arguments[meaning.subject]
    var others = call.arguments
    others.remove(at: meaning.subject)
    if let whole = operand.folded(beside: others, meaning) {
      operand = whole
      meaning.ignoresCase = true
    }
    let subject = try value(operand)
    switch meaning.test {
    case .present, .empty:
      let isThere = (meaning.test == .present) != meaning.isNegated
      if isThere { return presence(of: subject) }
      return subject.mayBeEmpty ? test(subject.absence, .comparison, subject.reads) : .always(false)
    case .equals: return try equality(subject, others, meaning)
    case .bound(let bound):
      guard let other = others.first else { throw refusal("a comparison with nothing") }
      return try comparison(subject, try value(other), bound)
    case .matches(let pattern):
      guard let other = others.first, case .string(let text)? = other.constantValue else {
        throw refusal("a pattern that is not a constant")
      }
      return try match(subject, text, pattern, ignoresCase: meaning.ignoresCase)
    case .term, .termPrefix, .termSuffix, .contains, .prefix, .suffix:
      guard let other = others.first, let text = other.constantValue?.kqlText else {
        throw refusal("a search for a text that is not a constant")
      }
      if subject.isRaw {
        remark(
          "`has` looks for the words in the columns of the table, not in the raw event", changesRows: true)
        return test("* has \(KQLSourcePrinter.quoted(text))", .comparison, [])
      }
      if meaning.test == .prefix || meaning.test == .suffix { _ = try single(subject) }
      let word =
        switch meaning.test {
        case .contains: "contains"
        case .prefix: "startswith"
        case .suffix: "endswith"
        case .term, .termPrefix, .termSuffix, .equals, .matches, .empty, .present, .bound, .between: "has"
        }
      return test(
        "\(subject.asText.operand(.sum)) \(word)\(meaning.ignoresCase ? "" : "_cs") \(KQLSourcePrinter.quoted(text))",
        .comparison, subject.reads)
    case .between: throw refusal("a range of values")
    }
  }

  private func equality(
    _ subject: KQLPiece, _ others: [Expression], _ meaning: PredicateMeaning
  ) throws(WritingRefusal) -> KQLPiece {
    var constants: [Value] = []
    for other in others {
      guard let constant = other.constantValue else {
        guard others.count == 1 else { throw refusal("a list of values that are not constants") }
        return try comparison(
          subject, try value(other), isNegated: meaning.isNegated, ignoresCase: meaning.ignoresCase)
      }
      if case .dynamic(.array(let elements)) = constant {
        constants += elements.map { $0.scalar ?? .dynamic($0) }
      } else {
        constants.append(constant)
      }
    }
    if subject.isRaw { throw refusal("the raw event as a whole") }
    var tests: [KQLPiece] = []
    var plain: [String] = []
    for constant in constants {
      switch constant {
      case .string(let text):
        if meaning.hasWildcards, text.contains("*") {
          tests.append(try wildcard(subject, text))
        } else if subject.kind == .list || subject.kind == .json {
          tests.append(
            meaning.isNegated
              ? otherElement(of: subject, text, ignoresCase: meaning.ignoresCase)
              : element(of: subject, text, ignoresCase: meaning.ignoresCase))
        } else if text.isEmpty, subject.isField {
          // A field that is missing there is not the empty text.
          tests.append(.always(false))
        } else if subject.kind == .text {
          plain.append(text)
        } else {
          tests.append(try equal(subject, constant))
        }
      case .null: throw refusal("a comparison with null")
      case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic:
        tests.append(try equal(subject, constant))
      }
    }
    if !plain.isEmpty { tests.insert(texts(subject, plain, ignoresCase: meaning.ignoresCase), at: 0) }
    let positive = joined(tests, isAnd: false)
    if !meaning.isNegated || subject.kind == .list || subject.kind == .json { return positive }
    let negated =
      tests.count == 1 && plain.count == 1 && subject.standIn == nil
      ? test(
        "\(subject.operand(.sum)) \(meaning.ignoresCase ? "!~" : "!=") \(KQLSourcePrinter.quoted(plain[0]))",
        .comparison,
        subject.reads)
      : negation(positive)
    guard let presence = subject.presence else { return negated }
    return joined([test(presence, .comparison, subject.reads), negated], isAnd: true)
  }

  private func texts(_ subject: KQLPiece, _ texts: [String], ignoresCase: Bool) -> KQLPiece {
    // What stands in for a missing value is found by its absence.
    if let standIn = subject.standIn, texts.count == 1, texts[0].lowercased() == standIn.text.lowercased() {
      return joined(
        [
          test("isempty(\(standIn.column))", .primary, subject.reads),
          test(
            "\(standIn.column) \(ignoresCase ? "=~" : "==") \(KQLSourcePrinter.quoted(texts[0]))",
            .comparison,
            subject.reads),
        ], isAnd: false)
    }
    if let standIn = subject.standIn, !texts.contains(where: { $0.lowercased() == standIn.text.lowercased() })
    {
      let plain = KQLPiece(standIn.column, .text, reads: subject.reads)
      return self.texts(plain, texts, ignoresCase: ignoresCase)
    }
    if texts.count == 1 {
      return test(
        "\(subject.operand(.sum)) \(ignoresCase ? "=~" : "==") \(KQLSourcePrinter.quoted(texts[0]))",
        .comparison,
        subject.reads)
    }
    let list = texts.map(KQLSourcePrinter.quoted).joined(separator: ", ")
    return test(
      "\(subject.operand(.sum)) \(ignoresCase ? "in~" : "in") (\(list))", .comparison, subject.reads)
  }

  private func equal(_ subject: KQLPiece, _ constant: Value) throws(WritingRefusal) -> KQLPiece {
    switch subject.kind {
    case .truth:
      let text = constant.kqlText.lowercased()
      guard text == "true" || text == "false" else { return .always(false) }
      return test("\(subject.operand(.sum)) == \(text)", .comparison, subject.reads)
    case .moment:
      let other = KQLName.constant(constant, constant.naturalType ?? .string).asMoment
      return test("\(subject.operand(.sum)) == \(other.text)", .comparison, subject.reads)
    case .list: throw refusal("a comparison of several values with a number")
    case .number, .span, .text, .json:
      let other = KQLName.constant(constant, constant.naturalType ?? .string).asNumber
      return test("\(subject.asNumber.operand(.sum)) == \(other.text)", .comparison, subject.reads)
    }
  }

  /// One of several values is a text.
  private func element(of subject: KQLPiece, _ text: String, ignoresCase: Bool) -> KQLPiece {
    if ignoresCase {
      return test(
        "set_has_element(todynamic(tolower(tostring(\(subject.text)))), \(KQLSourcePrinter.quoted(text.lowercased())))",
        .primary, subject.reads)
    }
    return test("set_has_element(\(subject.text), \(KQLSourcePrinter.quoted(text)))", .primary, subject.reads)
  }

  /// One of several values is another text: that is what `!=` asks there.
  private func otherElement(of subject: KQLPiece, _ text: String, ignoresCase: Bool) -> KQLPiece {
    let list = ignoresCase ? "todynamic(tolower(tostring(\(subject.text))))" : subject.text
    let one = KQLSourcePrinter.quoted(ignoresCase ? text.lowercased() : text)
    return test(
      "array_length(set_difference(\(list), pack_array(\(one)))) > 0", .comparison, subject.reads)
  }

  private func wildcard(_ subject: KQLPiece, _ text: String) throws(WritingRefusal) -> KQLPiece {
    if text.allSatisfy({ $0 == "*" }) { return presence(of: subject) }
    if subject.kind == .list || subject.kind == .json { throw refusal("a wildcard over several values") }
    let piece = subject.asText
    let parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    let inner = parts.filter { !$0.isEmpty }
    if inner.count == 1 {
      let word = text.hasPrefix("*") ? (text.hasSuffix("*") ? "contains" : "endswith") : "startswith"
      if parts.count <= 3 {
        return test(
          "\(piece.operand(.sum)) \(word) \(KQLSourcePrinter.quoted(inner[0]))", .comparison, piece.reads)
      }
    }
    let regex = "(?is)^" + parts.map(RegularExpression.quoted).joined(separator: ".*") + "$"
    return test("\(piece.operand(.sum)) matches regex \(KQLName.pattern(regex))", .comparison, piece.reads)
  }

  private func match(
    _ subject: KQLPiece, _ text: String, _ pattern: PredicateMeaning.Pattern, ignoresCase: Bool
  ) throws(WritingRefusal) -> KQLPiece {
    let piece = subject.asText
    switch pattern {
    case .regularExpression:
      // In the text of several values each stands somewhere.
      if text.contains("^") || text.contains("$") { _ = try single(subject) }
      if ["(?=", "(?!", "(?<=", "(?<!"].contains(where: text.contains) {
        throw refusal("a look-around, which its regular expressions do not have")
      }
      return test("\(piece.operand(.sum)) matches regex \(KQLName.pattern(text))", .comparison, piece.reads)
    case .subnet:
      _ = try single(subject)
      let family = text.contains(":") ? "ipv6" : "ipv4"
      return test(
        "\(family)_is_in_range(\(piece.text), \(KQLSourcePrinter.quoted(text)))", .primary, piece.reads)
    case .like:
      let plain = text.replacing("%", with: "")
      if !plain.contains("_"), !plain.contains("\\"), !plain.isEmpty {
        if !text.hasPrefix("%") || !text.hasSuffix("%") { _ = try single(subject) }
        let inside = text.dropFirst(text.hasPrefix("%") ? 1 : 0).dropLast(text.hasSuffix("%") ? 1 : 0)
        if inside == plain {
          let word =
            switch (text.hasPrefix("%"), text.hasSuffix("%")) {
            case (true, true): ignoresCase ? "contains" : "contains_cs"
            case (true, false): ignoresCase ? "endswith" : "endswith_cs"
            case (false, true): ignoresCase ? "startswith" : "startswith_cs"
            case (false, false): ignoresCase ? "=~" : "=="
            }
          return test(
            "\(piece.operand(.sum)) \(word) \(KQLSourcePrinter.quoted(plain))", .comparison, piece.reads)
        }
      }
      _ = try single(subject)
      var regex = ignoresCase ? "(?is)^" : "(?s)^"
      for character in text {
        switch character {
        case "%": regex += ".*"
        case "_": regex += "."
        default: regex += RegularExpression.quoted(String(character))
        }
      }
      return test(
        "\(piece.operand(.sum)) matches regex \(KQLName.pattern(regex + "$"))", .comparison, piece.reads)
    }
  }

  // MARK: - Two values

  private func comparison(
    _ left: KQLPiece, _ right: KQLPiece, isNegated: Bool, ignoresCase: Bool
  ) throws(WritingRefusal) -> KQLPiece {
    // One of several values is the other.
    if left.kind == .list || right.kind == .list, left.kind != right.kind, !ignoresCase {
      let (list, one) = left.kind == .list ? (left, right.asText) : (right, left.asText)
      let reads = list.reads.union(one.reads)
      let found =
        isNegated
        ? test(
          "array_length(set_difference(\(list.text), pack_array(\(one.text)))) > 0", .comparison, reads)
        : test("set_has_element(\(list.text), \(one.text))", .primary, reads)
      let checks = [one].compactMap(\.presence).map { test($0, .comparison, reads) }
      return joined(checks + [found], isAnd: true)
    }
    let (first, second) = try alike(left, right)
    let sign = first.kind == .text && ignoresCase ? (isNegated ? "!~" : "=~") : (isNegated ? "!=" : "==")
    return present([first, second], "\(first.operand(.sum)) \(sign) \(second.operand(.sum))")
  }

  private func comparison(
    _ left: KQLPiece, _ right: KQLPiece, _ bound: PredicateMeaning.Bound
  ) throws(WritingRefusal) -> KQLPiece {
    var (first, second) = try alike(single(left), single(right))
    if let text = try textOrder(first, second, bound) { return text }
    if first.kind == .text || first.kind == .list || first.kind == .json {
      first = first.asNumber
      second = second.asNumber
    }
    return test(
      "\(first.operand(.sum)) \(bound.sign) \(second.operand(.sum))", .comparison,
      first.reads.union(second.reads))
  }

  /// Two texts of which one is a constant that is no number are compared letter by letter.
  private func textOrder(
    _ first: KQLPiece, _ second: KQLPiece, _ bound: PredicateMeaning.Bound
  ) throws(WritingRefusal) -> KQLPiece? {
    guard first.kind == .text, second.kind == .text, [first, second].contains(where: \.isWord) else {
      return nil
    }
    return present([first, second], "strcmp(\(first.text), \(second.text)) \(bound.sign) 0")
  }

  private func presence(of piece: KQLPiece) -> KQLPiece {
    piece.presence.map { test($0, .comparison, piece.reads) } ?? .always(true)
  }

  /// With values on both sides.
  private func present(_ pieces: [KQLPiece], _ text: String) -> KQLPiece {
    let reads = pieces.reduce(into: Set<String>()) { $0.formUnion($1.reads) }
    let checks = pieces.compactMap(\.presence).map { test($0, .comparison, reads) }
    return joined(checks + [test(text, .comparison, reads)], isAnd: true)
  }

  /// Two values as ones of one type.
  func alike(_ left: KQLPiece, _ right: KQLPiece) throws(WritingRefusal) -> (KQLPiece, KQLPiece) {
    if left.kind == right.kind { return (left, right) }
    let kinds = [left.kind, right.kind]
    if kinds.contains(.moment) { return (left.asMoment, right.asMoment) }
    if kinds.contains(.number) || kinds.contains(.span) { return (left.asNumber, right.asNumber) }
    return (left.asText, right.asText)
  }
}

extension Expression {
  /// What is compared where it is the small letters of something and all that it is compared with is small:
  /// `lower(user)="ada"` is `user =~ "ada"`.
  fileprivate func folded(beside others: [Expression], _ meaning: PredicateMeaning) -> Expression? {
    guard case .call(let call) = self, call.function.casing == .small, call.arguments.count == 1,
      let whole = call.arguments.first
    else { return nil }
    switch meaning.test {
    case .equals, .prefix, .suffix, .contains, .matches(.like): break
    case .term, .termPrefix, .termSuffix, .matches, .empty, .present, .bound, .between: return nil
    }
    let isSmall = others.allSatisfy { other in
      guard case .string(let text)? = other.constantValue else { return false }
      return text == text.lowercased()
    }
    return isSmall ? whole : nil
  }
}

extension KQLPiece {
  /// A constant text that is no number.
  fileprivate var isWord: Bool {
    guard case .string(let text)? = constant else { return false }
    return NumberText.real(text) == nil
  }
}
