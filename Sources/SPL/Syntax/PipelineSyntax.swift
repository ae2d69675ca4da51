package import Diagnostics

/// A whole search, or what stands between the brackets of a subsearch: commands joined by pipes.
///
/// Example: `eventName=CreateUser | stats count by user` has the stages `search` and `stats`.
package struct PipelineSyntax: Hashable, Sendable {
  package internal(set) var stages: [StageSyntax]
  package let span: SourceSpan
  /// Whether the text begins with `|`, so that its first command is no implied `search`.
  package let hasLeadingPipe: Bool
  /// The macro calls of the source; only on the outermost pipeline.
  package internal(set) var macroCalls: [MacroCallSyntax] = []

  /// A diagnostic about this text, with the text of the macro that its place came out of, if any.
  package func annotate(_ diagnostic: Diagnostic) -> Diagnostic {
    macroCalls.reduce(diagnostic) { $1.annotate($0) }
  }
}

/// One command of a pipeline.
package struct StageSyntax: Hashable, Sendable {
  package let command: CommandSyntax
  /// The command's name as written; empty for the implied `search`.
  package let name: String
  package let nameSpan: SourceSpan
  package let span: SourceSpan
}

/// A pipeline between brackets.
package struct SubsearchSyntax: Hashable, Sendable {
  package let pipeline: PipelineSyntax
  /// What stands between the brackets, with macros written out.
  let text: String
  /// Brackets included.
  package let span: SourceSpan
}
