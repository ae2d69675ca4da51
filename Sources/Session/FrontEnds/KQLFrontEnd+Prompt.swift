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

  package func isUnfinished(_ source: SourceText) -> Bool {
    let tokens = KQLLexer.tokens(of: source).tokens
    var open = 0
    var last: KQLToken?
    for token in tokens where token.kind != .endOfFile {
      if case .punctuation(let mark) = token.kind {
        if mark.opensBracket { open += 1 }
        if mark.closesBracket { open -= 1 }
      }
      last = token
    }
    // A comment alone is no query yet.
    guard let last else { return true }
    if open > 0 { return true }
    switch last.kind {
    case .punctuation(.semicolon):
      return !KQL.parse(source).0.statements.contains { if case .query = $0 { true } else { false } }
    case .punctuation(.pipe), .punctuation(.comma), .punctuation(.equal), .punctuation(.assign): return true
    case .word(let word): return ["and", "or", "by", "on"].contains(word)
    case .string:
      // One between fences goes over lines.
      let text = source[last.span]
      return ["```", "~~~"].contains { fence in
        text.hasPrefix(fence) && (text.utf8.count < 6 || !text.hasSuffix(fence))
      }
    case .punctuation, .long, .real, .timespan, .bool, .guid, .typedLiteral, .unknown, .endOfFile:
      return false
    }
  }
}
