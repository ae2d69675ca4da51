import Diagnostics
import SPL

/// The fields that `rename` and `eval` of a search make, with their places.
enum SPLMadeNames {
  static func names(in subject: LintSubject) -> [(String, SourceSpan)] {
    let syntax = subject.syntax
    var names: [(String, SourceSpan)] = []
    for rename in syntax.all(RenameCommandSyntax.self) {
      for renaming in rename.renamings where !renaming.target.hasWildcard {
        names.append((renaming.target.name, renaming.target.span))
      }
    }
    for assignment in syntax.all(EvalAssignmentSyntax.self) where !assignment.target.isComposed {
      names.append((assignment.target.field.name, assignment.target.field.span))
    }
    // What comes out of a macro has no place of its own.
    let calls = syntax.all(MacroCallSyntax.self).map(\.span)
    names = names.filter { _, span in !calls.contains { $0.holds(span) } }
    // A command may read a field by a name in its options, whatever it makes of it.
    var mentions: [String: Set<SourceSpan>] = [:]
    for field in syntax.all(FieldNameSyntax.self) { mentions[field.name, default: []].insert(field.span) }
    for text in syntax.all(StringLiteralSyntax.self) { mentions[text.value, default: []].insert(text.span) }
    return names.filter { name, _ in (mentions[name]?.count ?? 0) <= 1 }
  }

  /// Some fields get their names from the events: `rename a.* as *`, `spath` without a path, `extract`.
  static func hasOpenNames(_ subject: LintSubject) -> Bool {
    let syntax = subject.syntax
    return syntax.all(RenameCommandSyntax.self).contains { $0.renamings.contains { $0.target.hasWildcard } }
      || !syntax.all(SpathCommandSyntax.self).isEmpty
  }
}
