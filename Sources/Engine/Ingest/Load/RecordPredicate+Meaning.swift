extension RecordPredicate {
  /// What a field's text must be for a predicate to hold: every text of which the predicate is true passes, others
  /// may.
  ///
  /// Example: `has "Create"` asks for a text that contains "create" in any case.
  package init(_ predicate: Predicate, field: Int) {
    let meaning = predicate.meaning
    switch meaning.test {
    case .empty:
      self = .test(field, meaning.isNegated ? .isNotEmpty : .isEmpty)
      return
    case .present:
      // What is there may be empty, and what is absent is "" here.
      self = meaning.isNegated ? .test(field, .isEmpty) : .unknown
      return
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches: break
    case .bound, .between:
      self = .unknown
      return
    }
    guard !meaning.isNegated, let texts = predicate.texts else {
      self = .unknown
      return
    }
    if meaning.test == .equals, !meaning.hasWildcards {
      let hasNumber = meaning.readsNumbers && texts.contains { SPLValue.number(.string($0)) != nil }
      self = hasNumber ? .unknown : .test(field, .equalsAny(texts, ignoringCase: meaning.ignoresCase))
      return
    }
    let parts = texts.map { RecordPredicate.fitting($0, meaning, field) }
    let decides = meaning.asksForAll ? parts.filter { !$0.isUnknown } : parts
    if meaning.asksForAll ? decides.isEmpty : decides.contains(where: \.isUnknown) {
      self = .unknown
    } else if decides.count == 1 {
      self = decides[0]
    } else {
      self = meaning.asksForAll ? .and(decides) : .or(decides)
    }
  }

  /// What a text must be to fit one of the texts that a predicate compares with.
  private static func fitting(_ text: String, _ meaning: PredicateMeaning, _ field: Int) -> RecordPredicate {
    let wildcards: Set<Character>
    var isAnchored = false
    switch meaning.test {
    case .equals, .prefix:
      isAnchored = true
      wildcards = meaning.hasWildcards ? ["*"] : []
    case .suffix, .contains, .term, .termPrefix, .termSuffix:
      wildcards = meaning.hasWildcards ? ["*"] : []
    case .matches(.like):
      isAnchored = true
      wildcards = ["%", "_"]
    case .matches(.regularExpression), .matches(.subnet), .empty, .present, .bound, .between: return .unknown
    }
    let pieces = text.unicodeScalars.split(omittingEmptySubsequences: false) {
      wildcards.contains(Character($0))
    }.map { String($0) }
    if meaning.test == .equals, pieces.count == 1 {
      return .test(field, .equalsAny([text], ignoringCase: meaning.ignoresCase))
    }
    // What comes before the first wildcard begins the text; all else stands in it somewhere.
    var parts = pieces.dropFirst(isAnchored ? 1 : 0).filter { !$0.isEmpty }
      .map { RecordPredicate.test(field, .contains($0, ignoringCase: meaning.ignoresCase)) }
    if isAnchored, let first = pieces.first, !first.isEmpty {
      parts.insert(.test(field, .startsWith(first, ignoringCase: meaning.ignoresCase)), at: 0)
    }
    return parts.isEmpty ? .unknown : parts.count == 1 ? parts[0] : .and(parts)
  }

  /// Nothing is known of any record.
  package var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}
