package import Diagnostics
package import Session

/// One thing that `trawl check` looks for in rules that can run: all that finding, explaining and testing it needs.
///
/// A new lint is a file with one `static let` and a line in `LintCatalog`. Its examples run as tests.
package struct LintRule: Sendable {
  /// A rule file: what stands in it, and what the logs hold where the lint looks at logs.
  package struct Example: Sendable {
    package var language: any FrontEnd
    package var text: String
    package var events: [String] = []
    /// As the Splunk add-on calls fields.
    package var view = SplunkView.raw

    package init(language: any FrontEnd, text: String, events: [String] = [], view: SplunkView = .raw) {
      self.language = language
      self.text = text
      self.events = events
      self.view = view
    }

    static func kql(_ text: String, events: [String] = []) -> Example {
      Example(language: .kql, text: text, events: events)
    }

    static func spl(_ text: String, view: SplunkView = .raw, events: [String] = []) -> Example {
      Example(language: .spl, text: text, events: events, view: view)
    }
  }

  /// Stable; named in the rule where it is allowed.
  package var slug: String
  package var summary: String
  /// What goes wrong, and what to write instead.
  package var why: String
  /// It compares the rule with logs.
  package var needsLogs = false
  package var triggers: [Example]
  package var quiet: [Example]
  var find: @Sendable (LintSubject) -> [Finding]

  init(
    _ slug: String, _ summary: String, why: String, needsLogs: Bool = false, triggers: [Example],
    quiet: [Example], find: @escaping @Sendable (LintSubject) -> [Finding]
  ) {
    self.slug = slug
    self.summary = summary
    self.why = why
    self.needsLogs = needsLogs
    self.triggers = triggers
    self.quiet = quiet
    self.find = find
  }
}

/// Something that is wrong or doubtful in a rule, with the text that its places are in.
package struct Finding: Hashable, Sendable {
  package var diagnostic: Diagnostic
  /// The query, or all of the rule's file.
  package var source: SourceText

  package var slug: String { diagnostic.id }
  package var isError: Bool { diagnostic.severity == .error }
  /// It tells something beside the rule.
  package var isNote: Bool { diagnostic.severity == .note }

  /// In the query.
  init(
    _ slug: String, _ message: String, at span: SourceSpan?, of subject: LintSubject,
    secondary: [Diagnostic.Label] = [], notes: [Advice] = [], suggestions: [Diagnostic.Suggestion] = []
  ) {
    diagnostic = .warning(
      slug, message, at: span, secondary: secondary, notes: notes, suggestions: suggestions)
    source = subject.rule.query
  }

  init(_ diagnostic: Diagnostic, in source: SourceText) {
    self.diagnostic = diagnostic
    self.source = source
  }

  /// In a file that holds no rule that can be read.
  package init(broken diagnostic: Diagnostic, in source: SourceText) { self.init(diagnostic, in: source) }
}
