import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: WhereCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let predicate = condition(command.condition, in: relation) else { return }
    filter(relation, by: predicate, at: span)
  }
}
