package import Diagnostics
package import Engine

extension SPL {
  /// Resolves names and gives the plan of a search.
  ///
  /// - Returns: the plan, nil if there is an error among the diagnostics.
  package static func lower(
    _ pipeline: PipelineSyntax, source: SourceText, environment: SPLEnvironment
  ) -> (plan: LogicalPlan?, diagnostics: [Diagnostic], open: [OpenQuestion]) {
    let lowering = SPLLowering(source: source, environment: environment)
    let relation = lowering.lower(pipeline)
    let diagnostics = lowering.sink.sorted.map { pipeline.annotate($0) }
    return (
      lowering.sink.hasErrors ? nil : relation.plan.sharing(lowering.definitions), diagnostics,
      lowering.questions.open
    )
  }

  /// Parses and lowers a text. A plan with open questions can be looked at and does not run.
  package static func compile(
    _ source: SourceText, environment: SPLEnvironment
  ) throws(QueryFailure) -> (plan: LogicalPlan, warnings: [Diagnostic], open: [OpenQuestion]) {
    let (syntax, parseDiagnostics) = SPL.parse(source, macros: environment.macros)
    if parseDiagnostics.contains(where: { $0.severity == .error }) {
      throw QueryFailure(parseDiagnostics, in: source)
    }
    let (plan, diagnostics, open) = lower(syntax, source: source, environment: environment)
    guard let plan else { throw QueryFailure(parseDiagnostics + diagnostics, in: source) }
    return (plan, parseDiagnostics + diagnostics, open)
  }
}

/// Turns syntax into a plan. A part that is wrong has been reported; its neighbours go on.
final class SPLLowering {
  /// Subsearches may nest so deep.
  static let depthLimit = 32
  /// Commands one behind the other.
  static let pipeLimit = 1000
  static let eventsTable = "events"

  let source: SourceText
  let environment: SPLEnvironment
  var sink = DiagnosticSink()
  var depth = 0
  var questions: DataQuestions
  /// So many open questions stand in plans already.
  var shownQuestions = 0
  /// The names of all fields of events, once they were asked for.
  var discoveredFields: [(sourcetypes: [String], conditions: [Expression], names: [String])] = []
  /// The events of scans that read some source types alone, by the column of their time.
  var catalogs: [ColumnID: any EventCatalog] = [:]
  /// The stages after the current one, for commands that ask what is read later.
  var following: ArraySlice<StageSyntax> = []
  /// How fields are shown at the end, by `fieldformat`.
  var formats: [(shown: EvalAssignmentSyntax, span: SourceSpan)] = []
  /// The bounds that `earliest=` and `latest=` set, in seconds.
  var timeBounds: (earliest: Expression?, latest: Expression?)
  /// Rows that several commands read.
  var definitions: [With.Definition] = []
  /// What stands between the values of a column where `nomv` makes one text of them; lines where nothing is said.
  var delimiters: [ColumnID: String] = [:]
  /// The digits behind the point of columns that `round` made.
  var roundedDigits: [ColumnID: Int] = [:]
  /// Whether arithmetic keeps all digits, as inside `exact(…)`.
  var keepsDigits = false
  /// How dates in the search are written that is lowered now; nil for the usual ways.
  var timeFormat: String?
  /// Whether the part of a search that is lowered stands behind an odd number of NOT.
  var isNegated = false
  /// Subsearches that were lowered, by their texts.
  var subsearches: [String: KnownSubsearch] = [:]
  /// Columns that go when the command is done.
  var scratch: [PlanColumn] = []
  /// Whether an expression is lowered that runs for each value of a field.
  var isInEach = false
  private var nextColumn = 0
  private var isInOwnText = false

  init(source: SourceText, environment: SPLEnvironment) {
    self.source = source
    self.environment = environment
    questions = DataQuestions(answers: environment.answers)
  }

  // MARK: - Reporting

  func report(_ diagnostic: Diagnostic) {
    // Built-in text has no place in the source, and its warnings are nobody's.
    if isInOwnText {
      if diagnostic.severity == .error {
        sink.report(Diagnostic(.error, diagnostic.id, diagnostic.message, notes: diagnostic.notes))
      }
    } else {
      sink.report(diagnostic)
    }
  }

  /// Lowers built-in text, whose spans are no places of the source.
  func inOwnText<Result>(_ body: () -> Result) -> Result {
    let outer = isInOwnText
    isInOwnText = true
    defer { isInOwnText = outer }
    return body()
  }

  /// Reports an error and gives nil, for `return fail(…)`.
  func fail<Result>(_ diagnostic: Diagnostic) -> Result? {
    report(diagnostic)
    return nil
  }

  /// Options that a command has and Trawl does not run: without them another result would come out.
  func refuse(
    _ names: [String], in options: CommandOptions, of command: String, instead way: String? = nil
  ) {
    for name in names {
      if let option = options[name] {
        report(SPLMessages.unsupportedOption(name, of: command, instead: way, at: option.span))
      }
    }
  }

  /// An option that may be said, but not with true.
  func refuseTrue(
    _ name: String, in options: CommandOptions, of command: String, instead way: String? = nil
  ) {
    if options.boolean(name) == true { refuse([name], in: options, of: command, instead: way) }
  }

  // MARK: - Making columns

  func makeColumn(_ name: String, _ type: DataType) -> PlanColumn {
    nextColumn += 1
    return PlanColumn(id: ColumnID(nextColumn), name: name, type: type)
  }

  func makeNumber() -> Int {
    nextColumn += 1
    return nextColumn
  }

  /// The origin of a stage: its place and its first words.
  func origin(_ span: SourceSpan) -> PlanOrigin {
    if isInOwnText { return PlanOrigin(label: "view") }
    let text = source[span].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return PlanOrigin(span: span, label: text.count > 60 ? text.prefix(59) + "…" : text)
  }
}
