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
