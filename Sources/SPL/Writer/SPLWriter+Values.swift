import Diagnostics
import Engine

/// Values as `eval` has them.
extension SPLWriter {
  func value(_ expression: Expression) throws(WritingRefusal) -> SPLPiece {
    switch expression {
    case .literal(let value, let type):
      guard var piece = SPLSpelling.constant(value) else { throw refusal("a constant that SPL cannot write") }
      if let name = named(value) { (piece.text, piece.strength) = (name, .primary) }
      return value.isNull ? piece.read(as: SPLField.Kind(type)) : piece
    case .column(let column): return try value(of: column)
    case .conditional(let conditional): return try choice(conditional)
    case .call(let call): return try value(call)
    case .subquery(let subquery): return try value(of: subquery)
    case .binding: throw refusal("a value that is worked out for each element")
    }
  }

  func value(of column: PlanColumn) throws(WritingRefusal) -> SPLPiece {
    guard let field = fields[column.id] else { throw refusal("the column `\(column.name)`") }
    switch field.place {
    case .field(let name):
      var piece = SPLPiece(SPLSpelling.field(name), field.kind, mayBeMissing: field.mayBeMissing)
      if field.kind == .json { piece.place = SPLJSONPlace(base: piece.text, path: "") }
      return piece
    case .event(let path): return SPLPiece(SPLJSONPlace(base: SPLJSONPlace.event, path: path))
    case .constant(let text): return SPLPiece(text, field.kind, mayBeMissing: field.mayBeMissing)
    }
  }

  private func choice(_ conditional: Conditional) throws(WritingRefusal) -> SPLPiece {
    let kind = SPLField.Kind(conditional.type)
    let otherwise = try assigned(conditional.otherwise)
    if conditional.branches.count == 1, let branch = conditional.branches.first {
      let test = try condition(branch.condition, exact: false)
      let value = try assigned(branch.value)
      return SPLPiece(
        "if(\(test.text), \(value.text), \(otherwise.text))", kind,
        mayBeMissing: value.mayBeMissing || otherwise.mayBeMissing)
    }
    var parts: [String] = []
    var mayBeMissing = otherwise.mayBeMissing
    for branch in conditional.branches {
      let value = try assigned(branch.value)
      parts += [try condition(branch.condition, exact: false).text, value.text]
      mayBeMissing = mayBeMissing || value.mayBeMissing
    }
    return SPLPiece(
      "case(\(parts.joined(separator: ", ")), true(), \(otherwise.text))", kind, mayBeMissing: mayBeMissing)
  }

  /// A value as a field holds it: the truth of a condition is a text.
  func assigned(_ expression: Expression) throws(WritingRefusal) -> SPLPiece {
    guard expression.type == .bool else { return try value(expression) }
    switch expression {
    case .literal, .column: return try value(expression)
    case .call, .conditional, .subquery, .binding:
      let test = try condition(expression, exact: false)
      return SPLPiece("if(\(test.text), \"true\", \"false\")", .truth, mayBeMissing: false)
    }
  }

  // MARK: - Calls

