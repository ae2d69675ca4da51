import Diagnostics
import Engine

/// Values as KQL has them, which has a type for each.
extension KQLWriter {
  func value(_ expression: Expression) throws(WritingRefusal) -> KQLPiece {
    switch expression {
    case .literal(let value, let type):
      // One value of any shape is that value.
      if case .dynamic(let tree) = value, let scalar = tree.scalar, let own = scalar.naturalType {
        return KQLName.constant(scalar, own)
      }
      return KQLName.constant(value, type)
    case .column(let column):
      guard let piece = pieces[column.id] else { throw refusal("the field `\(column.name)`") }
      return piece
    case .conditional(let conditional): return try choice(conditional)
    case .call(let call): return try value(call)
    case .subquery: throw refusal("the value of a subquery")
    case .binding: throw refusal("a value that is worked out for each element")
    }
  }

  private func value(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece {
    if call.type == .bool { return try truth(.call(call)) }
    if let piece = try conversion(call) { return piece }
    if let piece = try arithmetic(call) { return piece }
    if let piece = try time(call) { return piece }
    if let piece = try structure(call) { return piece }
    guard let spelling = call.function.spellings.fitting(.kql, count: call.arguments.count) else {
      throw refusal("`\(call.function.name(in: call.dialect.language))`, which KQL has no function for")
    }
    var arguments: [KQLPiece] = []
    for argument in call.arguments { arguments.append(try value(argument)) }
    // Letters of each of several values become small or capital.
    if call.function.casing != nil, arguments.count == 1, arguments[0].kind == .list {
      return KQLPiece(
        "todynamic(\(KQLWriter.text(spelling, arguments)))", .list, reads: arguments[0].reads)
    }
    for argument in arguments { _ = try single(argument) }
    var piece = KQLPiece(
      KQLWriter.text(spelling, arguments), KQLPiece.Kind(call.type),
      strength: spelling.isCall ? .primary : .or,
      mayBeEmpty: arguments.contains(where: \.mayBeEmpty),
      reads: arguments.reduce(into: []) { $0.formUnion($1.reads) })
    piece.isReal = call.type == .real
    return piece
  }

  /// What is asked of one value, which Splunk asks of each of several.
  func single(_ piece: KQLPiece) throws(WritingRefusal) -> KQLPiece {
    if piece.kind == .list { throw refusal("what is asked of one value, of a field of several") }
    return piece
  }

  static func text(_ spelling: Spelling, _ arguments: [KQLPiece]) -> String {
    spelling.parts.map { part in
      switch part {
      case .text(let text): text
      case .argument(let index, let reading, let isWhole):
        isWhole
          ? arguments[index].read(as: reading).text : arguments[index].read(as: reading).operand(.primary)
      case .all: arguments.map(\.text).joined(separator: ", ")
      }
    }.joined()
  }

  private func conversion(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece? {
    guard let operand = call.arguments.first else { return nil }
    let function = call.function
    if function === Conversions.splText || function === Conversions.toString
      || function === SPLFormatFunctions.toText
    {
      if call.arguments.count > 1 {
        throw refusal("a number as a text in the form that `tostring` is asked for")
      }
      let piece = try value(operand)
      if function === Conversions.splText, piece.kind == .list {
        return KQLPiece("strcat_array(\(piece.text), \"\\n\")", .text, reads: piece.reads)
      }
      if function === SPLFormatFunctions.toText, operand.type == .bool {
        return KQLPiece(
          "iff(\(piece.text), \"True\", \"False\")", .text, mayBeEmpty: false, reads: piece.reads)
      }
      if function === SPLFormatFunctions.toText, piece.mayBeEmpty {
        remark("`tostring` of a missing value is `Null` in Splunk, and empty here", changesRows: true)
      }
      return piece.kind == .moment
        ? KQLPiece(piece.asNumber.asText.text, .text, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
        : piece.asText
    }
    if function === Conversions.splNumber || function === SPLFormatFunctions.toNumber,
      call.arguments.count == 1
    {
      let piece = try value(operand)
      // A moment goes on being one: what is reckoned with it says what is meant.
      return piece.kind == .moment || piece.kind == .number ? piece : piece.asNumber
    }
    if function === Conversions.toDynamic { return try value(operand) }
    if function === SPLRowFunctions.moment {
      let piece = try value(operand)
      // The only place where a text is read as a date.
      if piece.kind != .text { return piece.asMoment }
      return KQLPiece("todatetime(\(piece.text))", .moment, reads: piece.reads)
    }
    return nil
  }

  private func arithmetic(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece? {
    guard call.arguments.count == 2 else { return nil }
    let function = call.function
    let isAdd = function === SPLArithmeticFunctions.add
    let isSubtract = function === SPLArithmeticFunctions.subtract
    let sign: (text: String, strength: BindingStrength)
    if isAdd {
      sign = ("+", .sum)
    } else if isSubtract {
      sign = ("-", .sum)
    } else if function === SPLArithmeticFunctions.multiply {
      sign = ("*", .product)
    } else if function === SPLArithmeticFunctions.divide {
      sign = ("/", .product)
    } else if function === SPLArithmeticFunctions.modulo {
      sign = ("%", .product)
    } else if function === SPLArithmeticFunctions.concatenate {
      return try joinedTexts(call.arguments)
    } else {
      return nil
    }
    let left = try single(value(call.arguments[0]))
    let right = try single(value(call.arguments[1]))
    let reads = left.reads.union(right.reads)
    let mayBeEmpty = left.mayBeEmpty || right.mayBeEmpty
    if isSubtract, left.kind == .moment, right.kind == .moment {
      return KQLPiece(
        "(\(left.operand(.sum)) - \(right.operand(.product))) / 1s", .number, strength: .product,
        mayBeEmpty: mayBeEmpty, reads: reads)
    }
    if (isAdd || isSubtract), left.kind == .moment {
      return KQLPiece(
        "\(left.operand(.sum)) \(sign.text) \(span(call.arguments[1], right))", .moment, strength: .sum,
        mayBeEmpty: mayBeEmpty, reads: reads)
    }
    if isAdd, left.kind == .text, right.kind == .text {
      remark(
        "`+` joins texts that are no numbers in Splunk; here it adds numbers alone", changesRows: true)
    }
    var first = left.asNumber
    let second = right.asNumber
    // Whole numbers would be divided to a whole number.
    if sign.text == "/", !first.isReal {
      first = KQLPiece("todouble(\(first.text))", .number, reads: first.reads)
      first.isReal = true
    }
    let next = BindingStrength(rawValue: sign.strength.rawValue + 1) ?? .primary
    var result = KQLPiece(
      "\(first.operand(sign.strength)) \(sign.text) \(second.operand(next))", .number,
      strength: sign.strength, mayBeEmpty: mayBeEmpty, reads: reads)
    result.isReal = first.isReal || second.isReal
    return result
  }

  /// `printf("%.2f", x)`, which is also what a text is made of where `round(x, 2)` stands in it.
  private func rounded(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece? {
    guard call.arguments.count == 2, case .string(let format)? = call.arguments[0].constantValue,
      let match = format.wholeMatch(of: /%\.([0-9])f/)
    else { throw refusal("a number as a text in the form that `printf` is asked for") }
    remark("a rounded number keeps its zeros as a text in Splunk: 2.50 is 2.5 here", changesRows: true)
    let piece = try value(call.arguments[1])
    if case .call(let inner) = call.arguments[1], inner.function === SPLMathFunctions.round,
      inner.arguments.count == 2, inner.arguments[1].wholeConstant.map(String.init) == String(match.1)
    {
      return KQLPiece("tostring(\(piece.text))", .text, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
    }
    return KQLPiece(
      "tostring(round(\(piece.asNumber.text), \(match.1)))", .text, mayBeEmpty: piece.mayBeEmpty,
      reads: piece.reads)
  }

  private func span(_ expression: Expression, _ piece: KQLPiece) -> String {
    switch expression.constantValue {
    case .long(let seconds)?: KQLName.span(seconds: Double(seconds))
    case .real(let seconds)?: KQLName.span(seconds: seconds)
    default: "\(piece.asNumber.operand(.product)) * 1s"
    }
  }

  private func joinedTexts(_ arguments: [Expression]) throws(WritingRefusal) -> KQLPiece {
    var parts: [KQLPiece] = []
    for argument in arguments {
      if case .call(let call) = argument.unconverted, call.function === SPLArithmeticFunctions.concatenate {
        parts.append(try joinedTexts(call.arguments))
      } else {
        parts.append(try single(value(argument)).asText)
      }
    }
    let reads = parts.reduce(into: Set<String>()) { $0.formUnion($1.reads) }
    let text = "strcat(\(parts.map(\.text).joined(separator: ", ")))"
    // Without one of its parts there is no text there.
    let checks = parts.compactMap(\.presence)
    if checks.isEmpty { return KQLPiece(text, .text, mayBeEmpty: false, reads: reads) }
    return KQLPiece("iff(\(checks.joined(separator: " and ")), \(text), \"\")", .text, reads: reads)
  }

  /// Texts and lists that are put together or taken apart.
  private func structure(_ call: FunctionCall) throws(WritingRefusal) -> KQLPiece? {
    let arguments = call.arguments
    let function = call.function
    if function === SPLFormatFunctions.print { return try rounded(call) }
    if function === SPLRowFunctions.percentage, arguments.count == 2 {
      let (part, whole) = (try value(arguments[0]), try value(arguments[1]))
      var share = KQLPiece(
        "round(100.0 * \(part.asNumber.operand(.product)) / \(whole.asNumber.operand(.primary)), 6)", .number,
        mayBeEmpty: false, reads: part.reads.union(whole.reads))
      share.isReal = true
      return share
    }
    func pieces() throws(WritingRefusal) -> [KQLPiece] {
      var result: [KQLPiece] = []
      for argument in arguments { result.append(try value(argument)) }
      return result
    }
    if function === SPLPatternFunctions.replace, arguments.count == 3 {
      let parts = try pieces()
      guard case .string(let regex)? = arguments[1].constantValue else { return nil }
      _ = try single(parts[0])
      if ["(?=", "(?!", "(?<=", "(?<!"].contains(where: regex.contains) { throw refusal("a look-around") }
      return KQLPiece(
        "replace_regex(\(parts[0].asText.text), \(KQLName.pattern(regex)), \(parts[2].asText.text))", .text,
        mayBeEmpty: parts[0].mayBeEmpty, reads: parts[0].reads.union(parts[2].reads))
    }
    if function === SPLTextFunctions.substring {
      let piece = try single(value(arguments[0])).asText
      guard let start = arguments[1].wholeConstant else { return nil }
      let from = start > 0 ? start - 1 : start
      var length = ""
      if arguments.count > 2 { length = ", toint(\(try value(arguments[2]).asNumber.text))" }
      return KQLPiece(
        "substring(\(piece.text), \(from)\(length))", .text, mayBeEmpty: piece.mayBeEmpty, reads: piece.reads)
    }
    if function === SPLMultivalueFunctions.split, arguments.count == 2 {
      let parts = try pieces()
      var piece = KQLPiece(
        "split(\(parts[0].asText.text), \(parts[1].asText.text))", .list, reads: parts[0].reads)
      piece.origin = parts[0].presence
      return piece
    }
    if function === SPLMultivalueFunctions.index {
      let parts = try pieces()
      guard parts[0].kind == .list else { return nil }
      if arguments.count == 2 {
        guard let index = arguments[1].wholeConstant else { return nil }
        return KQLPiece("tostring(\(parts[0].operand(.primary))[\(index)])", .text, reads: parts[0].reads)
      }
      guard let start = arguments[1].wholeConstant, let end = arguments[2].wholeConstant else { return nil }
      return KQLPiece("array_slice(\(parts[0].text), \(start), \(end))", .list, reads: parts[0].reads)
    }
    if function === SPLMultivalueFunctions.count, let operand = arguments.first {
      let piece = try value(operand)
      if piece.kind == .list {
        let count = "array_length(\(piece.text))"
        let text = piece.origin.map { "iff(\($0), \(count), long(null))" } ?? count
        return KQLPiece(text, .number, reads: piece.reads)
      }
      return KQLPiece("iff(\(piece.presence ?? "true"), 1, long(null))", .number, reads: piece.reads)
    }
    if function === SPLMultivalueFunctions.join, arguments.count == 2 {
      let parts = try pieces()
      if parts[0].kind != .list { return parts[0].asText }
      return KQLPiece("strcat_array(\(parts[0].text), \(parts[1].text))", .text, reads: parts[0].reads)
    }
    if function === SpathFunctions.extract, arguments.count == 2,
      case .string(let path)? = arguments[1].constantValue
    {
      let piece = try value(arguments[0])
      if piece.isRaw {
        guard let table else { throw refusal("a path into the raw event") }
        return try self.path(path, table)
      }
      guard let access = KQLWriter.access(path) else { throw refusal("the path `\(path)`") }
      let text = "parse_json(\(piece.text))\(access.text)"
      return access.isList
        ? KQLPiece(text, .list, reads: piece.reads) : KQLPiece("tostring(\(text))", .text, reads: piece.reads)
    }
    if function === RexFunctions.group, arguments.count >= 3,
      case .string(let regex)? = arguments[1].constantValue,
      let group = arguments[2].wholeConstant
    {
      let piece = try single(value(arguments[0]))
      if ["(?=", "(?!", "(?<=", "(?<!"].contains(where: regex.contains) { throw refusal("a look-around") }
      if piece.isRaw { throw refusal("a part of the raw event") }
      return KQLPiece(
        "extract(\(KQLName.pattern(regex.withoutGroupNames)), \(group), \(piece.asText.text))", .text,
        reads: piece.reads)
    }
    if function === SPLExtremeFunctions.minimum || function === SPLExtremeFunctions.maximum {
      let parts = try pieces()
      guard let first = parts.first else { return nil }
      for part in parts { _ = try single(part) }
      if parts.count == 1 { return first }
      let name = function === SPLExtremeFunctions.minimum ? "min_of" : "max_of"
      return KQLPiece(
        "\(name)(\(parts.map(\.asNumber.text).joined(separator: ", ")))", .number,
        reads: parts.reduce(into: []) { $0.formUnion($1.reads) })
    }
    if function === SPLMultivalueFunctions.append {
      let parts = try pieces()
      let lists = parts.map { part in
        part.kind == .list
          ? "coalesce(\(part.text), dynamic([]))"
          : "iff(\(part.presence ?? "true"), pack_array(\(part.asText.text)), dynamic([]))"
      }
      return KQLPiece(
        "array_concat(\(lists.joined(separator: ", ")))", .list,
        reads: parts.reduce(into: []) { $0.formUnion($1.reads) })
    }
    if function === ConditionFunctions.coalesce {
      let parts = try pieces()
      let isText = Set(parts.map(\.kind)).count > 1
      return KQLPiece(
        "coalesce(\(parts.map { isText ? $0.asText.text : $0.text }.joined(separator: ", ")))",
        isText ? .text : parts.first?.kind ?? .text, mayBeEmpty: parts.allSatisfy(\.mayBeEmpty),
        reads: parts.reduce(into: []) { $0.formUnion($1.reads) })
    }
    return nil
  }
}

extension Expression {
  /// The same without what makes a number or a text of it.
  var unconverted: Expression {
    guard case .call(let call) = self, call.arguments.count == 1,
      call.function === Conversions.splText || call.function === Conversions.splNumber
        || call.function === Conversions.toString || call.function === SPLFormatFunctions.toText
        || call.function === SPLFormatFunctions.toNumber
    else { return self }
    return call.arguments[0].unconverted
  }

  var wholeConstant: Int64? {
    switch constantValue {
    case .long(let number)?: number
    case .real(let number)? where number == number.rounded() && abs(number) < 1e9: Int64(number)
    default: nil
    }
  }
}

extension String {
  /// `(?<name>a)` is `(a)`: groups are asked for by number.
  fileprivate var withoutGroupNames: String {
    var result = ""
    var rest = Substring(self)
    while let start = rest.firstRange(of: "(?<") ?? rest.firstRange(of: "(?P<") {
      result += rest[..<start.lowerBound] + "("
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: ">") else { break }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
