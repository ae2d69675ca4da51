import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: SearchCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let expression = command.expression, let predicate = lower(expression, in: relation) else { return }
    if case .literal(.bool(true), _) = predicate { return }
    filter(relation, by: predicate, at: span)
  }
}
