import Diagnostics
import Engine
import Session

/// Why there is no answer.
public struct TrawlError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The query or rule is wrong, or wants what is not supported.
    case wrongText
    /// A setting is wrong: a time, a language, a name.
    case wrongSetting
    /// A file that was named cannot be read.
    case unreadableInput
    /// A limit of time, memory or size was hit.
    case limit
    /// `Cancellation` ended it.
    case cancelled
    /// A function cannot work with what it was given.
    case failed
  }

  public let kind: Kind
  /// What is wrong, in the order of the text; never empty.
  public let problems: [Problem]

  /// The problems as they are drawn for a reader.
  public var description: String { problems.map(\.drawing).joined(separator: "\n") }

  init(_ failure: QueryFailure, _ control: RunControl) {
    // A part of the query may have been running while it was read.
    kind =
      control.cancellation?.isCancelled == true ? .cancelled : failure.isLimit ? .limit : .wrongText
    problems = failure.diagnostics.filter { $0.severity == .error }.map { Problem($0, in: failure.source) }
  }

  init(_ failure: ExecutionFailure, in source: SourceText) {
    kind =
      switch failure.kind {
      case .cancelled: .cancelled
      case .limit: .limit
      case .failed: .failed
      }
    problems = [Problem(failure, in: source)]
  }

  private init(_ kind: Kind, _ id: String, _ message: String) {
    self.kind = kind
    problems = [Problem(.error(id, message), in: SourceText(name: "", text: ""))]
  }

  static func wrongSetting(_ id: String, _ message: String) -> TrawlError {
    TrawlError(.wrongSetting, id, message)
  }

  static func unreadableInput(_ path: String, _ reason: String) -> TrawlError {
    TrawlError(.unreadableInput, "unreadable-input", "`\(DisplayText.escaped(path))`: \(reason)")
  }
}

/// Something wrong or doubtful, and where.
public struct Problem: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    case error, warning, note
  }

  /// A stretch of the text. Lines and columns count from 1; offsets are of UTF-8.
  public struct Place: Hashable, Sendable {
    public let file: String
    public let line: Int
    public let column: Int
    public let offsets: Range<Int>
  }

  /// A stable name such as `unknown-column`.
  public let id: String
  public let severity: Severity
  /// One line.
  public let message: String
  public let place: Place?
  public let notes: [String]
  /// What would work.
  public let suggestions: [String]
  /// The message over the line that it is about, for a reader.
  public let drawing: String

  init(_ diagnostic: Diagnostic, in source: SourceText) {
    id = diagnostic.id
    severity =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    message = diagnostic.message
    place = diagnostic.primary.map { label in
      let (file, span) = source.shown(label.span)
      let position = file.position(of: span.lowerBound)
      return Place(
        file: file.name, line: position.line, column: position.column,
        offsets: span.lowerBound..<max(span.lowerBound, span.upperBound))
    }
    notes = diagnostic.notes.map(\.plainText)
    suggestions = diagnostic.suggestions.map(\.message.plainText)
    drawing = DiagnosticRenderer.render(diagnostic, in: source)
  }

  init(_ failure: ExecutionFailure, in source: SourceText) {
    self.init(
      .error(
        failure.id, failure.message, at: failure.span,
        suggestions: failure.suggestion.map { [Diagnostic.Suggestion($0)] } ?? []),
      in: source)
  }
}
