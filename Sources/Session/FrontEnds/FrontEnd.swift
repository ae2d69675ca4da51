package import Diagnostics
package import Engine

/// What can be done with the texts of a query language: all that lies between a text and its plan, and all that is said
/// of the text beside.
///
/// A new language is a module with its lexer, parser and lowering, a conformance, and a place in `FrontEnds.standard`.
/// Whatever is asked of it here has an answer that fits a language without the thing, but for the first six.
package protocol FrontEnd: Sendable {
  /// What it makes of values. The name of its language is the one that `-l` takes.
  var dialect: Dialect { get }
  /// As people write it: `KQL`.
  var title: String { get }
  /// In lower case, with the dot.
  var fileEndings: [String] { get }

  /// Reads, binds and lowers a query without reading a log.
  func compile(
    _ source: SourceText, in workspace: Workspace, _ inputs: CompiledQuery.Inputs
  ) throws(QueryFailure) -> CompiledQuery

  /// The syntax tree: one that is shown, and one whose nodes lints find by their types.
  func tree(of source: SourceText, in workspace: Workspace) -> SyntaxListing

  func tokens(of source: SourceText, in workspace: Workspace) -> SyntaxListing

  /// Writes a plan of any language as a query of this one that gives the same rows. No log is read.
  ///
  /// - Parameters:
  ///   - comments: of the original; they go with the stages that follow them.
  ///   - constants: that have names in the original.
  func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan
  /// What a query says to its readers, in its order.
  func comments(in source: SourceText) -> [QueryComment]

  /// The tokens and comments of a query as a layout needs them, and what is wrong in it; none if that is an error.
  func layout(of source: SourceText, in workspace: Workspace) -> (
    pieces: [LayoutPiece], diagnostics: [Diagnostic]
  )
  /// Words may be moved to a new line at any space.
  var breaksAtSpaces: Bool { get }

  /// How a comment at the head of a file is written, which says what a rule is about.
  var comment: CommentStyle { get }
  /// What a rule in YAML looks like around a query; nil for a language that has no such rules.
  var ruleLayout: RuleLayout? { get }
  /// The folder beside a rule with the tables that it reads by name; nil if there is none.
  var companionFolder: String? { get }
  /// A rule sees the events of its schedule's period and no others, whatever times its text names.
  var seesPeriodOnly: Bool { get }
  /// The definitions that a query consists of beside its result: `let`s.
  func definitions(in source: SourceText) -> [NamedText]
  /// The values of a query that can be replaced.
  ///
  /// - Parameter variables: the scalar `let`s that the compiler found.
  func parameters(
    of source: SourceText, variables: [String], in workspace: Workspace
  ) -> [RuleParameter]

  /// What may stand at a place of a text. No log is read: what only they tell is a question of the answer.
  ///
  /// - Parameter place: an offset in UTF-8.
  func complete(_ source: SourceText, at place: Int, in workspace: Workspace) -> Completions
  /// Whether the text is one of this language, of the several that a prompt takes.
  func recognises(_ source: SourceText, in workspace: Workspace) -> Bool
  /// A text that is typed or read line by line.
  func pendingText() -> any PendingText
  /// The query with a condition on a column of its result; nil if it cannot be said.
  func narrowed(_ source: SourceText, to column: Field, being value: Value, isExcluded: Bool) -> String?

  /// Its own records: what the catalogs of functions do not hold.
  var reference: LanguageReference { get }
  /// How a column is compared with another whose name was written as a text.
  func advice(comparing column: String, withColumn name: String) -> String?
  /// Why a condition may be false of every row by itself.
  var falseOfAll: String? { get }
}

extension FrontEnd {
  /// As `-l` takes it.
  package var name: String { dialect.language.name }

  package func comments(in source: SourceText) -> [QueryComment] { [] }
  package func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan {
    throw WritingRefusal("no query is written in \(title)")
  }

  package func layout(
    of source: SourceText, in workspace: Workspace
  ) -> (pieces: [LayoutPiece], diagnostics: [Diagnostic]) { ([], []) }
  package var breaksAtSpaces: Bool { false }
  package var comment: CommentStyle { .lines("//") }
  package var ruleLayout: RuleLayout? { nil }
  package var companionFolder: String? { nil }
  package var seesPeriodOnly: Bool { false }
  package func definitions(in source: SourceText) -> [NamedText] { [] }
  package func parameters(
    of source: SourceText, variables: [String], in workspace: Workspace
  ) -> [RuleParameter] { [] }
  package func complete(_ source: SourceText, at place: Int, in workspace: Workspace) -> Completions {
    Completions(at: place)
  }
  package func recognises(_ source: SourceText, in workspace: Workspace) -> Bool {
    !tree(of: source, in: workspace).diagnostics.contains { $0.severity == .error }
  }
  package func pendingText() -> any PendingText { LinesOfQueries() }
  package func narrowed(
    _ source: SourceText, to column: Field, being value: Value, isExcluded: Bool
  ) -> String? { nil }
  package var reference: LanguageReference { LanguageReference() }
  package func advice(comparing column: String, withColumn name: String) -> String? { nil }
  package var falseOfAll: String? { nil }
}

/// Tokens or a tree as lines, with what is wrong in the text.
package struct SyntaxListing {
  package var text: String
  package var diagnostics: [Diagnostic]
  /// The tree itself, whatever its nodes are.
  package var tree: Any?

  package init(_ text: String, diagnostics: [Diagnostic] = [], tree: Any? = nil) {
    self.text = text
    self.diagnostics = diagnostics
    self.tree = tree
  }
}

/// A piece of a query that has a name of its own.
package struct NamedText: Hashable, Sendable {
  package var name: String
  package var span: SourceSpan

  package init(name: String, span: SourceSpan) {
    self.name = name
    self.span = span
  }
}

package enum CommentStyle: Hashable, Sendable {
  /// A mark in front of each line: `//`.
  case lines(String)
  /// One mark before and the same behind: three backticks.
  case between(String)

  /// Lines as a comment.
  package func comment(_ lines: [String]) -> String {
    switch self {
    case .lines(let mark): lines.map { $0.isEmpty ? mark : "\(mark) \($0)" }.joined(separator: "\n")
    case .between(let mark): ([mark] + lines + [mark]).joined(separator: "\n")
    }
  }
}

/// How a rule in YAML is laid out, by the product that it is for.
package enum RuleLayout: Hashable, Sendable {
  /// `query`, `entityMappings`, …
  case sentinel
  /// `search`, `rba`, …
  case contentctl
}
