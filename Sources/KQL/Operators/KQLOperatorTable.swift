import Engine

/// Every operator that a query may name, by name.
package enum KQLOperatorTable {
  package static let all: [KQLOperatorRecord] = [
    AsSyntax.record, ConsumeSyntax.record, CountSyntax.record, DatatableSyntax.record, DistinctSyntax.record,
    EvaluateSyntax.record, ExtendSyntax.record, ExternalDataSyntax.record, FacetSyntax.record,
    FindSyntax.record, ForkSyntax.record, GetSchemaSyntax.record, InvokeSyntax.record, JoinSyntax.record,
    LookupSyntax.record, MakeSeriesSyntax.record, MvApplySyntax.record, MvExpandSyntax.record,
    ParseSyntax.record, ParseSyntax.whereRecord, ParseKVSyntax.record, PartitionSyntax.record,
    PrintSyntax.record, ProjectSyntax.record, ProjectAwaySyntax.record, ProjectByNamesSyntax.record,
    ProjectKeepSyntax.record, ProjectRenameSyntax.record, ProjectReorderSyntax.record, RangeSyntax.record,
    ReduceSyntax.record, RenderSyntax.record, SampleSyntax.record, SampleDistinctSyntax.record,
    ScanSyntax.record, SearchSyntax.record, SerializeSyntax.record, SortSyntax.record, SummarizeSyntax.record,
    TakeSyntax.record, TopSyntax.record, TopHittersSyntax.record, TopNestedSyntax.record, UnionSyntax.record,
    WhereSyntax.record,
  ]

  /// Operators that KQL has and Trawl doesn't run.
  static let unsupported: Set<String> = [
    "assert-schema", "entity_group", "execute-and-cache", "execute_and_cache", "graph",
    "graph-mark-components",
    "graph-match", "graph-merge", "graph-shortest-paths", "graph-to-table", "graph-where-edges",
    "graph-where-nodes", "macro-expand", "make-graph",
  ]

  /// Those of them that begin a pipeline.
  static let unsupportedSources: Set<String> = unsupported.filter {
    $0.hasPrefix("graph") || $0.hasPrefix("macro-")
  }

  /// How the rest of an operator behind a pipe is read, by its word.
  static let stages: [String: KQLOperatorRecord.Parse<OperatorSyntax>] = named(\.stage)

  /// How an operator that begins a pipeline is read, by its word.
  static let sources: [String: KQLOperatorRecord.Source] = named(\.source)

  /// The names to suggest for a word behind a pipe that is none.
  static let stageNames: [String] = stages.keys.sorted()

  private static func named<Reading>(_ reading: (KQLOperatorRecord) -> Reading?) -> [String: Reading] {
    var readings: [String: Reading] = [:]
    for record in all {
      guard let reading = reading(record) else { continue }
      for name in record.reference.names { readings[name.text] = reading }
    }
    return readings
  }
}
