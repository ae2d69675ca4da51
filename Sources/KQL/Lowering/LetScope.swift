import Diagnostics
import Engine

/// Names bound by `let`, by parameters and by `as`; inner scopes see the outer ones.
final class LetScope {
  enum Binding {
    case scalar(Expression)
    /// Rows that are the same wherever they are used: `let`, `as`, tabular parameters.
    case relation(Relation)
    /// A table with an error in it, which has been reported.
    case wrong
    case function(FunctionSyntax, LetScope)
  }

  let parent: LetScope?
  private var bindings: [String: Binding] = [:]
  private(set) var names: [String] = []
  /// The text that spans of this scope's syntax point into, for saved functions.
  let source: SourceText

  init(parent: LetScope?, source: SourceText) {
    self.parent = parent
    self.source = source
  }

  func bind(_ name: String, to binding: Binding) {
    if bindings[name] == nil { names.append(name) }
    bindings[name] = binding
  }

  func binding(_ name: String) -> Binding? { bindings[name] ?? parent?.binding(name) }

  /// All names in sight.
  var visibleNames: [String] { names + (parent?.visibleNames ?? []) }

  /// The names of tables and views in sight, outermost first.
  var visibleViews: [String] {
    (parent?.visibleViews ?? [])
      + names.filter {
        if case .function(let function, _)? = bindings[$0] { function.isView } else { false }
      }
  }
}
