import Diagnostics

/// Words, literals that begin with a word, and operators made of letters.
extension KQLLexer {
  /// Words that, with `(` right behind them, begin a literal that is one token.
  static let literalTypes: Set<String> = [
    "long", "int64", "int", "int32", "real", "double", "decimal", "bool", "datetime", "date", "time",
    "timespan", "guid", "uuid", "uniqueid",
  ]

  /// Operators of letters that may be negated with `!`.
  static let negatableOperators: Set<String> = [
    "in", "between", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs",
    "has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "has_any", "has_all", "like",
  ]

  mutating func word() {
    let start = offset
    if peek() | 0x20 == UInt8(ascii: "h"), obfuscatedString() { return }
    if bareGuid() { return }
    offset += 1
    while Self.isWordPart(peek()) { offset += 1 }
    let word = text(from: start, to: offset)
    switch word {
    case "true", "True", "TRUE":
      add(.bool(true), from: start)
    case "false", "False", "FALSE":
      add(.bool(false), from: start)
    case "in" where peek() == UInt8(ascii: "~"):
      offset += 1
      add(.word("in~"), from: start)
    case _ where peek() == UInt8(ascii: "(") && Self.literalTypes.contains(word):
      typedLiteral(word, from: start)
    default:
      add(.word(word), from: start)
    }
  }

  /// `!contains`, `!in~`; any other `!` is a mark of its own.
  mutating func negatedWord() {
    let start = offset
    var end = offset + 1
    while end < bytes.count, Self.isWordPart(bytes[end]) { end += 1 }
    let word = text(from: start + 1, to: end)
    guard Self.negatableOperators.contains(word) else {
      offset += 1
      add(.punctuation(.bang), from: start)
      return
    }
    offset = end
    if word == "in", peek() == UInt8(ascii: "~") {
      offset += 1
      add(.word("!in~"), from: start)
    } else {
      add(.word("!" + word), from: start)
    }
  }

  /// The rest of `type(…)` up to its `)`. Content may be quoted: `datetime('2007-04-07')`.
  private mutating func typedLiteral(_ type: String, from start: Int) {
    offset += 1
    let contentStart = offset
    var quote: UInt8 = 0
    while !isAtEnd {
      let byte = peek()
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ")") {
        let content = text(from: contentStart, to: offset)
        offset += 1
        add(.typedLiteral(type: type, content: content), from: start)
        return
      } else if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "(") {
        break
      }
      offset += 1
    }
    let content = text(from: contentStart, to: offset)
    if peek() == UInt8(ascii: "(") || Self.looksLikeCall(content) {
      // `int(f(x))` was meant as a conversion: read on as a call, so that its arguments make sense.
      offset = contentStart - 1
      add(.word(type), from: start)
      return
    }
    add(.typedLiteral(type: type, content: content), from: start)
    report(KQLMessages.unclosedLiteral(type, at: SourceSpan(start, contentStart)))
  }

  private static func looksLikeCall(_ content: String) -> Bool { content.utf8.contains(0x0A) }

  /// `74be27de-1e4e-49d9-b579-fe0b331d3642` outside a literal.
  mutating func bareGuid() -> Bool {
    var index = offset
    for (position, length) in [8, 4, 4, 4, 12].enumerated() {
      if position > 0 {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "-") else { return false }
        index += 1
      }
      for _ in 0..<length {
        guard index < bytes.count, Self.isHexDigit(bytes[index]) else { return false }
        index += 1
      }
    }
    if index < bytes.count, Self.isWordPart(bytes[index]) { return false }
    let start = offset
    offset = index
    add(.guid(text(from: start, to: index).lowercased()), from: start)
    return true
  }
}
