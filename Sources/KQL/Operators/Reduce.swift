import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ node: ReduceSyntax, on input: Relation) -> Relation? {
    fail(KQLMessages.reduceRefused(at: node.span))
  }
}
