import Diagnostics
import Engine

/// Values that depend on conditions: `iff` and `case`.
extension KQLWriter {
  func choice(_ conditional: Conditional) throws(WritingRefusal) -> KQLPiece {
    // `case(isnotnull(strftime(t, f)), strftime(t, f), t)` of a moment is its text.
    if conditional.branches.count == 1, case .call(let check) = conditional.branches[0].condition,
      check.function.meaning?.test == .present, check.arguments.first == conditional.branches[0].value
    {
      let piece = try value(conditional.branches[0].value)
      if piece.kind == .text, !piece.mayBeEmpty { return piece }
      // Where there is no such text there is no moment either.
      if case .call(let call) = conditional.branches[0].value, call.function === SPLTimeFunctions.strftime,
        let time = call.arguments.first, try value(time).kind == .moment,
        conditional.otherwise.unconverted == time.unconverted
      {
        return piece
      }
    }
    if let filled = try filled(conditional) { return filled }
    var conditional = conditional
    var values: [KQLPiece] = []
    var conditions: [KQLPiece] = []
    var branches: [Conditional.Branch] = []
    for branch in conditional.branches {
      let condition: KQLPiece
      if let fixed = branch.condition.fixedTruth {
        condition = .always(fixed)
      } else {
        condition = try truth(branch.condition)
      }
      if condition.constant == .bool(false) { continue }
      if condition.constant == .bool(true) {
        conditional.otherwise = branch.value
        break
      }
      branches.append(branch)
      conditions.append(condition)
      values.append(try value(branch.value))
    }
    conditional.branches = branches
    if branches.isEmpty {
      let only = try value(conditional.otherwise)
      return try beforeTexts([conditional.otherwise], [only])?.values.first ?? only
    }
    values.append(try value(conditional.otherwise))
    var isNull = conditional.branches.map { $0.value.isNullLiteral } + [conditional.otherwise.isNullLiteral]
    if let own = try beforeTexts(conditional.branches.map(\.value) + [conditional.otherwise], values) {
      (values, isNull) = own
    }
    if isNull.contains(true), values.contains(where: { $0.constant == .string("") }) {
      remark("an empty text and a missing value are one in KQL", changesRows: true)
    }
    let kinds = Set(zip(values, isNull).filter { !$0.1 }.map(\.0.kind))
    let kind =
      kinds.count == 1 ? kinds.first ?? .text : kinds.isSubset(of: [.number, .span]) ? .number : .text
    let texts = zip(values, isNull).map { value, isNull -> String in
      if isNull { return KQLWriter.missing(kind) }
      switch kind {
      case .text: return value.asText.text
      case .number: return value.asNumber.text
      case .moment, .span, .truth, .list, .json: return value.text
      }
    }
    let name = conditions.count == 1 ? "iff" : "case"
    var parts: [String] = []
    for (condition, text) in zip(conditions, texts) { parts += [condition.text, text] }
    parts.append(texts.last ?? "")
    return KQLPiece(
      "\(name)(\(parts.joined(separator: ", ")))", kind,
      mayBeEmpty: isNull.contains(true) || zip(values, conditional.fills).contains { $0.mayBeEmpty && !$1 },
      reads: (values + conditions).reduce(into: []) { $0.formUnion($1.reads) })
  }

  /// Numbers or moments that are texts only because another value is one, where that other one is never there: a field
  /// of a join that no event has.
  private func beforeTexts(
    _ expressions: [Expression], _ pieces: [KQLPiece]
  ) throws(WritingRefusal) -> (values: [KQLPiece], isNull: [Bool])? {
    var values: [KQLPiece] = []
    var isNull: [Bool] = []
    for (expression, piece) in zip(expressions, pieces) {
      let isNever = expression.isNullLiteral || (piece.constant == .string("") && piece.mayBeEmpty)
      isNull.append(isNever)
      if isNever {
        values.append(piece)
      } else if case .call(let call) = expression, call.function === Conversions.splText,
        let inner = call.arguments.first
      {
        values.append(try value(inner))
      } else {
        return nil
      }
    }
    let kinds = Set(zip(values, isNull).filter { !$0.1 }.map(\.0.kind))
    guard kinds.count == 1, kinds.isSubset(of: [.number, .moment]) else { return nil }
    return (values, isNull)
  }

  /// `fillnull value=""`, `if(isnotnull(x), x, null())` and `nullif(x, "")` are x: a text that is missing is empty here
  /// anyway.
  private func filled(_ conditional: Conditional) throws(WritingRefusal) -> KQLPiece? {
    guard conditional.branches.count == 1, let branch = conditional.branches.first,
      branch.condition.conjuncts.count == 1
    else { return nil }
    if conditional.fills.first == true || branch.isTextOfCheckedNumber {
      let rest = try value(conditional.otherwise)
      let isNothing = conditional.otherwise.isNullLiteral || rest.constant == .string("")
      var piece = try value(branch.value)
      guard isNothing, piece.kind == .text else { return nil }
      if rest.constant == .string(""), !rest.mayBeEmpty { (piece.mayBeEmpty, piece.isField) = (false, false) }
      return piece
    }
    guard branch.value.isNullLiteral, let predicate = Predicate(branch.condition),
      predicate.meaning.test == .equals, !predicate.meaning.isNegated, predicate.texts == [""],
      predicate.subject == conditional.otherwise
    else { return nil }
    var piece = try value(conditional.otherwise)
    if piece.kind != .text { return nil }
    piece.mayBeEmpty = true
    return piece
  }

  static func missing(_ kind: KQLPiece.Kind) -> String {
    switch kind {
    case .text: "\"\""
    case .number: "real(null)"
    case .moment: "datetime(null)"
    case .span: "timespan(null)"
    case .truth: "bool(null)"
    case .list, .json: "dynamic(null)"
    }
  }
}

extension Conditional {
  /// Which of its values, the last one included, are known to be there: `if(isnull(x), "none", x)`.
  fileprivate var fills: [Bool] {
    func asks(_ condition: Expression, isMissing: Bool, _ value: Expression) -> Bool {
      condition.conjuncts.contains { part in
        guard let predicate = Predicate(part), predicate.meaning.test == .present else { return false }
        return predicate.meaning.isNegated == isMissing && predicate.subject == value
      }
    }
    return branches.map { asks($0.condition, isMissing: false, $0.value) }
      + [branches.contains { asks($0.condition, isMissing: true, otherwise) }]
  }
}

extension Conditional.Branch {
  /// `printf("%.2f", x)` where there is an x, without which there is no such text here anyway.
  fileprivate var isTextOfCheckedNumber: Bool {
    guard case .call(let call) = value, call.function === SPLFormatFunctions.print,
      let predicate = Predicate(condition), predicate.meaning.test == .present, !predicate.meaning.isNegated
    else { return false }
    return call.arguments.count == 2 && call.arguments[1] == predicate.subject
  }
}

extension Expression {
  /// What a condition that reads nothing always is: `1=1`.
  fileprivate var fixedTruth: Bool? {
    let isFixed = !contains { part in
      if case .call(let call) = part { call.function.stability != .immutable } else { false }
    }
    guard isFixed else { return nil }
    do throws(ExecutionFailure) {
      return try ConstantFolding.value(of: self, now: nil) == .bool(true)
    } catch {
      // It fails with these arguments, as it will where it runs.
      return nil
    }
  }

  fileprivate var isNullLiteral: Bool {
    if case .literal(.null, _) = self { return true }
    return false
  }
}
