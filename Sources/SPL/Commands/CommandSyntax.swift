/// One command with its arguments.
package enum CommandSyntax: Hashable, Sendable {
  case accum(AccumCommandSyntax)
  case addcoltotals(AddcoltotalsCommandSyntax)
  case addtotals(AddtotalsCommandSyntax)
  case anomalydetection(AnomalyDetectionCommandSyntax)
  case append(AppendCommandSyntax)
  case appendcols(AppendColsCommandSyntax)
  case appendpipe(AppendPipeCommandSyntax)
  case autoregress(AutoregressCommandSyntax)
  case bin(BinCommandSyntax)
  case chart(ChartCommandSyntax)
  case convert(ConvertCommandSyntax)
  case dedup(DedupCommandSyntax)
  case delta(DeltaCommandSyntax)
  case eval(EvalCommandSyntax)
  case eventstats(StatsCommandSyntax)
  case fields(FieldsCommandSyntax)
  case filldown(FillDownCommandSyntax)
  case fillnull(FillNullCommandSyntax)
  case foreach(ForeachCommandSyntax)
  case format(FormatCommandSyntax)
  case head(HeadCommandSyntax)
  case inputlookup(InputLookupCommandSyntax)
  case iplocation(IPLocationCommandSyntax)
  case join(JoinCommandSyntax)
  case lookup(LookupCommandSyntax)
  case makemv(MakeMVCommandSyntax)
  case makeresults(MakeResultsCommandSyntax)
  case multisearch(MultisearchCommandSyntax)
  case mvcombine(MVCombineCommandSyntax)
  case mvexpand(MVExpandCommandSyntax)
  case nomv(NoMVCommandSyntax)
  case outputlookup(OutputLookupCommandSyntax)
  case rare(TopCommandSyntax)
  case regex(RegexCommandSyntax)
  case rename(RenameCommandSyntax)
  case replace(ReplaceCommandSyntax)
  case `return`(ReturnCommandSyntax)
  case reverse(ReverseCommandSyntax)
  case rex(RexCommandSyntax)
  case search(SearchCommandSyntax)
  case sort(SortCommandSyntax)
  case spath(SpathCommandSyntax)
  case stats(StatsCommandSyntax)
  case streamstats(StatsCommandSyntax)
  case table(TableCommandSyntax)
  case tail(TailCommandSyntax)
  case timechart(TimechartCommandSyntax)
  case top(TopCommandSyntax)
  case transaction(TransactionCommandSyntax)
  case tstats(TstatsCommandSyntax)
  case union(UnionCommandSyntax)
  case untable(UntableCommandSyntax)
  case `where`(WhereCommandSyntax)
  case xyseries(XYSeriesCommandSyntax)
  /// SPL that Trawl does not run, by design or not yet; a diagnostic says why.
  case refused(RefusedCommandSyntax)
  /// Not SPL, or a command that could not be read; a diagnostic says why.
  case unknown(String)

  /// The command's usual name.
  package var name: String {
    switch self {
    case .refused(let refused): return refused.name
    case .unknown(let name): return name
    case .accum, .addcoltotals, .addtotals, .anomalydetection, .append, .appendcols, .appendpipe,
      .autoregress, .bin, .chart, .convert, .dedup, .delta, .eval, .eventstats, .fields, .filldown,
      .fillnull, .foreach, .format, .head, .inputlookup, .iplocation, .join, .lookup, .makemv, .makeresults,
      .multisearch, .mvcombine, .mvexpand, .nomv, .outputlookup, .rare, .regex, .rename, .replace, .return,
      .reverse, .rex, .search, .sort, .spath, .stats, .streamstats, .table, .tail, .timechart, .top,
      .transaction, .tstats, .union, .untable, .where, .xyseries:
      return Mirror(reflecting: self).children.first?.label ?? ""
    }
  }
}
