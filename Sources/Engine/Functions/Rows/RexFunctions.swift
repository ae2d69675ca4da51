/// Functions of `rex`, `regex` and `replace`, made for one pattern.
package enum RexFunctions {
  /// The text of a group: of the first match, or of up to so many matches (0 is all) as several values.
  package static func group(_ index: Int, of pattern: RegularExpression, matches limit: Int) -> ScalarFunction
  {
    ScalarFunction(
      [], Signature([.string("text")], returns: .fixed(limit == 1 ? .string : .dynamic)),
      "Gives the text of a group of a pattern.",
      kernel: .scalar { arguments in
        guard case .string(var text)? = arguments.first else { return .null }
        var found: [JSONValue] = []
        text.withUTF8 { bytes in
          pattern.allCaptures(in: bytes) { groups in
            if index < groups.count, let range = groups[index] {
              found.append(.string(String(decoding: bytes[range], as: UTF8.self)))
            }
            return limit == 0 || found.count < limit
          }
        }
        if limit == 1 {
          if case .string(let only)? = found.first { return .string(only) }
          return .null
        }
        return SPLValues.value(of: found)
      }, examples: [])
  }

  /// Where the groups of the first match stand, as `name=from-to&…`.
  package static func offsets(of pattern: RegularExpression) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.string("text")], returns: .fixed(.string)), "Gives where groups stand.",
      kernel: .scalar { arguments in
        guard case .string(var text)? = arguments.first else { return .null }
        return text.withUTF8 { bytes -> Value in
          guard let groups = pattern.captures(in: bytes) else { return .null }
          let parts = groups.indices.compactMap { index -> String? in
            guard index < pattern.captureNames.count, let name = pattern.captureNames[index],
              let range = groups[index], !range.isEmpty
            else { return nil }
            return "\(name)=\(range.lowerBound)-\(range.upperBound - 1)"
          }
          return .string(parts.joined(separator: "&"))
        }
      }, examples: [])
  }

  /// Whether a pattern is somewhere in a text; null for null.
  package static func isFound(_ pattern: RegularExpression) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.any("text")], returns: .fixed(.bool)), "Is true if a pattern is found.",
      kernel: .scalar { arguments in
        .bool(SPLValues.texts(of: arguments.first ?? .null).contains { pattern.isMatch($0) })
      }, examples: [])
  }

  /// A `sed` command on each value.
  package static func edit(_ command: SedCommand) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.any("text")], returns: .argument(0)), "Edits a text.",
      kernel: .scalar { arguments in
        switch arguments.first ?? .null {
        case .string(let text): .string(command.apply(to: text))
        case .dynamic(.array(let values)):
          .dynamic(.array(values.map { .string(command.apply(to: $0.scalarText)) }))
        case .dynamic(let value): .dynamic(.string(command.apply(to: value.scalarText)))
        case let other: other
        }
      }, examples: [])
  }

  /// Replaces whole values: `replace "*a" with b*`. A `*` of the text is what the `*` of the pattern stands for,
  /// which is a group there.
  package static func replaceWhole(_ pairs: [(pattern: RegularExpression, text: String)]) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.any("value")], returns: .argument(0)), "Replaces whole values.",
      kernel: .scalar { arguments in
        func replaced(_ text: String) -> String {
          var text = text
          return text.withUTF8 { bytes in
            for pair in pairs {
              if let groups = pair.pattern.captures(in: bytes) { return filled(pair.text, groups, bytes) }
            }
            return String(decoding: bytes, as: UTF8.self)
          }
        }
        switch arguments.first ?? .null {
        case .string(let text): return .string(replaced(text))
        case .dynamic(.array(let values)):
          return .dynamic(.array(values.map { .string(replaced($0.scalarText)) }))
        case .dynamic(let value): return .dynamic(.string(replaced(value.scalarText)))
        case let other: return other
        }
      }, examples: [])
  }

  private static func filled(
    _ text: String, _ groups: [Range<Int>?], _ bytes: UnsafeBufferPointer<UInt8>
  ) -> String {
    var result: [UInt8] = []
    var group = 0
    for byte in text.utf8 {
      guard byte == UInt8(ascii: "*") else {
        result.append(byte)
        continue
      }
      group += 1
      if group < groups.count, let range = groups[group] {
        result += bytes[range]
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// `s/pattern/replacement/flags` or `y/from/to/`.
package enum SedCommand: Sendable {
  case substitute(RegularExpression, replacement: String, isGlobal: Bool, number: Int)
  case translate([Character: Character])

  /// Reads a command; nil if it is none.
  package init?(_ text: String) throws(RegexSyntaxError) {
    guard let kind = text.first, kind == "s" || kind == "y", let mark = text.dropFirst().first else {
      return nil
    }
    let fields = SedCommand.fields(text.dropFirst(2), mark: mark)
    guard fields.count >= 2 else { return nil }
    if kind == "y" {
      guard fields[0].count == fields[1].count else { return nil }
      self = .translate(Dictionary(zip(fields[0], fields[1]), uniquingKeysWith: { first, _ in first }))
      return
    }
    let flags = fields.count > 2 ? fields[2] : ""
    var options = RegularExpression.Options(dialect: .perl)
    options.caseInsensitive = flags.contains("i") || flags.contains("I")
    self = .substitute(
      try RegularExpression(fields[0], options: options), replacement: fields[1],
      isGlobal: flags.contains("g"),
      number: Int(flags.filter(\.isNumber)) ?? 1)
  }

  private static func fields(_ text: Substring, mark: Character) -> [String] {
    var fields = [""]
    var isEscaped = false
    for character in text {
      if isEscaped {
        fields[fields.count - 1] += character == mark ? String(mark) : "\\" + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == mark {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    if isEscaped { fields[fields.count - 1].append("\\") }
    return fields
  }

  package func apply(to text: String) -> String {
    switch self {
    case .translate(let table): return String(text.map { table[$0] ?? $0 })
    case .substitute(let pattern, let replacement, let isGlobal, let number):
      var text = text
      return text.withUTF8 { bytes in
        var result: [UInt8] = []
        var position = 0
        var count = 0
        pattern.allCaptures(in: bytes) { groups in
          guard let whole = groups.first ?? nil else { return false }
          count += 1
          if isGlobal ? count < number : count != number { return true }
          result += bytes[position..<max(position, whole.lowerBound)]
          result += SedCommand.filled(replacement, groups, bytes)
          position = whole.upperBound
          return isGlobal
        }
        result += bytes[min(position, bytes.count)...]
        return String(decoding: result, as: UTF8.self)
      }
    }
  }

  /// The replacement with `\1` filled in.
  private static func filled(
    _ replacement: String, _ groups: [Range<Int>?], _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in replacement.utf8 {
      if isEscaped {
        isEscaped = false
        if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
          let index = Int(byte - UInt8(ascii: "0"))
          if index < groups.count, let range = groups[index] { result += bytes[range] }
        } else {
          result.append(byte == UInt8(ascii: "n") ? 0x0A : byte == UInt8(ascii: "t") ? 0x09 : byte)
        }
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
