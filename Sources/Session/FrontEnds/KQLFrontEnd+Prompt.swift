package import Diagnostics
import Engine
import KQL

/// What a prompt asks of KQL texts.
extension KQLFrontEnd {
  package func complete(_ source: SourceText, at place: Int, in workspace: Workspace) -> Completions {
    KQLCompletion(source, at: place, in: workspace, KQLFrontEnd.words).completions()
  }

  private static let words = LanguageWords(.kql)

  /// A text that begins with a table or a statement of KQL is KQL even where it is wrong.
  package func recognises(_ source: SourceText, in workspace: Workspace) -> Bool {
    let tokens = KQLLexer.tokens(of: source).tokens
    guard let first = tokens.first else { return false }
    // A comment alone.
    if first.kind == .endOfFile { return source.text.contains { !$0.isWhitespace } }
    if let word = first.word {
      if workspace.sources.table(named: word) != nil || workspace.configuration.functions[word] != nil {
        return true
      }
    }
    let (tree, diagnostics) = KQL.parse(source)
    let isWhole = !diagnostics.contains { $0.severity == .error }
    for statement in tree.statements {
      switch statement {
      case .let, .set, .queryParameters: return true
      case .query(let pipeline):
        if case .expression(.name) = pipeline.source { return false }
        return isWhole
      case .unsupported, .error: continue
      }
    }
    return false
  }

  package func pendingText() -> any PendingText { KQLPendingText() }
}
