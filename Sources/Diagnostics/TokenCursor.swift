/// A token of a language: what kind it is and where it stands.
public protocol SourceToken: Sendable {
  associatedtype Kind: Equatable & Sendable
  var kind: Kind { get }
  var span: SourceSpan { get }
}

/// Walks over the tokens of a text; the last token is always the end-of-file token and is never passed.
public struct TokenCursor<Token: SourceToken>: Sendable {
  public let tokens: [Token]
  public private(set) var index = 0

  /// - Precondition: `tokens` ends with the end-of-file token.
  public init(_ tokens: [Token]) {
    precondition(!tokens.isEmpty, "a token list ends with an end-of-file token")
    self.tokens = tokens
  }

  public var current: Token { tokens[index] }
  public var isAtEnd: Bool { index == tokens.count - 1 }
  /// The span of the token before the current one, or the empty span at the start.
  public var previousSpan: SourceSpan { index > 0 ? tokens[index - 1].span : .at(0) }

  /// The token `distance` places ahead, the last one if there are fewer.
  public func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  public func at(_ kind: Token.Kind) -> Bool { current.kind == kind }

  @discardableResult
  public mutating func advance() -> Token {
    let token = tokens[index]
    if index < tokens.count - 1 { index += 1 }
    return token
  }

  /// Takes the current token if it is of a kind.
  public mutating func take(_ kind: Token.Kind) -> Token? {
    at(kind) ? advance() : nil
  }

  /// Goes back to an index that `index` gave before.
  public mutating func rewind(to index: Int) { self.index = min(max(0, index), tokens.count - 1) }
}
