import Diagnostics
import SPL

/// The patterns of the commands `rex` and `regex`.
enum SPLPatterns {
  static func patterns(in subject: LintSubject) -> [(String, SourceSpan)] {
    let syntax = subject.syntax
    let rex = syntax.all(RexCommandSyntax.self).filter { !$0.isSed }.compactMap(\.pattern)
    let regex = syntax.all(RegexCommandSyntax.self).compactMap { command -> StringLiteralSyntax? in
      SyntaxNodes(command).all(StringLiteralSyntax.self).first
    }
    return (rex + regex).map { ($0.value, $0.span) }
  }
}
