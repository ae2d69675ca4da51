package import Diagnostics
package import Engine

/// A query that has been read, bound and lowered.
package struct CompiledQuery: Sendable {
  package struct Result: Sendable {
    /// The name of a `fork` branch or a facet; nil for the only result.
    package var name: String?
    package var plan: LogicalPlan
    package var chart: ChartRequest?

    package init(name: String? = nil, plan: LogicalPlan, chart: ChartRequest? = nil) {
      self.name = name
      self.plan = plan
      self.chart = chart
    }
  }

  /// What it was compiled with beside its text, to compile it again.
  package struct Inputs: Sendable {
    /// For scalar `let`s; nil takes those of the configuration.
    package var values: [String: String]?
    /// How SPL calls the fields of events, unless the configuration says so.
    package var view: SplunkView?
    /// What the data answered so far.
    package var answers: [DataAnswer] = []
  }

  package var source: SourceText
  package var language: any FrontEnd
  let inputs: Inputs
  /// What only the data tell: see `Workspace.resolve`. Empty of a query that can run.
  package var open: [OpenQuestion]
  package var results: [Result]
  package var warnings: [Diagnostic]
  /// What there was to say of the plans whose rows answered its questions.
  package var notes: [Advice] = []
  /// The questions that the logs have answered.
  package var answered: [OpenQuestion] = []
  /// Of the last load that answered a question.
  var asked: LoadReport?
  /// `set query_now`.
  package var now: Int64?
  /// Scalar `let`s that may be given another value.
  package var variables: [String] = []
  /// Scalars that have names in the text.
  package var scalars: [NamedScalar] = []
  /// Watchlists and lookups that were found beside the rule.
  package var companions: [String] = []

  package init(
    source: SourceText, language: any FrontEnd, inputs: Inputs, results: [Result],
    open: [OpenQuestion] = [], warnings: [Diagnostic] = []
  ) {
    self.source = source
    self.language = language
    self.inputs = inputs
    self.results = results
    self.open = open
    self.warnings = warnings
  }
}

/// The tables that came of a query.
package struct QueryOutcome: Sendable {
  package struct Result: Sendable {
    package var name: String?
    package var table: Table
    package var chart: ChartRequest?
  }

  package var results: [Result]
  /// What the run had to say beside its rows.
  package var notes: [Advice]
  package var profile: [Profile.Entry]
  /// Seconds of the engine, without loading.
  package var seconds: Double

  package init(results: [Result], notes: [Advice], profile: [Profile.Entry], seconds: Double) {
    self.results = results
    self.notes = notes
    self.profile = profile
    self.seconds = seconds
  }
}
