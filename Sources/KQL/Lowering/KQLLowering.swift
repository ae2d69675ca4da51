package import Diagnostics
import Engine

extension KQL {
  /// Resolves names, checks types, and gives the plans of a query; those with open questions do not run.
  ///
  /// - Returns: the plans, nil if there is an error among the diagnostics.
  package static func lower(
    _ query: QuerySyntax, source: SourceText, environment: KQLEnvironment
  ) -> (LoweredQuery?, [Diagnostic]) {
    let lowering = KQLLowering(source: source, environment: environment)
    let result = lowering.lower(query)
    return (lowering.sink.hasErrors ? nil : result, lowering.sink.sorted)
  }

  /// Parses and lowers a text.
  package static func compile(
    _ source: SourceText, environment: KQLEnvironment
  ) throws(QueryFailure) -> (query: LoweredQuery, warnings: [Diagnostic]) {
    let (syntax, found) = KQL.parse(source)
    let parseDiagnostics = environment.isLenient ? found.map(\.lenient) : found
    if parseDiagnostics.contains(where: { $0.severity == .error }) {
      throw QueryFailure(parseDiagnostics, in: source)
    }
    let (query, diagnostics) = lower(syntax, source: source, environment: environment)
    guard let query else { throw QueryFailure(parseDiagnostics + diagnostics, in: source) }
    return (query, parseDiagnostics + diagnostics)
  }
}

/// Which function it is: where its text stands.
struct FunctionPlace: Hashable {
  var source: String
  var span: SourceSpan
}

/// Turns syntax into plans. A part that is wrong gives nil and has been reported; its neighbours go on. So does a part
/// that waits for an answer of the data, which is among the open questions.
final class KQLLowering {
  /// Calls of user functions and subqueries may nest so deep.
  static let depthLimit = 64
  /// Stages one behind the other.
  static let pipeLimit = 1000
  /// Stages in all, those of a `let` counted at each use.
  static let stageLimit = 20_000
  /// Calls within calls that the value of a `let` may be made of, those of the names in it among them.
  static let valueDepthLimit = 500
  /// Parts of an argument that are copied to where a function reads it.
  static let argumentPartLimit = 16
  /// Operands of `and` and `or` that are combined one after the other.
  static let chainLimit = 64

  let source: SourceText
  let environment: KQLEnvironment
  var sink = DiagnosticSink()
  var scope: LetScope
  var now: Int64?
  /// Values of `set` statements that functions read.
  var settings: [String: Expression] = [:]
  var depth = 0
  var questions: DataQuestions
  /// Functions whose bodies are being lowered.
  var activeFunctions: Set<FunctionPlace> = []
  /// Scalar `let`s whose values are being lowered.
  var activeNames: Set<String> = []
  var stageCount = 0
  /// The rows that `mv-apply`, `partition` and the like hand to their subquery.
  var implicitInput: Relation?
  /// The key column of the `partition by k { … }` that is being lowered, and its value.
  var partitionKey: (name: String, value: Expression)?
  /// Tables by name, argument and call, for each place that reads them.
  var definitions: [With.Definition] = []
  /// What calls of tabular functions gave, where the same call would give the same.
  var knownCalls: [KnownCall: Relation] = [:]
  /// Results of `fork` and `facet` beside the main one.
  var extraResults: [LoweredQuery.Result] = []
  /// What a reader must know of how the query was read.
  var notes: [Advice] = []
  /// Of the query and of the saved functions that it calls.
  var wordsByText: [String: Set<Substring>] = [:]
  private var nextColumn = 0
  private var nextNumber = 0
  private var variables: [String] = []
  private var scalars: [NamedScalar] = []
  private var literals: [WrittenLiteral] = []

  init(source: SourceText, environment: KQLEnvironment) {
    self.source = source
    self.environment = environment
    questions = DataQuestions(answers: environment.answers)
    scope = LetScope(parent: nil, source: source)
  }

