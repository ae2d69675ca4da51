package import Diagnostics

/// One token of a KQL text, with its value already decoded.
///
/// Example: `where n > 1d` is `word(where)`, `word(n)`, `punctuation(>)`, `timespan(864000000000)`.
/// Keywords are words: what a word means depends on where it stands, so the parser decides.
package struct KQLToken: SourceToken, Hashable {
  package enum Kind: Hashable, Sendable {
    /// A name or a keyword; also operators made of letters, with their marks: `in~`, `!contains`.
    case word(String)
    indirect case string(StringLiteralSyntax)
    /// A whole number without its sign; nil where it doesn't fit 64 bits.
    case long(UInt64?)
    case real(Double)
    /// Ticks of 100 ns; nil where they don't fit 64 bits.
    case timespan(Int64?)
    case bool(Bool)
    /// A bare guid, which KQL reads as one token and refuses.
    case guid(String)
    /// `type(…)`, which KQL reads as one token: `datetime(2024-01-01)`.
    indirect case typedLiteral(type: String, content: String)
    case punctuation(KQLPunctuation)
    /// Bytes that begin no token; reported by the lexer.
    case unknown
    case endOfFile
  }

  package var kind: Kind
  package var span: SourceSpan

  package init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  /// The word's text, if the token is a word.
  package var word: String? {
    if case .word(let text) = kind { return text }
    return nil
  }
}

extension KQLToken: CustomStringConvertible {
  /// One line of `explain --stage tokens`, such as `8..<13 word where`.
  package var description: String {
    let range = "\(span.lowerBound)..<\(span.upperBound)"
    switch kind {
    case .word(let text): return "\(range) word \(text)"
    case .string(let literal): return "\(range) string \(KQLSourcePrinter.quoted(literal.value))"
    case .long(let value): return "\(range) long \(value.map(String.init) ?? "out of range")"
    case .real(let value): return "\(range) real \(value)"
    case .timespan(let ticks): return "\(range) timespan \(ticks.map { "\($0) ticks" } ?? "out of range")"
    case .bool(let value): return "\(range) bool \(value)"
    case .guid(let text): return "\(range) guid \(text)"
    case .typedLiteral(let type, let content): return "\(range) \(type) \(KQLSourcePrinter.quoted(content))"
    case .punctuation(let mark): return "\(range) mark \(mark.rawValue)"
    case .unknown: return "\(range) unknown"
    case .endOfFile: return "\(range) end"
    }
  }
}
