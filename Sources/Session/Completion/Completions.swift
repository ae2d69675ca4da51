package import Diagnostics
package import Engine

/// What may stand at a place of a text.
package struct Completions: Sendable {
  package struct Candidate: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case table, column, function, aggregate, `operator`, variable, word, value, member, macro, lookup
    }

    /// What the text is to be.
    package var text: String
    package var kind: Kind
    /// Its type or its meaning, in a few words; of a value how often it is seen.
    package var about: String

    package init(_ text: String, _ kind: Kind, _ about: String = "") {
      self.text = text
      self.kind = kind
      self.about = about
    }
  }

  /// A question to the logs whose answer is more candidates: a value in each row, and how often it is seen.
  package struct Question: Sendable {
    package var kind: Candidate.Kind
    /// Queries that give the rows; the first that compiles is asked.
    package var queries: [SourceText]
    /// How the text has a value; nil for one that it cannot have.
    package var spelling: @Sendable (Value, DataType) -> String?

    package init(
      _ kind: Candidate.Kind, _ queries: [String], spelling: @escaping @Sendable (Value, DataType) -> String?
    ) {
      self.kind = kind
      self.queries = queries.map { SourceText(name: "<completion>", text: $0) }
      self.spelling = spelling
    }
  }

  /// So many values are asked for, the most frequent first.
  package static let mostValues = 200

  /// What a candidate replaces: the word before the place.
  package var span: SourceSpan
  package var candidates: [Candidate] = []
  package var question: Question?

  package init(at place: Int) { span = .at(place) }

  package init(replacing span: SourceSpan) { self.span = span }

  /// Those candidates that begin with the word before the place, or else those that hold it; each once.
  package mutating func narrow(to word: String) {
    let lowered = word.lowercased()
    var seen: Set<String> = []
    let fitting = candidates.filter { $0.text.lowercased().hasPrefix(lowered) }
    let holding =
      fitting.isEmpty && lowered.count > 1
      ? candidates.filter { $0.text.lowercased().contains(lowered) } : fitting
    candidates = holding.filter { seen.insert($0.text).inserted }
  }
}

extension FrontEnds {
  /// The language of a text: the first that takes it for its own, else the one that reads most of it.
  package func language(of source: SourceText, in workspace: Workspace) -> any FrontEnd {
    if let own = all.first(where: { $0.recognises(source, in: workspace) }) { return own }
    var best = usual
    var furthest = -1
    for language in all {
      let wrong = language.tree(of: source, in: workspace).diagnostics.filter { $0.severity == .error }
      let place = wrong.compactMap { $0.primary?.span.lowerBound }.min() ?? (wrong.isEmpty ? .max : 0)
      if place > furthest { (best, furthest) = (language, place) }
    }
    return best
  }
}
