/// Everything the parser and the reference know about one command.
///
/// Example: `bin` and `bucket` are the names of one record.
package struct CommandRecord: Sendable {
  /// The first is the usual name, the others are aliases.
  package let names: [String]
  /// One sentence for the reference.
  package let summary: String
  /// A text that a test parses without complaint.
  package let example: String
  /// Whether the command makes rows by itself and may begin a subsearch without a pipe.
  package let isGenerating: Bool
  let parse: @Sendable (inout SPLParser, SPLToken) -> CommandSyntax

  init(
    _ names: String..., summary: String, example: String, isGenerating: Bool = false,
    parse: @escaping @Sendable (inout SPLParser, SPLToken) -> CommandSyntax
  ) {
    self.names = names
    self.summary = summary
    self.example = example
    self.isGenerating = isGenerating
    self.parse = parse
  }
}
