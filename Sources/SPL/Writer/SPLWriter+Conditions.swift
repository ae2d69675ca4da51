import Diagnostics
import Engine

/// Conditions as `eval` has them. A value that is missing makes most of them null there, which counts as false; where
/// that is not what the original says, the condition is written so that it is never null.
extension SPLWriter {
  /// - Parameter exact: it must be false, not null, where a value is missing.
  func condition(_ expression: Expression, exact: Bool) throws(WritingRefusal) -> SPLPiece {
    switch expression {
    case .literal(let value, _):
      return SPLPiece(value == .bool(true) ? "true()" : "false()", .truth, mayBeMissing: false)
    case .column:
      // Where it is missing this is null in both languages, also under NOT.
      return SPLPiece("\(try value(expression).leaf)=\"true\"", .truth, strength: .comparison)
    case .conditional(let conditional): return try choice(conditional, exact: exact)
    case .call(let call): return try condition(call, exact: exact)
    case .subquery, .binding: throw refusal("a subquery as a condition")
    }
  }

  private func choice(_ conditional: Conditional, exact: Bool) throws(WritingRefusal) -> SPLPiece {
    var parts: [String] = []
    for branch in conditional.branches {
      parts.append(try condition(branch.condition, exact: true).text)
      parts.append("if(\(try condition(branch.value, exact: true).text), 1, 0)")
    }
    let otherwise = "if(\(try condition(conditional.otherwise, exact: true).text), 1, 0)"
    return SPLPiece(
      "case(\(parts.joined(separator: ", ")), true(), \(otherwise))=1", .truth, strength: .comparison,
      mayBeMissing: false)
  }

  private func condition(_ call: FunctionCall, exact: Bool) throws(WritingRefusal) -> SPLPiece {
    let arguments = call.arguments
    if call.function === Logical.and || call.function === Logical.or {
      let isAnd = call.function === Logical.and
      let whole = Expression.call(call)
      let strength: BindingStrength = isAnd ? .and : .or
      var parts: [String] = []
      for operand in isAnd ? whole.conjuncts : whole.disjuncts {
        parts.append(try condition(operand, exact: exact).operand(strength))
      }
      return SPLPiece(
        parts.joined(separator: isAnd ? " AND " : " OR "), .truth, strength: strength, mayBeMissing: false)
    }
    if call.function === Logical.not, let operand = arguments.first {
      return negation(try condition(operand, exact: true))
    }
    if let meaning = call.function.meaning, arguments.indices.contains(meaning.subject) {
      return try predicate(call, meaning, exact: exact)
    }
    if call.function === Conversions.toBool, let operand = arguments.first {
      if operand.type == .bool { return try condition(operand, exact: exact) }
      let piece = try value(operand)
      return SPLPiece("\(exact ? piece.whole : piece.leaf)=\"true\"", .truth, strength: .comparison)
    }
    if let piece = try membership(call, exact: exact) { return piece }
    if call.function === ParseFunctions.test { return try hasShape(call) }
    guard let spelling = call.function.spellings.fitting(.spl, count: call.arguments.count) else {
      throw refusal("the condition `\(call.function.name(in: call.dialect.language))`")
    }
    return try spelled(call, spelling)
  }

  /// One of several values is a constant: `names="ListUsers"` asks just that.
  private func membership(_ call: FunctionCall, exact: Bool) throws(WritingRefusal) -> SPLPiece? {
    guard call.function === SetFunctions.hasElement, call.arguments.count == 2,
      let constant = call.arguments[1].constantValue, constant.json.scalar != nil,
      let wanted = SPLSpelling.constant(constant)?.text
    else { return nil }
    let list = try value(call.arguments[0])
    let test = SPLPiece("\(values(list))=\(wanted)", .truth, strength: .comparison)
    return guarded(test, [list], exact)
  }

  private func negation(_ piece: SPLPiece) -> SPLPiece {
    SPLPiece("NOT \(piece.operand(.primary))", .truth, strength: .comparison, mayBeMissing: false)
  }

  // MARK: - By meaning

