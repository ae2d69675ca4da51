/// One command with its arguments.
package enum CommandSyntax: Hashable, Sendable {
  case accum(AccumCommandSyntax)
  case addcoltotals(AddcoltotalsCommandSyntax)
  case addinfo(AddInfoCommandSyntax)
  case addtotals(AddtotalsCommandSyntax)
  case anomalydetection(AnomalyDetectionCommandSyntax)
  case append(AppendCommandSyntax)
  case appendcols(AppendColsCommandSyntax)
  case appendpipe(AppendPipeCommandSyntax)
  case autoregress(AutoregressCommandSyntax)
  case bin(BinCommandSyntax)
  case chart(ChartCommandSyntax)
  case concurrency(ConcurrencyCommandSyntax)
  case convert(ConvertCommandSyntax)
  case datamodel(DataModelEventsSyntax)
  case dedup(DedupCommandSyntax)
  case delta(DeltaCommandSyntax)
  case eval(EvalCommandSyntax)
  case eventstats(StatsCommandSyntax)
  case extract(ExtractCommandSyntax)
  case fieldformat(FieldFormatCommandSyntax)
  case fields(FieldsCommandSyntax)
  case fieldsummary(FieldSummaryCommandSyntax)
  case filldown(FillDownCommandSyntax)
  case fillnull(FillNullCommandSyntax)
  case foreach(ForeachCommandSyntax)
  case format(FormatCommandSyntax)
  case from(DataModelEventsSyntax)
  case fromjson(FromJSONCommandSyntax)
  case gentimes(GentimesCommandSyntax)
  case head(HeadCommandSyntax)
  case inputcsv(InputCSVCommandSyntax)
  case inputlookup(InputLookupCommandSyntax)
  case iplocation(IPLocationCommandSyntax)
  case join(JoinCommandSyntax)
  case lookup(LookupCommandSyntax)
  case makecontinuous(MakeContinuousCommandSyntax)
  case makemv(MakeMVCommandSyntax)
  case makeresults(MakeResultsCommandSyntax)
  case map(MapCommandSyntax)
  case multikv(MultikvCommandSyntax)
  case multisearch(MultisearchCommandSyntax)
  case mvcombine(MVCombineCommandSyntax)
  case mvexpand(MVExpandCommandSyntax)
  case nomv(NoMVCommandSyntax)
  case outputlookup(OutputLookupCommandSyntax)
  case rangemap(RangeMapCommandSyntax)
  case rare(TopCommandSyntax)
  case regex(RegexCommandSyntax)
  case reltime(ReltimeCommandSyntax)
  case rename(RenameCommandSyntax)
  case replace(ReplaceCommandSyntax)
  case require(RequireCommandSyntax)
  case `return`(ReturnCommandSyntax)
  case reverse(ReverseCommandSyntax)
  case rex(RexCommandSyntax)
  case search(SearchCommandSyntax)
  case selfjoin(SelfjoinCommandSyntax)
  case set(SetCommandSyntax)
  case sort(SortCommandSyntax)
  case spath(SpathCommandSyntax)
  case stats(StatsCommandSyntax)
  case strcat(StrcatCommandSyntax)
  case streamstats(StatsCommandSyntax)
  case table(TableCommandSyntax)
  case tail(TailCommandSyntax)
  case timechart(TimechartCommandSyntax)
  case timewrap(TimewrapCommandSyntax)
  case tojson(ToJSONCommandSyntax)
  case top(TopCommandSyntax)
  case transaction(TransactionCommandSyntax)
  case transpose(TransposeCommandSyntax)
  case trendline(TrendlineCommandSyntax)
  case tstats(TstatsCommandSyntax)
  case union(UnionCommandSyntax)
  case uniq(UniqCommandSyntax)
  case untable(UntableCommandSyntax)
  case `where`(WhereCommandSyntax)
  case xmlkv(XMLKVCommandSyntax)
  case xpath(XPathCommandSyntax)
  case xyseries(XYSeriesCommandSyntax)
  /// A command that is read when its subsearches have run.
  case pasted(PastedCommandSyntax)
  /// SPL that Trawl does not run, by design or not yet; a diagnostic says why.
  case refused(RefusedCommandSyntax)
  /// Not SPL, or a command that could not be read; a diagnostic says why.
  case unknown(String)

  /// The command's usual name.
  package var name: String {
    switch self {
    case .refused(let refused): return refused.name
    case .pasted(let pasted): return pasted.name
    case .unknown(let name): return name
    case .accum, .addcoltotals, .addinfo, .addtotals, .anomalydetection, .append, .appendcols, .appendpipe,
      .autoregress, .bin, .chart, .concurrency, .convert, .datamodel, .dedup, .delta, .eval, .eventstats,
      .extract,
      .fieldformat, .fields, .fieldsummary, .filldown, .fillnull, .foreach, .format, .from, .fromjson,
      .gentimes,
      .head, .inputcsv, .inputlookup, .iplocation, .join, .lookup, .makecontinuous, .makemv, .makeresults,
      .map, .multikv, .multisearch, .mvcombine, .mvexpand, .nomv, .outputlookup, .rangemap, .rare, .regex,
      .reltime, .rename, .replace, .require, .return, .reverse, .rex, .search, .selfjoin, .set, .sort,
      .spath, .stats, .strcat, .streamstats, .table, .tail, .timechart, .timewrap, .tojson, .top,
      .transaction, .transpose, .trendline, .tstats, .union, .uniq, .untable, .where, .xmlkv, .xpath,
      .xyseries:
      return Mirror(reflecting: self).children.first?.label ?? ""
    }
  }
}
