/// Inverses of what takes texts apart.
extension FunctionInverse {
  /// `split` of KQL, with the place of one part or without.
  static let split = FunctionInverse(of: 0) { wanted, arguments in
    guard arguments.count > 1, case .string(let delimiter) = arguments[1] else { return [] }
    var parts: [String] =
      if case .dynamic(.array(let elements)) = wanted { elements.map(\.scalarText) } else { [] }
    if arguments.count > 2, let place = arguments[2].integer, let part = parts.first {
      let text = if case .string(let text) = arguments[0] { text } else { "" }
      let known = TextSplitting.parts(of: text, delimiter: delimiter)
      parts = FunctionInverse.replacing(Int(clamping: place), of: known, with: part)
    }
    return [.string(parts.joined(separator: delimiter))]
  }

  /// `split` of SPL: one part alone is no list.
  static let splSplit = FunctionInverse(of: 0) { wanted, arguments in
    guard arguments.count > 1, case .string(let delimiter) = arguments[1] else { return [] }
    let parts = SPLValue.texts(wanted)
    return [.string(parts.joined(separator: delimiter))]
  }

  /// `mvindex(values, place)`.
  static let splElement = FunctionInverse(of: 0) { wanted, arguments in
    guard arguments.count > 1, let place = arguments[1].number, case let texts = SPLValue.texts(arguments[0])
    else { return [] }
    guard let text = SPLValue.texts(wanted).first else {
      return [.dynamic(.array(texts.prefix(max(0, Int(exactly: place) ?? 0)).map { .string($0) }))]
    }
    let changed = FunctionInverse.replacing(Int(exactly: place) ?? 0, of: texts, with: text)
    return [changed.count == 1 ? .string(changed[0]) : .dynamic(.array(changed.map { .string($0) }))]
  }

  /// A list with another text at a place, from the end if that is negative.
  private static func replacing(_ place: Int, of texts: [String], with text: String) -> [String] {
    var texts = texts
    let index = place < 0 ? max(0, texts.count + place) : place
    guard index < 64 else { return texts }
    while texts.count <= index { texts.append(text) }
    texts[index] = text
    return texts
  }

  /// `strlen`, `len`: the text cut, or filled up.
  static let textLength = FunctionInverse(of: 0) { wanted, arguments in
    guard let count = wanted.number.flatMap({ Int(exactly: $0) }),
      (0...FunctionInverse.longestFilling).contains(count)
    else { return [] }
    let known: String = if case .string(let known) = arguments[0] { known } else { "" }
    let scalars = String.UnicodeScalarView(known.unicodeScalars.prefix(count))
    return [.string(String(scalars) + String(repeating: "x", count: count - scalars.count))]
  }

  /// Longer texts are not made up.
  private static let longestFilling = 16_384

  /// `base64_decode_tostring`.
  static let base64 = FunctionInverse(of: 0) { wanted, _ in
    guard case .string(let text) = wanted else { return [] }
    return [.string(Base64.encode(Array(text.utf8)))]
  }

  /// `strcat`, `.`: what is left between the other parts.
  static let joined = FunctionInverse { wanted, arguments in
    guard case .string(let text) = wanted else { return [] }
    let parts = arguments.map(\.kqlText)
    return parts.indices.compactMap { index in
      let before = parts[..<index].joined()
      let after = parts[(index + 1)...].joined()
      guard text.hasPrefix(before), text.hasSuffix(after),
        text.utf8.count >= before.utf8.count + after.utf8.count
      else { return nil }
      return Proposal(index, .string(String(text.dropFirst(before.count).dropLast(after.count))))
    }
  }

  /// `rex`, `extract`: the text with another group, or a text that the pattern makes up.
  ///
  /// - Parameters: where the text, the pattern and the number of the group stand.
  static func group(
    text: Int, pattern: Int, group: Int, _ dialect: RegularExpression.Dialect
  ) -> FunctionInverse {
    FunctionInverse(of: text) { wanted, arguments in
      guard arguments.indices.contains(group), arguments.indices.contains(pattern),
        case .string(let source) = arguments[pattern], let index = arguments[group].integer,
        let expression = try? RegularExpression(source, options: RegularExpression.Options(dialect: dialect))
      else { return [] }
      let known: String = if case .string(let known) = arguments[text] { known } else { "" }
      if wanted.isNull || wanted == .string("") { return [.string("")] }
      let part = wanted.kqlText
      var result: [Value] = []
      if let range = expression.range(ofGroup: Int(clamping: index), in: known) {
        let bytes = Array(known.utf8)
        let changed = bytes[..<range.lowerBound] + Array(part.utf8) + bytes[range.upperBound...]
        result.append(.string(String(decoding: changed, as: UTF8.self)))
      }
      let made = RegularExpression.example(
        of: source, options: expression.options, groups: [Int(clamping: index): part])
      // Where any text will do, it is one that the pattern takes.
      let plain = RegularExpression.example(of: source, options: expression.options)
      for text in [made, plain].compactMap(\.self) {
        result.append(.string(text))
        if !known.isEmpty { result.append(.string(known + text)) }
      }
      return result
    }
  }
}

extension RegularExpression {
  fileprivate func range(ofGroup group: Int, in text: String) -> Range<Int>? {
    var text = text
    return text.withUTF8 { bytes in
      guard let groups = captures(in: bytes), groups.indices.contains(group) else { return nil }
      return groups[group]
    }
  }
}
