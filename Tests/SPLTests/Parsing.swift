import Diagnostics
import SPL
import Testing

/// The one place where these tests call the parser.
func parse(_ text: String, macros: MacroSet = .builtIn) -> (tree: PipelineSyntax, diagnostics: [Diagnostic]) {
  let (tree, diagnostics) = SPL.parse(SourceText(name: "<test>", text: text), macros: macros)
  return (tree, diagnostics)
}

/// The tree of a text that must parse without complaint.
func tree(_ text: String, macros: MacroSet = .builtIn) throws -> PipelineSyntax {
  let (tree, diagnostics) = parse(text, macros: macros)
  try #require(diagnostics.isEmpty, "\(diagnostics.map { "\($0.id): \($0.message)" })")
  return tree
}

/// The commands of a text that must parse without complaint.
func commands(_ text: String) throws -> [CommandSyntax] { try tree(text).stages.map(\.command) }

/// The only command after `| `.
func command(_ text: String) throws -> CommandSyntax { try #require(commands("| " + text).last) }

/// `id@text` of each diagnostic, where text is what it underlines.
func findings(_ text: String, macros: MacroSet = .builtIn) -> [String] {
  let source = SourceText(name: "<test>", text: text)
  return SPL.parse(source, macros: macros).1.map { diagnostic in
    diagnostic.id + "@" + (diagnostic.primary.map { source[$0.span] } ?? "")
  }
}

func searchOutline(_ text: String) throws -> String {
  guard case .search(let search) = try tree("search " + text).stages.first?.command else { return "?" }
  return search.expression?.outline ?? "nothing"
}

func evalOutline(_ text: String) throws -> String {
  guard case .where(let filter) = try command("where " + text) else { return "?" }
  return filter.condition.outline
}