  func lower(_ query: QuerySyntax) -> LoweredQuery {
    var results: [LoweredQuery.Result] = []
    for statement in query.statements {
      if case .query(let pipeline) = statement {
        if let relation = lower(pipeline) {
          extraResults.insert(
            LoweredQuery.Result(name: nil, plan: relation.plan, chart: relation.chart), at: 0)
        } else if !sink.hasErrors, !questions.open.isEmpty {
          // What stands behind an open question cannot be bound before it has its answer.
          let plan = OpenOperator.node(over: nil, questions.open, origin: origin(pipeline.span))
          results.append(LoweredQuery.Result(name: nil, plan: plan, chart: nil))
        }
        results += extraResults.map {
          LoweredQuery.Result(name: $0.name, plan: $0.plan.sharing(definitions), chart: $0.chart)
        }
        extraResults = []
      } else {
        lower(statement)
      }
    }
    if results.isEmpty, !sink.hasErrors {
      report(KQLMessages.noResult(at: query.span))
    }
    for name in environment.overrides.keys.sorted() where !variables.contains(name) {
      report(KQLMessages.unknownVariable(name, known: variables))
    }
    for index in scalars.indices { scalars[index].literals = literals }
    return LoweredQuery(
      results: results, now: now, variables: variables, scalars: scalars, open: questions.open,
      notes: notes.uniqued)
  }

  func noteVariable(_ name: String) { variables.append(name) }

  func noteScalar(_ name: String, _ expression: Expression, at span: SourceSpan) {
    scalars.append(NamedScalar(name: name, expression: expression, span: span))
  }

  /// Where a name is read, of those in the query itself.
  func noteUse(of name: NameSyntax) {
    guard !scalars.isEmpty, scope.source == source else { return }
    for index in scalars.indices where scalars[index].name == name.text {
      scalars[index].uses.append(name.span)
    }
  }

  /// What a query with names for constants has without one.
  func noteLiteral(_ value: Value, at span: SourceSpan) {
    if !scalars.isEmpty, scope.source == source { literals.append(WrittenLiteral(value, span)) }
  }

  // MARK: - Reporting

  /// Reports what stands in another text (a saved function) without a place in this one.
  func report(_ diagnostic: Diagnostic) {
    let diagnostic = environment.isLenient ? diagnostic.lenient : diagnostic
    if scope.source == source {
      sink.report(diagnostic)
    } else {
      var moved = diagnostic
      moved.message = "in saved function `\(scope.source.name)`: \(diagnostic.message)"
      moved.primary = nil
      moved.secondary = []
      sink.report(moved)
    }
  }

  /// Reports an error and gives nil, for `return fail(…)`.
  func fail<Result>(_ diagnostic: Diagnostic) -> Result? {
    report(diagnostic)
    return nil
  }

  /// Reports what the language's own engine refuses; true where it is run all the same.
  func permits(_ refusal: Diagnostic) -> Bool {
    report(refusal)
    return environment.isLenient && refusal.yieldsToLenience
  }

  // MARK: - Making columns

  func makeColumn(_ name: String, _ type: DataType) -> PlanColumn {
    nextColumn += 1
    return PlanColumn(id: ColumnID(nextColumn), name: name, type: type)
  }

  func makeNumber() -> Int {
    nextNumber += 1
    return nextNumber
  }

  /// The origin of a stage: its place and its first words.
  func origin(_ span: SourceSpan) -> PlanOrigin {
    let text = scope.source[span].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return PlanOrigin(
      span: scope.source == source ? span : nil, label: text.count > 60 ? text.prefix(59) + "…" : text)
  }

  /// Runs a part one level deeper; refuses what nests too deep.
  func nested<Result>(at span: SourceSpan, _ body: () -> Result?) -> Result? {
    guard depth < KQLLowering.depthLimit else { return fail(KQLMessages.tooDeep(at: span)) }
    depth += 1
    defer { depth -= 1 }
    return body()
  }
}
