package import Diagnostics
import Engine

/// Splunk's Search Processing Language: text to tokens, to a syntax tree, to a logical plan.
///
/// Example: `SPL.parse(SourceText(name: "<query>", text: "eventName=CreateUser | stats count by user"))`.
package enum SPL {
  /// Reads a text into its syntax tree. It always gives a tree; a tree with an error must not be run.
  package static func parse(
    _ source: SourceText, macros: MacroSet = .builtIn
  ) -> (PipelineSyntax, [Diagnostic]) {
    let reading = read(source, macros)
    return (reading.pipeline, reading.diagnostics)
  }

  /// The tokens of a text, and what is wrong with it but for macros that are not known: where one stands does not
  /// depend on what it means.
  package static func layoutTokens(
    _ source: SourceText, macros: MacroSet = .builtIn
  ) -> ([SPLToken], [Diagnostic]) {
    let reading = read(source, macros)
    let unknown = reading.diagnostics.filter { diagnostic in
      guard let span = diagnostic.primary?.span else { return false }
      return reading.unresolved.contains(span)
    }
    return (reading.tokens, reading.diagnostics.filter { !unknown.contains($0) })
  }

  /// The comments of a text, with their marks.
  package static func comments(in source: SourceText) -> [SourceSpan] {
    var pieces = MacroTextPieces(Array(source.text.utf8))
    var spans: [SourceSpan] = []
    while let piece = pieces.next() {
      switch piece.kind {
      case .comment: spans.append(SourceSpan(piece.range.lowerBound, piece.range.upperBound))
      case .plain, .call, .unclosedCall, .unclosedComment: continue
      }
    }
    return spans
  }

  /// The functions of eval expressions, those with rules of their own (`if`, `case`, …) among them.
  package static let functionNames: [String] = Set(
    FunctionCatalog.scalarNames(in: .spl) + SPLLowering.ownFunctions
  ).sorted()

  /// The tokens of a text after macros are replaced, each as its place in the grammar reads it.
  package static func tokens(_ source: SourceText, macros: MacroSet = .builtIn) -> [SPLToken] {
    read(source, macros).tokens
  }

  private static func read(
    _ source: SourceText, _ macros: MacroSet
  ) -> (
    pipeline: PipelineSyntax, diagnostics: [Diagnostic], tokens: [SPLToken], unresolved: [SourceSpan]
  ) {
    var expander = MacroExpander(source, macros: macros)
    expander.expand()
    var parser = SPLParser(expander.text)
    let pipeline = parser.parseWholeText()
    var sink = expander.sink
    // What follows from a macro that could not be replaced is no news.
    let broken = expander.sink.diagnostics.compactMap { $0.primary?.span }.map { stage(of: $0, in: source) }
    for diagnostic in parser.sink.diagnostics {
      let place = diagnostic.primary?.span.lowerBound ?? 0
      if broken.contains(where: { $0.lowerBound <= place && place <= $0.upperBound }) { continue }
      sink.report(pipeline.annotate(diagnostic))
    }
    return (pipeline, sink.sorted, parser.consumed, expander.unresolved)
  }

  /// The source between the pipes around a span, pipes included.
  private static func stage(of span: SourceSpan, in source: SourceText) -> SourceSpan {
    let bytes = Array(source.text.utf8)
    let pipe = UInt8(ascii: "|")
    let start = bytes[..<min(span.lowerBound, bytes.count)].lastIndex(of: pipe) ?? 0
    let end = bytes[min(span.upperBound, bytes.count)...].firstIndex(of: pipe) ?? bytes.count
    return SourceSpan(start, end)
  }
}
