/// How KQL's `parse-kv` finds keys and values in a text.
///
/// Example: with pairs apart by a blank and `=` between key and value, `a=1 b="x y"` has `a` and `b`.
package struct KeyValueText: Sendable {
  package enum Rule: Sendable {
    /// Two groups of each match: key and value.
    case regex(RegularExpression)
    /// - quotes: what opens and closes a quoted key or value; greedy values run up to the next key.
    case delimited(
      pair: String, keyValue: String, quotes: [(open: Character, close: Character)], escape: Character?,
      greedy: Bool)
    /// Any run of other characters than letters and digits parts keys and values; only known keys count.
    case undelimited(quotes: [(open: Character, close: Character)])
  }

  let rule: Rule
  let keys: [String]

  package init(rule: Rule, keys: [String]) {
    self.rule = rule
    self.keys = keys
  }

  /// The first value of each known key.
  func values(in text: String) -> [String: String] {
    switch rule {
    case .regex(let expression): values(in: text, matching: expression)
    case .delimited(let pair, let keyValue, let quotes, let escape, let greedy):
      greedy
        ? greedyValues(in: text, pair: pair, keyValue: keyValue)
        : values(in: text, pair: Array(pair), keyValue: Array(keyValue), quotes: quotes, escape: escape)
    case .undelimited(let quotes): undelimitedValues(in: text, quotes: quotes)
    }
  }

  private func values(in text: String, matching expression: RegularExpression) -> [String: String] {
    var result: [String: String] = [:]
    var text = text
    text.withUTF8 { bytes in
      expression.allCaptures(in: bytes) { captures in
        if captures.count > 2, let key = captures[1], let value = captures[2] {
          let name = String(decoding: bytes[key], as: UTF8.self).trimmedBlanks
          if result[name] == nil {
            result[name] = String(decoding: bytes[value], as: UTF8.self).trimmedBlanks
          }
        }
        return true
      }
    }
    return result
  }

  private func values(
    in text: String, pair: [Character], keyValue: [Character], quotes: [(open: Character, close: Character)],
    escape: Character?
  ) -> [String: String] {
    let characters = Array(text)
    var result: [String: String] = [:]
    var position = 0
    func isAt(_ delimiter: [Character], _ position: Int) -> Bool {
      !delimiter.isEmpty && position + delimiter.count <= characters.count
        && delimiter.indices.allSatisfy { characters[position + $0] == delimiter[$0] }
    }
    /// Reads up to a delimiter; quoted parts may hold it.
    func token(until delimiters: [[Character]]) -> String {
      var token = ""
      var isQuoted = false
      while position < characters.count, !delimiters.contains(where: { isAt($0, position) }) {
        let character = characters[position]
        if token.trimmedBlanks.isEmpty, !isQuoted, let quote = quotes.first(where: { $0.open == character }) {
          position += 1
          isQuoted = true
          token = ""
          while position < characters.count, characters[position] != quote.close {
            if characters[position] == escape, position + 1 < characters.count { position += 1 }
            token.append(characters[position])
            position += 1
          }
          position += 1
        } else {
          // Behind a closing quote only blanks make sense.
          if !isQuoted { token.append(character) }
          position += 1
        }
      }
      return isQuoted ? token : token.trimmedBlanks
    }
    while position < characters.count {
      let key = token(until: [keyValue, pair])
      if pair == [" "], !key.isEmpty {
        // Blanks between a key and its delimiter part nothing.
        let next = characters[position...].firstIndex { $0 != " " } ?? position
        if isAt(keyValue, next) { position = next }
      }
      if isAt(keyValue, position) {
        position += keyValue.count
        // Blanks before a value, where they part the pairs, do not end it.
        while position < characters.count, characters[position] == " ", pair == [" "] { position += 1 }
        let value = token(until: [pair])
        if result[key] == nil { result[key] = value }
      }
      if isAt(pair, position) { position += pair.count }
    }
    return result
  }

  /// Values that hold the pair delimiter: each runs up to the last delimiter before the next key.
  private func greedyValues(in text: String, pair: String, keyValue: String) -> [String: String] {
    let parts = text.pieces(separatedBy: keyValue)
    var result: [String: String] = [:]
    var key = parts.first?.trimmedBlanks ?? ""
    for (index, part) in parts.enumerated().dropFirst() {
      var value = part
      var next = ""
      if index < parts.count - 1 {
        let pieces = part.pieces(separatedBy: pair)
        next = pieces.last ?? ""
        value = pieces.dropLast().joined(separator: pair)
      }
      if result[key] == nil { result[key] = value.trimmedBlanks }
      key = next.trimmedBlanks
    }
    return result
  }

  private func undelimitedValues(
    in text: String, quotes: [(open: Character, close: Character)]
  ) -> [String: String] {
    var words: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if let quote = quotes.first(where: { $0.open == first }) {
        let body = rest.dropFirst().prefix { $0 != quote.close }
        words.append(String(body))
        rest = rest[body.endIndex...].dropFirst()
        continue
      }
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !word.isEmpty { words.append(String(word)) }
      rest = word.isEmpty ? rest.dropFirst() : rest[word.endIndex...]
    }
    var result: [String: String] = [:]
    for (index, word) in words.enumerated() where keys.contains(word) && result[word] == nil {
      result[word] = index + 1 < words.count ? words[index + 1] : ""
    }
    return result
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }

  /// The parts between occurrences of a separator.
  fileprivate func pieces(separatedBy separator: String) -> [String] {
    guard !separator.isEmpty else { return [self] }
    var parts: [String] = []
    var part = ""
    let characters = Array(self)
    let delimiter = Array(separator)
    var position = 0
    while position < characters.count {
      if position + delimiter.count <= characters.count,
        delimiter.indices.allSatisfy({ characters[position + $0] == delimiter[$0] })
      {
        parts.append(part)
        part = ""
        position += delimiter.count
      } else {
        part.append(characters[position])
        position += 1
      }
    }
    return parts + [part]
  }
}
