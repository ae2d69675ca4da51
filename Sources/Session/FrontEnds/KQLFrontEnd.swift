package import Diagnostics
package import Engine
import KQL

/// The Kusto Query Language, as Microsoft Sentinel's rules have it.
package struct KQLFrontEnd: FrontEnd {
  package init() {}

  package var dialect: Dialect { .kql }
  package var title: String { "KQL" }
  package var fileEndings: [String] { [".kql", ".kusto"] }
  package var ruleLayout: RuleLayout? { .sentinel }
  package var companionFolder: String? { "watchlists" }
  package var seesPeriodOnly: Bool { true }

  package func compile(
    _ source: SourceText, in workspace: Workspace, _ inputs: CompiledQuery.Inputs
  ) throws(QueryFailure) -> CompiledQuery {
    var environment = KQLFrontEnd.environment(of: workspace)
    if let values = inputs.values { environment.overrides = values }
    environment.answers = inputs.answers
    let beside = try CompanionTables(of: source, self, workspace, known: Set(environment.watchlists.keys))
    environment.watchlists.merge(beside.tables) { given, _ in given }
    let (query, warnings) = try KQL.compile(source, environment: environment)
    var compiled = CompiledQuery(
      source: source, language: self, inputs: inputs,
      results: query.results.map { CompiledQuery.Result(name: $0.name, plan: $0.plan, chart: $0.chart) },
      open: query.open, warnings: warnings)
    compiled.notes = query.notes
    compiled.now = query.now
    compiled.variables = query.variables
    compiled.scalars = query.scalars
    compiled.companions = beside.files
    return compiled
  }

  private static func environment(of workspace: Workspace) -> KQLEnvironment {
    let configuration = workspace.configuration
    var environment = KQLEnvironment(catalog: workspace.sources)
    environment.isStrict = configuration.isStrict
    environment.isLenient = configuration.isLenient
    environment.overrides = configuration.values
    environment.functions = configuration.functions
    environment.watchlists = configuration.watchlists
    environment.places = configuration.places
    environment.externals = configuration.externals
    return environment
  }

  package func tokens(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    let (tokens, diagnostics) = KQLLexer.tokens(of: source)
    return SyntaxListing(tokens.map(\.description).joined(separator: "\n"), diagnostics: diagnostics)
  }

  package func tree(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    let (tree, diagnostics) = KQL.parse(source)
    return SyntaxListing(SyntaxTreeDump.description(of: tree), diagnostics: diagnostics, tree: tree)
  }

  package func write(
    _ plan: LogicalPlan, _ tables: [TableTwin], _ comments: [QueryComment], _ constants: [NamedConstant]
  ) throws(WritingRefusal) -> WrittenPlan {
    try KQLWriter.write(plan, tables, comments, constants)
  }

  package func comments(in source: SourceText) -> [QueryComment] {
    KQLLexer.comments(of: source).compactMap { span in
      let text = source[span]
      // A directive is for the tool that sends the query.
      guard text.hasPrefix("//") else { return nil }
      let words = text.dropFirst(2).split(whereSeparator: \.isWhitespace)
      return words.isEmpty ? nil : QueryComment(words.joined(separator: " "), span)
    }
  }

  package func definitions(in source: SourceText) -> [NamedText] {
    KQL.parse(source).0.statements.compactMap { statement in
      guard case .let(let binding) = statement else { return nil }
      return NamedText(name: "let \(binding.name.text)", span: binding.span)
    }
  }

  package func parameters(
    of source: SourceText, variables: [String], in workspace: Workspace
  ) -> [RuleParameter] { QueryParameters.find(in: source, variables: variables) }

  package var reference: LanguageReference { KQLFrontEnd.records }

  private static let records: LanguageReference = {
    var reference = LanguageReference()
    reference.special = KQLSpecialFunctions.all
    reference.plugins = KQLPluginReference.all
    reference.stages = LanguageReference.Stages(kind: "operator", all: KQLOperatorTable.all.map(\.reference))
    reference.refusal = { KQLRefusedFunctions.reason($0) }
    return reference
  }()

  package func narrowed(
    _ source: SourceText, to column: Field, being value: Value, isExcluded: Bool
  ) -> String? { KQL.narrowed(source, to: column, being: value, isExcluded: isExcluded) }

  package func advice(comparing column: String, withColumn name: String) -> String? {
    "without quotes it is the column `\(name)`"
  }
}

extension FrontEnd where Self == KQLFrontEnd {
  package static var kql: KQLFrontEnd { KQLFrontEnd() }
}
