package import Diagnostics

/// Turns the bytes of a KQL text into tokens; never fails, whatever the bytes are.
///
/// Example: `KQLLexer.tokens(of: SourceText(name: "q", text: "T | take 5"))` gives four tokens and the end.
package struct KQLLexer {
  let bytes: [UInt8]
  var offset = 0
  var tokens: [KQLToken] = []
  var sink = DiagnosticSink()
  private var comments: [SourceSpan] = []

  init(_ source: SourceText) {
    bytes = Array(source.text.utf8)
  }

  /// The tokens, ending with `endOfFile`, and what was wrong.
  package static func tokens(of source: SourceText) -> (tokens: [KQLToken], diagnostics: [Diagnostic]) {
    var lexer = KQLLexer(source)
    lexer.run()
    return (lexer.tokens, lexer.sink.diagnostics)
  }

  /// The comments and the client directives between the tokens, without the ends of their lines.
  package static func comments(of source: SourceText) -> [SourceSpan] {
    var lexer = KQLLexer(source)
    lexer.run()
    return lexer.comments
  }

  /// The byte `distance` places ahead, or 0 past the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  var isAtEnd: Bool { offset >= bytes.count }

  mutating func add(_ kind: KQLToken.Kind, from start: Int) {
    tokens.append(KQLToken(kind, SourceSpan(start, offset)))
  }

  func text(from start: Int, to end: Int) -> String {
    guard start < end, end <= bytes.count else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if sink.diagnostics.count < KQLParser.diagnosticLimit { sink.report(diagnostic) }
  }

  private mutating func run() {
    while true {
      skipBlanksAndComments()
      if isAtEnd { break }
      let start = offset
      token()
      // A token that took nothing would loop for ever.
      if offset == start { offset += 1 }
    }
    add(.endOfFile, from: offset)
  }

  private mutating func token() {
    let byte = peek()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      plainString(from: offset, quote: byte)
    case UInt8(ascii: "@") where peek(1) == UInt8(ascii: "\"") || peek(1) == UInt8(ascii: "'"):
      verbatimString(from: offset, prefixLength: 1)
    case UInt8(ascii: "`") where peek(1) == byte && peek(2) == byte,
      UInt8(ascii: "~") where peek(1) == byte && peek(2) == byte:
      multilineString(from: offset, prefixLength: 0)
    case _ where Self.isDigit(byte):
      number()
    case _ where Self.isWordStart(byte):
      word()
    case UInt8(ascii: "!") where Self.isWordStart(peek(1)):
      negatedWord()
    case _ where byte >= 0x80:
      foreignText()
    default:
      punctuation()
    }
  }

  // MARK: - Blanks

  private mutating func skipBlanksAndComments() {
    while !isAtEnd {
      let byte = peek()
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
        offset += 1
      } else if byte == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "/") {
        skipLine()
      } else if byte == UInt8(ascii: "#") && isFirstOfLine() {
        // A client directive: a line for the tool that sends the query.
        skipLine()
      } else if byte >= 0x80, let length = Self.foreignBlankLength(byte, peek(1), peek(2)) {
        offset += length
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    let start = offset
    while !isAtEnd, peek() != 0x0A, peek() != 0x0D { offset += 1 }
    comments.append(SourceSpan(start, offset))
  }

  private func isFirstOfLine() -> Bool {
    var index = offset - 1
    while index >= 0, bytes[index] == 0x20 || bytes[index] == 0x09 { index -= 1 }
    return index < 0 || bytes[index] == 0x0A || bytes[index] == 0x0D
  }

  /// The length of a blank beyond ASCII: no-break, zero-width and other Unicode spaces.
  static func foreignBlankLength(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int? {
    switch (first, second, third) {
    case (0xC2, 0xA0, _), (0xC2, 0x85, _): 2
    case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF): 3
    case (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE1, 0x9A, 0x80): 3
    default: nil
    }
  }

  // MARK: - Marks

  private mutating func punctuation() {
    let start = offset
    for length in [2, 1] where offset + length <= bytes.count {
      if let mark = KQLPunctuation(rawValue: text(from: start, to: start + length)) {
        offset += length
        add(.punctuation(mark), from: start)
        return
      }
    }
    offset += 1
    add(.unknown, from: start)
    report(KQLMessages.unexpectedCharacter(text(from: start, to: offset), at: SourceSpan(start, offset)))
  }

  /// A run of characters beyond ASCII outside a string.
  private mutating func foreignText() {
    let start = offset
    if typographicString() { return }
    while !isAtEnd, peek() >= 0x80, Self.foreignBlankLength(peek(), peek(1), peek(2)) == nil { offset += 1 }
    if offset == start { offset += 1 }
    add(.unknown, from: start)
    report(KQLMessages.unexpectedCharacter(text(from: start, to: offset), at: SourceSpan(start, offset)))
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isWordStart(_ byte: UInt8) -> Bool {
    ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
  }

  static func isWordPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || byte == UInt8(ascii: "_")
  }

  static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
  }
}
