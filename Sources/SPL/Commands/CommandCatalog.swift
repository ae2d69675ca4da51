/// The commands that the parser reads, by name and alias.
package enum CommandCatalog {
  package static let all: [CommandRecord] = [
    AccumCommandSyntax.record, AddcoltotalsCommandSyntax.record, AddInfoCommandSyntax.record,
    AddtotalsCommandSyntax.record, AnomalyDetectionCommandSyntax.record, AppendColsCommandSyntax.record,
    AppendCommandSyntax.record, AppendPipeCommandSyntax.record, AutoregressCommandSyntax.record,
    BinCommandSyntax.record, ChartCommandSyntax.record, ConcurrencyCommandSyntax.record,
    ConvertCommandSyntax.record, DataModelEventsSyntax.datamodel, DedupCommandSyntax.record,
    DeltaCommandSyntax.record,
    EvalCommandSyntax.record, ExtractCommandSyntax.record, FieldFormatCommandSyntax.record,
    FieldsCommandSyntax.record, FieldSummaryCommandSyntax.record, FillDownCommandSyntax.record,
    FillNullCommandSyntax.record, ForeachCommandSyntax.record, FormatCommandSyntax.record,
    DataModelEventsSyntax.from, FromJSONCommandSyntax.record, GentimesCommandSyntax.record,
    HeadCommandSyntax.record,
    InputCSVCommandSyntax.record, InputLookupCommandSyntax.record, IPLocationCommandSyntax.record,
    JoinCommandSyntax.record, LookupCommandSyntax.record, MakeContinuousCommandSyntax.record,
    MakeMVCommandSyntax.record, MakeResultsCommandSyntax.record, MapCommandSyntax.record,
    MultikvCommandSyntax.record,
    MultisearchCommandSyntax.record, MVCombineCommandSyntax.record, MVExpandCommandSyntax.record,
    NoMVCommandSyntax.record, OutputLookupCommandSyntax.record, RangeMapCommandSyntax.record,
    RegexCommandSyntax.record, ReltimeCommandSyntax.record, RenameCommandSyntax.record,
    ReplaceCommandSyntax.record, RequireCommandSyntax.record, ReturnCommandSyntax.record,
    ReverseCommandSyntax.record, RexCommandSyntax.record, SearchCommandSyntax.record,
    SelfjoinCommandSyntax.record, SetCommandSyntax.record, SortCommandSyntax.record,
    SpathCommandSyntax.record, StatsCommandSyntax.eventstats, StatsCommandSyntax.stats,
    StatsCommandSyntax.streamstats, StrcatCommandSyntax.record, TableCommandSyntax.record,
    TailCommandSyntax.record, TimechartCommandSyntax.record, TimewrapCommandSyntax.record,
    ToJSONCommandSyntax.record, TopCommandSyntax.rare, TopCommandSyntax.top, TransactionCommandSyntax.record,
    TransposeCommandSyntax.record, TrendlineCommandSyntax.record, TstatsCommandSyntax.record,
    UnionCommandSyntax.record, UniqCommandSyntax.record, UntableCommandSyntax.record,
    WhereCommandSyntax.record, XMLKVCommandSyntax.record, XPathCommandSyntax.record,
    XYSeriesCommandSyntax.record,
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