  private func predicate(
    _ call: FunctionCall, _ meaning: PredicateMeaning, exact: Bool
  ) throws(WritingRefusal) -> SPLPiece {
    let subject = call.arguments[meaning.subject]
    var others = call.arguments
    others.remove(at: meaning.subject)
    let isExact = exact || meaning.isNegated
    switch meaning.test {
    case .equals: return try equality(subject, others, call, meaning, isExact)
    case .contains where isVariable(others), .term where isVariable(others):
      return try search(subject, for: others[0], meaning)
    case .prefix, .suffix, .contains:
      let piece = try value(subject)
      var tests: [SPLPiece] = []
      for text in try texts(others) { tests.append(pattern(piece, text, meaning, isExact)) }
      return try combined(tests, meaning)
    case .term, .termPrefix, .termSuffix:
      let piece = try value(subject)
      var tests: [SPLPiece] = []
      let words = try texts(others)
      if words.count > 1, !meaning.asksForAll, !words.contains("") {
        let text = "(\(words.map(RegularExpression.quoted).joined(separator: "|")))"
        tests.append(term(piece, text, meaning, isExact))
      } else {
        for text in words { tests.append(term(piece, RegularExpression.quoted(text), meaning, isExact)) }
      }
      return try combined(tests, meaning)
    case .matches(let pattern): return try match(subject, others, pattern, meaning, isExact)
    case .empty: return try emptiness(subject, meaning, exact)
    case .present:
      if subject.type == .string {
        return SPLPiece(meaning.isNegated ? "false()" : "true()", .truth, mayBeMissing: false)
      }
      let piece = try value(subject)
      return SPLPiece(
        "\(meaning.isNegated ? "isnull" : "isnotnull")(\(piece.text))", .truth, mayBeMissing: false)
    case .bound(let bound):
      guard let other = others.first else { throw refusal("a comparison with nothing") }
      let isText = subject.type == .string && exact
      var left = try comparable(subject, with: other)
      if !exact, bound.isLower, let bare = left.bare, other.isMoreThanNothing { left.text = bare }
      let right = try comparable(other, with: subject)
      let first = isText ? left.whole : left.operand(.sum)
      let second = isText ? right.whole : right.operand(.sum)
      return SPLPiece("\(first)\(bound.sign)\(second)", .truth, strength: .comparison)
    case .between:
      guard others.count == 2 else { throw refusal("`between` without two bounds") }
      let piece = try comparable(subject, with: others[0])
      let low = try comparable(others[0], with: subject)
      var high = try comparable(others[1], with: subject)
      // A length behind a moment is counted from it.
      if others[0].type == .datetime, others[1].type == .timespan {
        high = SPLPiece(
          "\(low.operand(.sum)) + \(high.operand(.product))", .moment, strength: .sum,
          mayBeMissing: low.mayBeMissing || high.mayBeMissing)
      }
      let inside = SPLPiece(
        "\(piece.operand(.sum))>=\(low.operand(.sum)) AND \(piece.operand(.sum))<=\(high.operand(.sum))",
        .truth, strength: .and)
      let test = guarded(inside, [piece, low, high], isExact)
      return meaning.isNegated ? negation(test) : test
    }
  }

  /// The same, false where one of its values is missing.
  private func guarded(_ test: SPLPiece, _ pieces: [SPLPiece], _ exact: Bool) -> SPLPiece {
    guard exact else { return test }
    let checks = pieces.filter(\.mayBeMissing).map { "isnotnull(\($0.text))" }
    if checks.isEmpty { return test }
    return SPLPiece(
      (checks + [test.operand(.and)]).joined(separator: " AND "), .truth, strength: .and, mayBeMissing: false)
  }

  private func combined(_ tests: [SPLPiece], _ meaning: PredicateMeaning) throws(WritingRefusal) -> SPLPiece {
    guard var result = tests.first else {
      return SPLPiece(meaning.isNegated ? "true()" : "false()", .truth, mayBeMissing: false)
    }
    if tests.count > 1 {
      let strength: BindingStrength = meaning.asksForAll ? .and : .or
      result = SPLPiece(
        tests.map { $0.operand(strength) }.joined(separator: meaning.asksForAll ? " AND " : " OR "), .truth,
        strength: strength, mayBeMissing: false)
    }
    return meaning.isNegated ? negation(result) : result
  }

  /// The constant texts that a subject is compared with, those of lists one by one.
  private func texts(_ others: [Expression]) throws(WritingRefusal) -> [String] {
    var result: [String] = []
    for other in others {
      if case .call(let call) = other, call.function === BagFunctions.packArray {
        result += try texts(call.arguments)
        continue
      }
      switch other.constantValue {
      case .string(let text)?: result.append(text)
      case .dynamic(.array(let elements))?:
        for element in elements { result.append(element.scalar?.kqlText ?? element.text) }
      default: throw refusal("a search for a text that is not a constant")
      }
    }
    return result
  }

  private func isVariable(_ others: [Expression]) -> Bool {
    others.count == 1 && others[0].type == .string && others[0].constantValue == nil
  }

