package import Diagnostics

/// A name: `EventName`, `['event name']`, `$left`.
package struct NameSyntax: Hashable, Sendable {
  package var text: String
  /// With the brackets, if any.
  package var span: SourceSpan
  /// Whether the name stands in brackets, where it may hold any character.
  package var isBracketed: Bool

  package init(_ text: String, _ span: SourceSpan, isBracketed: Bool = false) {
    self.text = text
    self.span = span
    self.isBracketed = isBracketed
  }
}

/// A name that may hold wildcards: `User*`, `*_time`, `*`.
package struct NamePatternSyntax: Hashable, Sendable {
  /// The pattern's text; `*` stands for any run of characters unless `isBracketed`.
  package var text: String
  package var span: SourceSpan
  package var isBracketed: Bool

  package init(_ text: String, _ span: SourceSpan, isBracketed: Bool = false) {
    self.text = text
    self.span = span
    self.isBracketed = isBracketed
  }

  package var hasWildcard: Bool { !isBracketed && text.utf8.contains(UInt8(ascii: "*")) }

  /// Whether a name fits the pattern. Names are case-sensitive.
  package func matches(_ name: String) -> Bool {
    guard hasWildcard else { return name == text }
    let pattern = Array(text.utf8)
    let bytes = Array(name.utf8)
    var patternIndex = 0
    var index = 0
    var restart: (pattern: Int, index: Int)?
    while index < bytes.count {
      if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
        patternIndex += 1
        restart = (patternIndex, index)
      } else if patternIndex < pattern.count, pattern[patternIndex] == bytes[index] {
        patternIndex += 1
        index += 1
      } else if let last = restart {
        // The last `*` takes one byte more.
        restart = (last.pattern, last.index + 1)
        patternIndex = last.pattern
        index = last.index + 1
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// A type's name as written, such as `string` or `int64`.
package struct TypeNameSyntax: Hashable, Sendable {
  package var text: String
  package var span: SourceSpan
}

/// A column of a declared schema: `name:string`, `['event time']:datetime`.
package struct ColumnDeclarationSyntax: Hashable, Sendable {
  package var name: NameSyntax
  package var type: TypeNameSyntax
  package var span: SourceSpan { name.span.union(type.span) }
}
