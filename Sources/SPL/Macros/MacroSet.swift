internal import Diagnostics

/// The macros a text may call, by name and number of arguments.
///
/// Example: `` `drop_dm_object_name(All_Changes)` `` looks up `drop_dm_object_name` with one argument and
/// becomes `rename All_Changes.* as *`.
package struct MacroSet: Sendable {
  /// One macro: its parameters and the text that replaces a call.
  package struct Definition: Hashable, Sendable {
    package var parameters: [String]
    package var text: String
    /// Whether the text is an expression that gives the text (`iseval = 1`), which a call refuses.
    package var isEvaluated: Bool

    package init(parameters: [String] = [], text: String, isEvaluated: Bool = false) {
      self.parameters = parameters
      self.text = text
      self.isEvaluated = isEvaluated
    }
  }

  /// A macro is known by its name and how many arguments it takes.
  struct Key: Hashable, Sendable {
    var name: String
    var arity: Int
  }

  private var definitions: [Key: Definition] = [:]

  package init() {}

  package var isEmpty: Bool { definitions.isEmpty }
  /// Every name that is defined, in order.
  package var names: [String] { Set(definitions.keys.map(\.name)).sorted() }

  package subscript(name: String, arity: Int) -> Definition? {
    definitions[Key(name: name, arity: arity)]
  }

  /// The numbers of arguments that a name is defined for.
  package func arities(of name: String) -> [Int] {
    definitions.keys.filter { $0.name == name }.map(\.arity).sorted()
  }

  /// Adds a macro, in place of one with the same name and number of arguments.
  package mutating func define(_ name: String, _ definition: Definition) {
    definitions[Key(name: name, arity: definition.parameters.count)] = definition
  }

  package mutating func define(_ name: String, parameters: [String] = [], text: String) {
    define(name, Definition(parameters: parameters, text: text))
  }

  /// This set with the macros of another one added; the other's win.
  package func merging(_ other: MacroSet) -> MacroSet {
    var merged = self
    merged.definitions.merge(other.definitions) { _, new in new }
    return merged
  }

  /// What a call stands for: a definition, or for an undefined `…_filter` the text `search *`.
  func resolve(_ name: String, arity: Int) -> Definition? {
    if let definition = self[name, arity] { return definition }
    // Detections end in a macro of their own for local exceptions; until it is defined, it keeps all rows.
    if arity == 0, name.hasSuffix("_filter"), name != "_filter" { return Definition(text: "search *") }
    return nil
  }
}