  /// A search for what another field holds: the letters that patterns have a meaning for are escaped as it runs.
  private func search(
    _ subject: Expression, for other: Expression, _ meaning: PredicateMeaning
  ) throws(WritingRefusal) -> SPLPiece {
    let piece = try value(subject)
    let wanted = try value(other)
    let flags = meaning.ignoresCase ? "(?i)" : ""
    let isWord = meaning.test == .term
    let before = flags + (isWord ? "(?<![0-9A-Za-z])" : "")
    let after = isWord ? " . \"(?![0-9A-Za-z])\"" : ""
    let escaped = "replace(\(wanted.whole), \"([^0-9A-Za-z])\", \(SPLSpelling.text(#"\\\1"#)))"
    let lead = before.isEmpty ? "" : "\(SPLSpelling.text(before)) . "
    let test = SPLPiece(
      "match(\(piece.whole), \(lead)\(escaped)\(after))", .truth, mayBeMissing: false)
    return meaning.isNegated ? negation(test) : test
  }

  private func pattern(
    _ subject: SPLPiece, _ text: String, _ meaning: PredicateMeaning, _ exact: Bool
  ) -> SPLPiece {
    if text.isEmpty { return SPLPiece("true()", .truth, mayBeMissing: false) }
    let folds = meaning.ignoresCase && text.lowercased() != text.uppercased()
    // `like` has no way to say that `%` and `_` are letters.
    if text.contains(where: { "%_\\".contains($0) }) {
      let start = meaning.test == .prefix ? "^" : ""
      let end = meaning.test == .suffix ? "$" : ""
      let regex = "\(folds ? "(?i)" : "")\(start)\(RegularExpression.quoted(text))\(end)"
      return SPLPiece(
        "match(\(exact ? subject.whole : subject.text), \(SPLSpelling.text(regex)))", .truth,
        mayBeMissing: !exact)
    }
    let wanted = folds ? text.lowercased() : text
    let pattern =
      switch meaning.test {
      case .prefix: "\(wanted)%"
      case .suffix: "%\(wanted)"
      case .equals, .contains, .term, .termPrefix, .termSuffix, .matches, .empty, .present, .bound, .between:
        "%\(wanted)%"
      }
    let operand = exact ? subject.whole : subject.text
    return SPLPiece(
      "like(\(folds ? "lower(\(operand))" : operand), \(SPLSpelling.text(pattern)))", .truth,
      mayBeMissing: !exact)
  }

  private func term(
    _ subject: SPLPiece, _ regex: String, _ meaning: PredicateMeaning, _ exact: Bool
  ) -> SPLPiece {
    if regex.isEmpty { return SPLPiece("true()", .truth, mayBeMissing: false) }
    let before = meaning.test == .termSuffix ? "" : "(?<![0-9A-Za-z])"
    let after = meaning.test == .termPrefix ? "" : "(?![0-9A-Za-z])"
    let text = "\(meaning.ignoresCase ? "(?i)" : "")\(before)\(regex)\(after)"
    return SPLPiece(
      "match(\(exact ? subject.whole : subject.text), \(SPLSpelling.text(text)))", .truth,
      mayBeMissing: !exact)
  }

  private func match(
    _ subject: Expression, _ others: [Expression], _ pattern: PredicateMeaning.Pattern,
    _ meaning: PredicateMeaning, _ exact: Bool
  ) throws(WritingRefusal) -> SPLPiece {
    let piece = try value(subject)
    let operand = exact ? piece.whole : piece.text
    var tests: [SPLPiece] = []
    for text in try texts(others) {
      let written =
        switch pattern {
        case .regularExpression:
          "match(\(operand), \(SPLSpelling.text((meaning.ignoresCase ? "(?i)" : "") + text)))"
        case .subnet: "cidrmatch(\(SPLSpelling.text(text)), \(operand))"
        case .like: "like(\(operand), \(SPLSpelling.text(text)))"
        }
      tests.append(SPLPiece(written, .truth, mayBeMissing: !exact))
    }
    return try combined(tests, meaning)
  }

  private func emptiness(
    _ subject: Expression, _ meaning: PredicateMeaning, _ exact: Bool
  ) throws(WritingRefusal) -> SPLPiece {
    let piece = try value(subject)
    let isText = piece.kind == .text || piece.kind == .json || piece.kind == .truth
    if !isText {
      return SPLPiece(
        "\(meaning.isNegated ? "isnotnull" : "isnull")(\(piece.text))", .truth, mayBeMissing: false)
    }
    if meaning.isNegated {
      return SPLPiece(
        "\(exact ? piece.whole : piece.text)!=\"\"", .truth, strength: .comparison, mayBeMissing: false)
    }
    if !piece.mayBeMissing {
      return SPLPiece("\(piece.text)=\"\"", .truth, strength: .comparison, mayBeMissing: false)
    }
    return SPLPiece("\(piece.whole)=\"\"", .truth, strength: .comparison, mayBeMissing: false)
  }

