/// The commands that the parser reads, by name and alias.
package enum CommandCatalog {
  package static let all: [CommandRecord] = [
    AccumCommandSyntax.record, AddtotalsCommandSyntax.record, AddcoltotalsCommandSyntax.record,
    AnomalyDetectionCommandSyntax.record, AppendCommandSyntax.record, AppendColsCommandSyntax.record,
    AppendPipeCommandSyntax.record, AutoregressCommandSyntax.record, BinCommandSyntax.record,
    ChartCommandSyntax.record, ConvertCommandSyntax.record, DedupCommandSyntax.record,
    DeltaCommandSyntax.record, EvalCommandSyntax.record, StatsCommandSyntax.eventstats,
    FieldsCommandSyntax.record, FillDownCommandSyntax.record, FillNullCommandSyntax.record,
    ForeachCommandSyntax.record, FormatCommandSyntax.record, HeadCommandSyntax.record,
    InputLookupCommandSyntax.record, IPLocationCommandSyntax.record, JoinCommandSyntax.record,
    LookupCommandSyntax.record, MakeMVCommandSyntax.record, MakeResultsCommandSyntax.record,
    MultisearchCommandSyntax.record, MVCombineCommandSyntax.record, MVExpandCommandSyntax.record,
    NoMVCommandSyntax.record, OutputLookupCommandSyntax.record, TopCommandSyntax.rare,
    RegexCommandSyntax.record, RenameCommandSyntax.record, ReplaceCommandSyntax.record,
    ReturnCommandSyntax.record, ReverseCommandSyntax.record, RexCommandSyntax.record,
    SearchCommandSyntax.record, SortCommandSyntax.record, SpathCommandSyntax.record,
    StatsCommandSyntax.stats, StatsCommandSyntax.streamstats, TableCommandSyntax.record,
    TailCommandSyntax.record, TimechartCommandSyntax.record, TopCommandSyntax.top,
    TransactionCommandSyntax.record, TstatsCommandSyntax.record, UnionCommandSyntax.record,
    UntableCommandSyntax.record, WhereCommandSyntax.record, XYSeriesCommandSyntax.record,
  ]

  private static let byName: [String: CommandRecord] = {
    var records: [String: CommandRecord] = [:]
    for record in all {
      for name in record.names { records[name] = record }
    }
    return records
  }()

  /// Every name and alias, in order.
  package static let names: [String] = byName.keys.sorted()

  /// The record of a name in lower case.
  package static func record(named name: String) -> CommandRecord? { byName[name] }

  /// Whether a command may begin a subsearch without a leading pipe.
  static func isGenerating(_ name: String) -> Bool {
    byName[name]?.isGenerating ?? (RefusedCommandSyntax.refusal(of: name)?.isGenerating ?? false)
  }
}
