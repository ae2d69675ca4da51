import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: AccumCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`accum`", span)) }
  func lower(_ command: AddcoltotalsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`addcoltotals`", span)) }
  func lower(_ command: AddtotalsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`addtotals`", span)) }
  func lower(_ command: AnomalyDetectionCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`anomalydetection`", span)) }
  func lower(_ command: AppendCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`append`", span)) }
  func lower(_ command: AppendColsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`appendcols`", span)) }
  func lower(_ command: AppendPipeCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`appendpipe`", span)) }
  func lower(_ command: AutoregressCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`autoregress`", span)) }
  func lower(_ command: ChartCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`chart`", span)) }
  func lower(_ command: ConvertCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`convert`", span)) }
  func lower(_ command: DeltaCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`delta`", span)) }
  func lower(_ command: FillDownCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`filldown`", span)) }
  func lower(_ command: ForeachCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`foreach`", span)) }
  func lower(_ command: FormatCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`format`", span)) }
  func lower(_ command: InputLookupCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`inputlookup`", span)) }
  func lower(_ command: IPLocationCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`iplocation`", span)) }
  func lower(_ command: JoinCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`join`", span)) }
  func lower(_ command: LookupCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`lookup`", span)) }
  func lower(_ command: MakeMVCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`makemv`", span)) }
  func lower(_ command: MakeResultsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`makeresults`", span)) }
  func lower(_ command: MultisearchCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`multisearch`", span)) }
  func lower(_ command: MVCombineCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`mvcombine`", span)) }
  func lower(_ command: MVExpandCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`mvexpand`", span)) }
  func lower(_ command: NoMVCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`nomv`", span)) }
  func lower(_ command: OutputLookupCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`outputlookup`", span)) }
  func lower(_ command: RegexCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`regex`", span)) }
  func lower(_ command: ReplaceCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`replace`", span)) }
  func lower(_ command: ReturnCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`return`", span)) }
  func lower(_ command: RexCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`rex`", span)) }
  func lower(_ command: SpathCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`spath`", span)) }
  func lower(_ command: TimechartCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`timechart`", span)) }
  func lower(_ command: TransactionCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`transaction`", span)) }
  func lower(_ command: TstatsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`tstats`", span)) }
  func lower(_ command: UnionCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`union`", span)) }
  func lower(_ command: UntableCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`untable`", span)) }
  func lower(_ command: XYSeriesCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`xyseries`", span)) }
  func lowerEventstats(_ command: StatsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`eventstats`", span)) }
  func lowerStreamstats(_ command: StatsCommandSyntax, in relation: Relation, at span: SourceSpan) { report(SPLMessages.unsupported("`streamstats`", span)) }
}
