extension RegularExpression {
  package func isMatch(_ text: String) -> Bool {
    Self.withBytes(of: text) { isMatch($0) }
  }

  /// The leftmost match in UTF-8 offsets.
  package func firstMatch(in text: String) -> Range<Int>? {
    Self.withBytes(of: text) { firstMatch(in: $0) }
  }

  /// The text of the leftmost match and its groups.
  package func captures(in text: String) -> [String?]? {
    Self.withBytes(of: text) { bytes in
      captures(in: bytes)?.map { range in
        range.map { String(decoding: bytes[$0], as: UTF8.self) }
      }
    }
  }

  private static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result)
    -> Result
  {
    var text = text
    return text.withUTF8(body)
  }

  /// The pattern that matches a literal and nothing else.
  ///
  ///     RegularExpression.quoted("(so$me.")  // \(so\$me\.
  package static func quoted(_ literal: String) -> String {
    var pattern = ""
    for scalar in literal.unicodeScalars {
      if #"\.+*?()|[]{}^$#&-~"#.unicodeScalars.contains(scalar) { pattern.unicodeScalars.append("\\") }
      pattern.unicodeScalars.append(scalar)
    }
    return pattern
  }
}
