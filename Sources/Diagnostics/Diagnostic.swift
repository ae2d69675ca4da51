/// A message about a text: what is wrong, where, and what would work.
///
/// - Invariant: `message` is one line, lower case, without a full stop, and names the thing in backticks.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A span with a short text that stands under its carets.
  public struct Label: Hashable, Sendable {
    public var span: SourceSpan
    public var text: String

    public init(_ span: SourceSpan, _ text: String = "") {
      self.span = span
      self.text = text
    }
  }

  /// Advice; with an edit where one is certain.
  public struct Suggestion: Hashable, Sendable {
    public struct Edit: Hashable, Sendable {
      public var span: SourceSpan
      public var replacement: String
    }

    public var message: Advice
    public var edit: Edit?

    public init(_ message: Advice, replacing span: SourceSpan? = nil, with replacement: String = "") {
      self.message = message
      edit = span.map { Edit(span: $0, replacement: replacement) }
    }
  }

  /// Stable slug such as `unknown-column`; documented, never renamed.
  public var id: String
  public var severity: Severity
  public var message: String
  public var primary: Label?
  public var secondary: [Label]
  public var notes: [Advice]
  public var suggestions: [Suggestion]
  /// The language's own engine refuses this, though it could be run: a lenient run takes it with a warning.
  public var yieldsToLenience = false

  public init(
    _ severity: Severity, _ id: String, _ message: String, at span: SourceSpan? = nil, label: String = "",
    secondary: [Label] = [], notes: [Advice] = [], suggestions: [Suggestion] = []
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    primary = span.map { Label($0, label) }
    self.secondary = secondary
    self.notes = notes
    self.suggestions = suggestions
  }

  public static func error(
    _ id: String, _ message: String, at span: SourceSpan? = nil, label: String = "",
    secondary: [Label] = [], notes: [Advice] = [], suggestions: [Suggestion] = []
  ) -> Diagnostic {
    Diagnostic(
      .error, id, message, at: span, label: label, secondary: secondary, notes: notes,
      suggestions: suggestions)
  }

  /// What the language's own engine refuses, though it could be run.
  public static func refusal(
    _ id: String, _ message: String, at span: SourceSpan? = nil, label: String = "",
    secondary: [Label] = [], notes: [Advice] = [], suggestions: [Suggestion] = []
  ) -> Diagnostic {
    var diagnostic = error(
      id, message, at: span, label: label, secondary: secondary, notes: notes, suggestions: suggestions)
    diagnostic.yieldsToLenience = true
    return diagnostic
  }

  /// The same as a warning where it yields.
  public var lenient: Diagnostic {
    var diagnostic = self
    if yieldsToLenience { diagnostic.severity = .warning }
    return diagnostic
  }

  public static func warning(
    _ id: String, _ message: String, at span: SourceSpan? = nil, label: String = "",
    secondary: [Label] = [], notes: [Advice] = [], suggestions: [Suggestion] = []
  ) -> Diagnostic {
    Diagnostic(
      .warning, id, message, at: span, label: label, secondary: secondary, notes: notes,
      suggestions: suggestions)
  }
}

/// A text that cannot be run, with everything that is wrong with it.
public struct QueryFailure: Error, Sendable {
  public let diagnostics: [Diagnostic]
  public let source: SourceText
  /// It may be taken where a limit is larger.
  public let isLimit: Bool

  public init(_ diagnostics: [Diagnostic], in source: SourceText, isLimit: Bool = false) {
    self.isLimit = isLimit
    self.diagnostics = diagnostics
    self.source = source
  }

  /// What is wrong first: warnings may stand before it.
  package var cause: Diagnostic? { diagnostics.first { $0.severity == .error } ?? diagnostics.first }
}