  // MARK: - Equality and order

  private func equality(
    _ subject: Expression, _ others: [Expression], _ call: FunctionCall, _ meaning: PredicateMeaning,
    _ exact: Bool
  ) throws(WritingRefusal) -> SPLPiece {
    var constants: [Value] = []
    for other in others {
      guard let constant = other.constantValue else {
        guard others.count == 1 else { throw refusal("a list of values that are not constants") }
        return try comparison(subject, other, meaning)
      }
      if case .dynamic(.array(let elements)) = constant {
        constants += elements.map { $0.scalar ?? .dynamic($0) }
      } else {
        constants.append(constant)
      }
    }
    if subject.constantValue != nil, !others.isEmpty { return try comparison(subject, others[0], meaning) }
    var piece = try comparable(subject, with: others.first ?? subject)
    if !exact, let bare = piece.bare, others.allSatisfy(\.isMoreThanNothing) { piece.text = bare }
    if constants.isEmpty { return try combined([], meaning) }
    var written: [String] = []
    var hasEmpty = false
    for constant in constants {
      guard case .string(let text) = constant else {
        guard let text = SPLSpelling.constant(constant)?.text, !constant.isNull else {
          throw refusal("a comparison with null")
        }
        written.append(named(constant) ?? text)
        continue
      }
      hasEmpty = hasEmpty || text.isEmpty
      if NumberText.real(text) != nil {
        remark(
          "Splunk compares texts that are numbers by their value: a zero before or behind `\(text)` makes no other",
          changesRows: true)
      }
      written.append(SPLSpelling.text(meaning.ignoresCase ? text.lowercased() : text))
    }
    let isWhole = piece.mayBeMissing && (exact || hasEmpty)
    var operand = isWhole ? "coalesce(\(piece.leaf), \"\")" : piece.leaf
    let folds =
      meaning.ignoresCase
      && constants.contains { if case .string(let text) = $0 { text.isCased } else { false } }
    if folds { operand = "lower(\(operand))" }
    let isBare = operand.allSatisfy { !" +-*/%".contains($0) } || operand.last == ")" || operand.last == "'"
    let left = isBare || piece.strength == .primary ? operand : "(\(operand))"
    if written.count == 1 {
      return SPLPiece(
        "\(left)\(meaning.isNegated ? "!=" : "=")\(written[0])", .truth, strength: .comparison,
        mayBeMissing: !isWhole)
    }
    let test = SPLPiece("in(\(operand), \(written.joined(separator: ", ")))", .truth, mayBeMissing: !isWhole)
    return meaning.isNegated ? negation(test) : test
  }

  /// Two values of the events.
  private func comparison(
    _ left: Expression, _ right: Expression, _ meaning: PredicateMeaning
  ) throws(WritingRefusal) -> SPLPiece {
    func operand(_ piece: SPLPiece) -> String {
      let text = piece.mayBeMissing ? "coalesce(\(piece.leaf), \"\")" : piece.operand(.sum)
      return meaning.ignoresCase ? "lower(\(text))" : text
    }
    let first = operand(try comparable(left, with: right))
    let second = operand(try comparable(right, with: left))
    return SPLPiece(
      "\(first)\(meaning.isNegated ? "!=" : "=")\(second)", .truth, strength: .comparison, mayBeMissing: false
    )
  }

  /// A value in the form in which it is compared with another: what is read out of JSON is a number beside a number.
  private func comparable(_ expression: Expression, with other: Expression) throws(WritingRefusal) -> SPLPiece
  {
    let piece = try value(expression)
    if piece.kind == .json, SPLField.Kind(other.type) == .number {
      return SPLPiece("tonumber(\(piece.leaf))", .number)
    }
    return piece
  }
}

extension Expression {
  /// A number above 0.
  fileprivate var isMoreThanNothing: Bool {
    switch constantValue {
    case .long(let number)?: number > 0
    case .real(let number)?: number > 0
    case .null?, .bool?, .decimal?, .datetime?, .timespan?, .guid?, .string?, .dynamic?, nil: false
    }
  }
}

extension String {
  /// Another case of it would be another text.
  fileprivate var isCased: Bool { lowercased() != uppercased() }
}
