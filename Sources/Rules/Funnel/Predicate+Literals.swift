import Engine

extension Predicate {
  /// The constants that it wants its subject to be, to hold, or not to; nil for other questions, and for the words of
  /// a search, which are looked for in the event as a whole.
  var literals: [Value]? {
    let isWord = meaning.hasWildcards && meaning.test != .equals
    return meaning.comparesTexts && !isWord ? constants : nil
  }
}
