/// The text of a search with places for values: `search user=$user$ | eval n=$_serial_id$`.
///
/// Values come out of logs, and whoever writes logs must not write searches: a value is one word or one text in quotes.
///
/// ```
///   search user=$user$                    user: a b         search user="a b"
///   search msg="was $user$"               user: a" | x      search msg="was a\" | x"
/// ```
package struct SearchTemplate: Hashable, Sendable {
  /// The number of the row, from 1 on.
  static let serialName = "_serial_id"

  enum Quotes: Hashable, Sendable {
    case none, single, double
  }

  enum Piece: Hashable, Sendable {
    case text(String)
    case field(String, in: Quotes)
  }

  enum Filled {
    case text(String)
    /// A field has no value.
    case missing(String)
    /// A value has signs that end what it stands in.
    case unsafe(String)
  }

  let pieces: [Piece]

  /// The names between `$`, each once.
  var fields: [String] {
    var seen: Set<String> = []
    return pieces.compactMap { piece in
      guard case .field(let name, _) = piece, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  init(_ source: String) {
    var pieces: [Piece] = []
    var text = ""
    var quotes = Quotes.none
    var rest = Substring(source)
    while let character = rest.popFirst() {
      if character == "$", let end = SearchTemplate.nameEnd(in: rest) {
        pieces.append(.text(text))
        text = ""
        pieces.append(.field(String(rest[..<end]), in: quotes))
        rest = rest[rest.index(after: end)...]
        continue
      }
      text.append(character)
      switch (character, quotes) {
      case ("\\", _): if let next = rest.popFirst() { text.append(next) }
      case ("\"", .none): quotes = .double
      case ("\"", .double), ("'", .single): quotes = .none
      case ("'", .none): quotes = .single
      default: break
      }
    }
    pieces.append(.text(text))
    self.pieces = pieces
  }

  /// The place of the `$` that ends a name.
  private static func nameEnd(in text: Substring) -> Substring.Index? {
    guard let end = text.firstIndex(where: { $0 == "$" || !isOfName($0) }), text[end] == "$",
      end > text.startIndex
    else { return nil }
    return end
  }

  private static func isOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_.:@{}-".contains(character)
  }

  /// The text with one word in every place.
  func filled(_ word: (String) -> String) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .field(let name, _): word(name)
      }
    }.joined()
  }

  /// The text with the values of fields.
  func filled(_ values: [String: String]) -> Filled {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .field(let name, let quotes):
        guard let value = values[name] else { return .missing(name) }
        switch quotes {
        case .none: result += SearchTemplate.isWord(value) ? value : "\"\(SearchTemplate.escaped(value))\""
        case .double: result += SearchTemplate.escaped(value)
        case .single:
          // It may also be an apostrophe, behind which a value stands bare.
          guard value.allSatisfy({ isOfField($0) }) else { return .unsafe(name) }
          result += value
        }
      }
    }
    return .text(result)
  }

  private func isOfField(_ character: Character) -> Bool {
    SearchTemplate.isOfName(character) || character == " "
  }

  /// What reads as one word everywhere. A sign alone, as `-` or `*`, may be a word of the language.
  private static func isWord(_ value: String) -> Bool {
    let isPlain = value.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_.:@/+-*".unicodeScalars.contains($0)
    }
    let isOperator = ["AND", "OR", "NOT", "XOR", "IN", "LIKE", "AS", "BY"].contains(value.uppercased())
    return isPlain && !isOperator && value.contains { $0.isLetter || $0.isNumber || $0 == "*" }
  }

  private static func escaped(_ value: String) -> String {
    var result = ""
    for character in value {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
