import Engine

/// How names and constants are written in a search.
enum SPLSpelling {
  /// A field in an `eval` expression.
  static func field(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && !words.contains(name.lowercased())
    return isPlain ? name : "'\(name)'"
  }

  private static let words: Set<String> = ["and", "or", "not", "in", "xor", "like", "true", "false", "null"]

  /// A field as an argument of a command.
  static func argument(_ name: String) -> String {
    let isPlain =
      !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.{}".contains($0)) }
      && !["as", "by", "or", "and", "not", "output", "outputnew", "where"].contains(name.lowercased())
    return isPlain ? name : text(name)
  }

  /// Names that the plan alone uses are none that a search could have.
  static func isUsable(_ name: String) -> Bool {
    !name.isEmpty && !name.contains(where: { $0 == "'" || $0 == "\"" })
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 }
  }

  static func text(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }

  /// A text as it stands in a search term, where `*` would stand for anything; nil if it cannot be said there.
  static func term(_ value: String) -> String? {
    if value.isEmpty || value.contains(where: { "*\"\\".contains($0) || $0.isNewline }) { return nil }
    // What looks like a number is compared as one.
    if Double(value) != nil { return nil }
    return "\"\(value)\""
  }

  /// A value as a field has it, where it stands among data; nil for a number that is none.
  static func plain(_ value: Value) -> String? {
    switch value {
    case .null: ""
    case .string(let text): text
    case .bool(let truth): truth ? "true" : "false"
    case .long(let number): String(number)
    case .real(let number): number.isFinite ? SPLSpelling.number(number) : nil
    case .decimal, .guid: value.kqlText
    case .datetime(let ticks): SPLSpelling.number(Ticks.unixSeconds(of: ticks))
    case .timespan(let ticks): SPLSpelling.number(Double(ticks) / Double(Ticks.perSecond))
    case .dynamic(let tree): tree.scalar?.splText ?? tree.text
    }
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }

  /// A constant; nil for what cannot be one.
  static func constant(_ value: Value) -> SPLPiece? {
    switch value {
    case .null: SPLPiece("null()", .text)
    case .string(let text): SPLPiece(SPLSpelling.text(text), .text, mayBeMissing: false)
    case .bool(let value): SPLPiece(value ? "\"true\"" : "\"false\"", .truth, mayBeMissing: false)
    case .long(let number):
      SPLPiece(String(number), .number, strength: number < 0 ? .sign : .primary, mayBeMissing: false)
    case .real(let number):
      number.isFinite
        ? SPLPiece(
          SPLSpelling.number(number), .number, strength: number < 0 ? .sign : .primary, mayBeMissing: false)
        : nil
    case .decimal: SPLPiece(value.kqlText, .number, mayBeMissing: false)
    case .datetime(let ticks):
      SPLPiece(SPLSpelling.number(Ticks.unixSeconds(of: ticks)), .moment, mayBeMissing: false)
    case .timespan(let ticks):
      SPLPiece(
        SPLSpelling.number(Double(ticks) / Double(Ticks.perSecond)), .span,
        strength: ticks < 0 ? .sign : .primary, mayBeMissing: false)
    case .guid: SPLPiece(SPLSpelling.text(value.kqlText), .text, mayBeMissing: false)
    case .dynamic(let tree):
      list(tree) ?? tree.scalar.flatMap(constant)
        ?? SPLPiece(SPLSpelling.text(tree.text), .json, mayBeMissing: false)
    }
  }

  private static func list(_ tree: JSONValue) -> SPLPiece? {
    guard case .array(let elements) = tree else { return nil }
    let texts = elements.compactMap { element -> String? in
      guard let scalar = element.scalar else { return nil }
      return constant(scalar)?.text
    }
    guard texts.count == elements.count else { return nil }
    if texts.isEmpty { return SPLPiece("null()", .list) }
    return SPLPiece("mvappend(\(texts.joined(separator: ", ")))", .list, mayBeMissing: false)
  }

  /// `3600` seconds are `1h`.
  static func span(_ ticks: Int64) -> String? {
    guard ticks > 0, ticks % Ticks.perSecond == 0 else { return nil }
    let seconds = ticks / Ticks.perSecond
    for (size, unit) in [(86400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)] where seconds % size == 0
    {
      return "\(seconds / size)\(unit)"
    }
    return "\(seconds)s"
  }
}
