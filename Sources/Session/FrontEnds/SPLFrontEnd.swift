package import Diagnostics
package import Engine
import SPL

/// Splunk's Search Processing Language.
package struct SPLFrontEnd: FrontEnd {
  package init() {}

  package var dialect: Dialect { .spl }
  package var title: String { "SPL" }
  package var fileEndings: [String] { [".spl"] }
  package var comment: CommentStyle { .between("```") }
  package var ruleLayout: RuleLayout? { .contentctl }
  package var companionFolder: String? { "lookups" }
  package var falseOfAll: String? { "a subsearch that gives nothing matches nothing" }

  package func compile(
    _ source: SourceText, in workspace: Workspace, _ inputs: CompiledQuery.Inputs
  ) throws(QueryFailure) -> CompiledQuery {
    var (environment, problems) = SPLFrontEnd.environment(of: workspace, inputs.view)
    if let problem = problems.first { throw problem }
    environment.answers = inputs.answers
    let beside = try CompanionTables(of: source, self, workspace, known: Set(environment.lookups.keys))
    environment.lookups.merge(beside.tables) { given, _ in given }
    let (plan, warnings, open) = try SPL.compile(source, environment: environment)
    let chart = SPL.parse(source, macros: environment.macros).0.chart
    var compiled = CompiledQuery(
      source: source, language: self, inputs: inputs,
      results: [CompiledQuery.Result(plan: plan, chart: chart)], open: open, warnings: warnings)
    compiled.companions = beside.files
    return compiled
  }

  /// What searches find, and what is wrong with the files of macros and lookups.
  private static func environment(
    of workspace: Workspace, _ view: SplunkView?
  ) -> (SPLEnvironment, [QueryFailure]) {
    let configuration = workspace.configuration
    let view = configuration.view ?? view ?? .raw
    var environment = SPLEnvironment(events: SplunkEvents(configuration.sources, view))
    environment.index = configuration.index
    environment.lookups = configuration.lookups
    environment.places = configuration.places
    environment.lookupDefinitions = configuration.lookupDefinitions
    environment.appliesSplunkLimits = configuration.appliesSplunkLimits
    environment.writesLookups =
      switch configuration.lookupOutput {
      case .refused: false
      case .dropped, .folder: true
      }
    let files = workspace.macroFiles.content
    environment.macros = files.macros
    return (environment, configuration.lookupProblems + files.failures)
  }

  /// The macros of a workspace, as far as their files can be read.
  static func macros(of workspace: Workspace) -> MacroSet { workspace.macroFiles.content.macros }

  package func tokens(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    SyntaxListing(SPL.dump(SPL.tokens(source, macros: SPLFrontEnd.macros(of: workspace))))
  }

  package func tree(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    let (tree, diagnostics) = SPL.parse(source, macros: SPLFrontEnd.macros(of: workspace))
    return SyntaxListing(SPL.dump(tree), diagnostics: diagnostics, tree: tree)
  }

  package func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan {
    try SPLWriter.write(plan, tables, comments, constants)
  }

  package func comments(in source: SourceText) -> [QueryComment] {
    SPL.comments(in: source).compactMap { span in
      let words = source[span].dropFirst(3).dropLast(3).split(whereSeparator: \.isWhitespace)
      return words.isEmpty ? nil : QueryComment(words.joined(separator: " "), span)
    }
  }

  package func parameters(
    of source: SourceText, variables: [String], in workspace: Workspace
  ) -> [RuleParameter] {
    SearchParameters.find(in: source, macros: SPLFrontEnd.macros(of: workspace))
  }

  package var reference: LanguageReference { SPLFrontEnd.records }

  private static let records: LanguageReference = {
    var reference = LanguageReference()
    reference.special = SPLSpecialFunctions.all
    reference.stages = LanguageReference.Stages(kind: "command", all: CommandCatalog.all.map(\.reference))
    // Comparisons of `search` terms, which are written without a function's name.
    reference.isInternal = { $0.isOf(.spl) && $0.text.hasPrefix("search") && $0.text != "searchmatch" }
    return reference
  }()

  package func narrowed(
    _ source: SourceText, to column: Field, being value: Value, isExcluded: Bool
  ) -> String? { SPL.narrowed(source, to: column, being: value, isExcluded: isExcluded) }

  package func advice(comparing column: String, withColumn name: String) -> String? {
    "compare two fields: `where '\(column)'='\(name)'`"
  }
}

extension FrontEnd where Self == SPLFrontEnd {
  package static var spl: SPLFrontEnd { SPLFrontEnd() }
}
