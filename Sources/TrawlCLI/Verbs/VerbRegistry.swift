/// The verbs that this build can run.
enum VerbRegistry {
  static let all: [any Verb.Type] = [
    CheckVerb.self, CompletionsVerb.self, CoverageVerb.self, DiffVerb.self, EventsVerb.self, ExplainVerb.self,
    FormatVerb.self, FunctionsVerb.self, HelpVerb.self, ManVerb.self, PackVerb.self, PortVerb.self,
    QueryVerb.self, RunVerb.self, SchemaVerb.self, ShellVerb.self, SummaryVerb.self, SweepVerb.self,
    TestVerb.self, WhyVerb.self,
  ]

  static func verb(_ name: VerbName) -> (any Verb.Type)? { all.first { $0.name == name } }
}