  private func value(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece {
    if call.type == .bool { return try assigned(.call(call)) }
    if let piece = try conversion(call) { return piece }
    if let piece = try access(call) { return piece }
    if let piece = try arithmetic(call) { return piece }
    if let piece = try structure(call) { return piece }
    guard let spelling = call.function.spellings.fitting(.spl, count: call.arguments.count) else {
      throw refusal("`\(call.function.name(in: call.dialect.language))`, which SPL has no function for")
    }
    return try spelled(call, spelling)
  }

  func spelled(_ call: FunctionCall, _ spelling: Spelling) throws(WritingRefusal) -> SPLPiece {
    var pieces: [SPLPiece] = []
    for argument in call.arguments { pieces.append(try value(argument)) }
    let text = spelling.parts.map { part in
      switch part {
      case .text(let text): text
      case .argument(let index, _, let isWhole):
        isWhole ? pieces[index].text : pieces[index].operand(.primary)
      case .all: pieces.map(\.text).joined(separator: ", ")
      }
    }.joined()
    return SPLPiece(
      text, SPLField.Kind(call.type), strength: spelling.isCall ? .primary : .or,
      mayBeMissing: pieces.contains(where: \.mayBeMissing))
  }

  private func conversion(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    guard let operand = call.arguments.first else { return nil }
    let function = call.function
    if function === Conversions.toString || function === Conversions.toGUID {
      if operand.type == .bool { return try assigned(operand).read(as: .text) }
      let piece = try value(operand)
      switch piece.kind {
      case .list where !piece.isSingle:
        // The text of a list is its JSON.
        let text = "mv_to_json_array(\(piece.text))"
        return SPLPiece(piece.mayBeMissing ? "coalesce(\(text), \"[]\")" : text, .text, mayBeMissing: false)
      case .text, .json, .truth, .list: return piece.read(as: .text)
      case .number, .span:
        if operand.type == .real {
          remark("a whole real has `.0` as a text in KQL, and not in the search", changesRows: true)
        }
        // `tostring` of what is missing would be the word `Null`.
        return piece.mayBeMissing
          ? SPLPiece("\(piece.operand(.product)) . \"\"", .text, strength: .sum)
          : SPLPiece("tostring(\(piece.text))", .text, mayBeMissing: false)
      case .moment:
        return SPLPiece(
          "strftime(\(piece.text), \"%Y-%m-%dT%H:%M:%S.%6N0Z\")", .text, mayBeMissing: piece.mayBeMissing)
      }
    }
    if function === Conversions.toDynamic { return try value(operand).read(as: .json) }
    let isWhole = function === Conversions.toLong || function === Conversions.toInt
    if isWhole || function === Conversions.toReal || function === Conversions.toDecimal {
      let piece = try value(operand)
      if piece.kind == .number {
        return isWhole && !operand.type.isWhole ? truncated(piece) : piece
      }
      return SPLPiece("tonumber(\(piece.leaf))", .number)
    }
    if function === Conversions.toDatetime {
      let piece = try value(operand)
      if piece.kind == .moment { return piece }
      return SPLPiece("strptime(\(piece.leaf), \"%Y-%m-%dT%H:%M:%SZ\")", .moment)
    }
    return nil
  }

  private func truncated(_ piece: SPLPiece) -> SPLPiece {
    SPLPiece(
      "if(\(piece.operand(.sum))<0, ceiling(\(piece.text)), floor(\(piece.text)))", .number,
      mayBeMissing: piece.mayBeMissing)
  }

  /// Reading JSON and lists.
  private func access(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    guard let first = call.arguments.first else { return nil }
    if call.function === JSONFunctions.parse {
      let piece = try value(first)
      // The text of an object is the object; a text inside one is read anew.
      if case .column = first, piece.place != nil { return piece.read(as: .json) }
      return SPLPiece(SPLJSONPlace(base: piece.text, path: ""))
    }
    guard call.arguments.count == 2, let which = call.arguments[1].constantValue,
      call.function === PropertyFunctions.key || call.function === PropertyFunctions.index
        || call.function === PropertyFunctions.selector
    else { return nil }
    let piece = try value(first)
    switch which {
    case .string(let name):
      let place = piece.place ?? SPLJSONPlace(base: piece.text, path: "")
      if let member = place.member(name) { return SPLPiece(member) }
      return SPLPiece(
        SPLJSONPlace(base: "json_extract_exact(\(place.text), \(SPLSpelling.text(name)))", path: ""))
    case .long(let index):
      if piece.kind == .list {
        if piece.isSingle, index == 0 { return piece.read(as: .text) }
        return SPLPiece("mvindex(\(piece.text), \(index))", .text)
      }
      let place = piece.place ?? SPLJSONPlace(base: piece.text, path: "")
      if index >= 0 { return SPLPiece(place.element(Int(index))) }
      return SPLPiece("mvindex(json_array_to_mv(\(place.text)), \(index))", .json)
    case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
  }

  private func arithmetic(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    let sign: (text: String, strength: BindingStrength)
    switch call.function {
    case let f where f === Arithmetic.add: sign = (" + ", .sum)
    case let f where f === Arithmetic.subtract: sign = (" - ", .sum)
    case let f where f === Arithmetic.multiply: sign = (" * ", .product)
    case let f where f === Arithmetic.divide: sign = (" / ", .product)
    case let f where f === Arithmetic.modulo: sign = (" % ", .product)
    case let f where f === Arithmetic.negate:
      guard let operand = call.arguments.first else { return nil }
      let piece = try number(operand)
      return SPLPiece(
        "-\(piece.operand(.primary))", piece.kind, strength: .sign, mayBeMissing: piece.mayBeMissing)
    case let f where f === BinFunctions.bin: return try bin(call)
    default: return nil
    }
    guard call.arguments.count == 2 else { return nil }
    let left = try number(call.arguments[0])
    let right = try number(call.arguments[1])
    let next = BindingStrength(rawValue: sign.strength.rawValue + 1) ?? .primary
    let result = SPLPiece(
      left.operand(sign.strength) + sign.text + right.operand(next), SPLField.Kind(call.type),
      strength: sign.strength, mayBeMissing: left.mayBeMissing || right.mayBeMissing)
    // Whole numbers are divided to a whole number there.
    return call.function === Arithmetic.divide && call.type.isWhole ? truncated(result) : result
  }

  private func number(_ expression: Expression) throws(WritingRefusal) -> SPLPiece {
    let piece = try value(expression)
    return piece.kind == .json ? SPLPiece("tonumber(\(piece.leaf))", .number) : piece
  }

  private func bin(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    guard call.arguments.count == 2 else { return nil }
    let piece = try number(call.arguments[0])
    let size = try number(call.arguments[1])
    if piece.kind == .moment, case .timespan(let ticks)? = call.arguments[1].constantValue {
      // Spans are counted from the year 1 there.
      let start = Ticks.unixEpoch % ticks
      if start != 0 {
        let offset = SPLSpelling.number(Double(start) / Double(Ticks.perSecond))
        let shifted = "(\(piece.text) + \(offset))"
        return SPLPiece(
          "floor(\(shifted) / \(size.text)) * \(size.text) - \(offset)", .moment, strength: .sum,
          mayBeMissing: piece.mayBeMissing)
      }
    }
    return SPLPiece(
      "floor(\(piece.operand(.product)) / \(size.operand(.primary))) * \(size.operand(.primary))", piece.kind,
      strength: .product, mayBeMissing: piece.mayBeMissing)
  }

  /// Texts and lists that are put together or taken apart.
  private func structure(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    let arguments = call.arguments
    switch call.function {
    case let f where f === JoiningFunctions.concatenate:
      var parts: [String] = []
      for argument in arguments {
        let piece = try assigned(argument)
        if piece.kind == .number, let text = argument.constantValue.flatMap(SPLSpelling.plain) {
          parts.append(SPLSpelling.text(text))
        } else {
          parts.append(piece.mayBeMissing ? piece.whole : piece.operand(.product))
        }
      }
      return SPLPiece(parts.joined(separator: " . "), .text, strength: .sum, mayBeMissing: false)
    case let f where f === JoiningFunctions.split:
      guard arguments.count >= 2 else { return nil }
      let list = "split(\(try value(arguments[0]).text), \(try value(arguments[1]).text))"
      guard arguments.count == 3 else { return SPLPiece(list, .list) }
      var piece = SPLPiece("mvindex(\(list), \(try value(arguments[2]).text))", .list)
      piece.isSingle = true
      return piece
    case let f where f === ConditionFunctions.coalesce:
      var parts: [String] = []
      var mayBeMissing = true
      for (index, argument) in arguments.enumerated() {
        let piece = try assigned(argument)
        let isLast = index == arguments.count - 1
        let isText = piece.kind == .text || piece.kind == .json
        parts.append(isText && !isLast ? "nullif(\(piece.text), \"\")" : piece.text)
        mayBeMissing = mayBeMissing && (piece.mayBeMissing || !isLast)
      }
      return SPLPiece(
        "coalesce(\(parts.joined(separator: ", ")))", SPLField.Kind(call.type), mayBeMissing: mayBeMissing)
    case let f where f === BagFunctions.pack:
      var parts: [String] = []
      for (index, argument) in arguments.enumerated() {
        if index % 2 == 1, argument.type == .bool {
          parts.append(try truth(argument))
          continue
        }
        let piece = try assigned(argument)
        switch piece.kind {
        case .text where index % 2 == 1: parts.append(piece.whole)
        case .list: parts.append("mv_to_json_array(\(piece.text))")
        case .moment: parts.append("strftime(\(piece.text), \"%Y-%m-%dT%H:%M:%S.%6N0Z\")")
        case .text, .number, .span, .truth, .json: parts.append(piece.text)
        }
      }
      return SPLPiece("json_object(\(parts.joined(separator: ", ")))", .json, mayBeMissing: false)
    case let f where f === BagFunctions.packArray:
      var parts: [String] = []
      var isExact = true
      for argument in arguments {
        let piece = try assigned(argument)
        parts.append(piece.text)
        isExact = isExact && piece.kind == .text && !piece.mayBeMissing
      }
      if !isExact {
        remark(
          "several values of one field are texts in Splunk, and none of them is missing or empty",
          changesRows: true)
      }
      return SPLPiece("mvappend(\(parts.joined(separator: ", ")))", .list)
    case let f where f === ArrayFunctions.slice:
      guard arguments.count == 3, case .long(let start)? = arguments[1].constantValue,
        case .long(let end)? = arguments[2].constantValue
      else { return nil }
      return SPLPiece("mvindex(\(values(try value(arguments[0]))), \(start), \(end))", .list)
    case let f where f === ArrayFunctions.length:
      guard let operand = arguments.first else { return nil }
      let piece = try value(operand)
      if piece.kind == .list {
        return SPLPiece("coalesce(mvcount(\(piece.text)), 0)", .number, mayBeMissing: false)
      }
      return SPLPiece(
        "if(isnull(\(piece.text)), null(), coalesce(mvcount(json_array_to_mv(\(piece.text))), 0))", .number)
    case let f where f === TextFunctions.length:
      guard let operand = arguments.first else { return nil }
      let piece = try value(operand)
      let bare = "len(\(piece.text))"
      if !piece.mayBeMissing { return SPLPiece(bare, .number, mayBeMissing: false) }
      var length = SPLPiece("coalesce(\(bare), 0)", .number, mayBeMissing: false)
      length.bare = bare
      return length
    case let f where f === TextFunctions.substring:
      guard arguments.count >= 2, case .long(let start)? = arguments[1].constantValue, start >= 0 else {
        return nil
      }
      let piece = try value(arguments[0])
      let length = arguments.count > 2 ? ", \(try value(arguments[2]).text)" : ""
      return SPLPiece(
        "substr(\(piece.text), \(start &+ 1)\(length))", .text, mayBeMissing: piece.mayBeMissing)
    case let f where f === TimeFormatFunctions.formatDatetime: return try shown(call)
    case let f where f === SearchFunctions.replaceString:
      guard arguments.count == 3, case .string(let wanted)? = arguments[1].constantValue else { return nil }
      // A letter between the parts of a time, which `format_datetime` does not have.
      if case .call(let inner) = arguments[0], inner.function === TimeFormatFunctions.formatDatetime,
        case .string(let other)? = arguments[2].constantValue, !other.contains("%"), !wanted.isEmpty,
        wanted.allSatisfy({ " -/:,._[]".contains($0) })
      {
        return try shown(inner) { $0.replacing(wanted, with: other) }
      }
      return SPLPiece(
        "replace(\(try value(arguments[0]).text), \(SPLSpelling.text(RegularExpression.quoted(wanted))), \(try value(arguments[2]).text))",
        .text)
    case let f where f === RegexFunctions.replace:
      guard arguments.count == 3 else { return nil }
      return SPLPiece(
        "replace(\(try value(arguments[0]).text), \(try value(arguments[1]).text), \(try value(arguments[2]).text))",
        .text)
    case let f where f === SearchFunctions.indexOf:
      guard arguments.count == 2, case .string(let wanted)? = arguments[1].constantValue, !wanted.isEmpty
      else { return nil }
      let text = try value(arguments[0]).text
      return SPLPiece(
        "if(match(\(text), \(SPLSpelling.text(RegularExpression.quoted(wanted)))), len(mvindex(split(\(text), \(SPLSpelling.text(wanted))), 0)), -1)",
        .number, mayBeMissing: false)
    case let f where f === RegexFunctions.indexOf:
      guard arguments.count == 2, case .string(let regex)? = arguments[1].constantValue else { return nil }
      let text = try value(arguments[0]).text
      return SPLPiece(
        "if(match(\(text), \(SPLSpelling.text(regex))), len(replace(\(text), \(SPLSpelling.text("(?s)(?:\(regex)).*$")), \"\")), -1)",
        .number, mayBeMissing: false)
    case let f where f === DatetimeArithmeticFunctions.difference:
      guard arguments.count == 3, case .string(let unit)? = arguments[0].constantValue,
        let size = ["second": 1, "minute": 60, "hour": 3600, "day": 86400][unit.lowercased()]
      else { return nil }
      let first = try value(arguments[1]).operand(.product)
      let second = try value(arguments[2]).operand(.product)
      return SPLPiece("floor(\(first) / \(size)) - floor(\(second) / \(size))", .number, strength: .sum)
    case let f where f === CurrentTimeFunctions.ago:
      guard case .timespan(let ticks)? = arguments.first?.constantValue, let span = SPLSpelling.span(ticks)
      else { return nil }
      return SPLPiece("relative_time(now(), \"-\(span)\")", .moment, mayBeMissing: false)
    case let f where f === RegexFunctions.extract: return try captured(call)
    default: return try timePart(call)
    }
  }

  /// Several values of a field, or of an array in JSON.
  func values(_ piece: SPLPiece) -> String {
    piece.kind == .json ? "json_array_to_mv(\(piece.text))" : piece.text
  }

  /// What JSON has as true, false or nothing.
  private func truth(_ expression: Expression) throws(WritingRefusal) -> String {
    if case .column = expression {
      let text = try value(expression).leaf
      return "case(\(text)=\"true\", true(), \(text)=\"false\", false())"
    }
    return "if(\(try condition(expression, exact: false).text), true(), false())"
  }

  /// A part of a text by a regular expression, which SPL takes in a stage of its own.
  private func captured(_ call: FunctionCall) throws(WritingRefusal) -> SPLPiece? {
    guard call.arguments.count == 3, case .string(let regex)? = call.arguments[0].constantValue,
      case .long(let group)? = call.arguments[1].constantValue
    else { return nil }
    guard let named = regex.namingGroup(Int(group), "captured") else { return nil }
    let piece = try value(call.arguments[2])
    let source: String
    if case .column(let column) = call.arguments[2], let name = fields[column.id]?.name {
      source = name
    } else {
      source = freshName("text")
      asked.stages.append("eval \(SPLSpelling.field(source))=\(piece.text)")
    }
    let name = freshName("captured")
    let text = named.replacing("(?<captured>", with: "(?<\(name)>", maxReplacements: 1)
    asked.stages.append("rex field=\(SPLSpelling.argument(source)) \(SPLSpelling.text(text))")
    return SPLPiece(SPLSpelling.field(name), .text)
  }
}

extension DataType {
  fileprivate var isWhole: Bool { self == .int || self == .long }
}

extension String {
  /// The regular expression with a name for one of its groups; group 0 is the whole. Nil if there is no such group.
  fileprivate func namingGroup(_ group: Int, _ name: String) -> String? {
    if group == 0 { return "(?<\(name)>\(self))" }
    var result = ""
    var count = 0
    var isEscaped = false
    var isInClass = false
    var isNamed = false
    let characters = Array(self)
    for (place, character) in characters.enumerated() {
      result.append(character)
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "[": isInClass = true
      case "]": isInClass = false
      case "(" where !isInClass && (place + 1 >= characters.count || characters[place + 1] != "?"):
        count += 1
        if count == group {
          result += "?<\(name)>"
          isNamed = true
        }
      default: break
      }
    }
    return isNamed ? result : nil
  }
}
