package import Engine

/// Everything the parser and the reference know about one command.
///
/// Example: `bin`, `bucket` and `discretize` are the names of one record.
package struct CommandRecord: Sendable {
  package let reference: StageReference
  /// Whether the command makes rows by itself and may begin a subsearch without a pipe.
  package let isGenerating: Bool
  /// Whether its own arguments may be subsearches.
  let takesSubsearch: Bool
  let parse: @Sendable (inout SPLParser, SPLToken) -> CommandSyntax

  /// The first is the usual name, the others are aliases.
  package var names: [String] { reference.names.map(\.text) }

  init(
    _ names: String..., syntax: String, summary: String, notes: [String] = [], differs: [String] = [],
    examples: [FunctionExample], isGenerating: Bool = false, takesSubsearch: Bool = false,
    parse: @escaping @Sendable (inout SPLParser, SPLToken) -> CommandSyntax
  ) {
    reference = StageReference(
      names: names.map { .spl($0) }, syntax: syntax, summary: summary, notes: notes, differs: differs,
      examples: examples)
    self.isGenerating = isGenerating
    self.takesSubsearch = takesSubsearch
    self.parse = parse
  }
}
