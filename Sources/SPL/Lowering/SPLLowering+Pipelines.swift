import Diagnostics
import Engine

/// Commands, one after the other.
extension SPLLowering {
  /// A whole search from its beginning.
  func lower(_ pipeline: PipelineSyntax) -> Relation {
    var relation = start(of: pipeline)
    run(pipeline.stages, on: &relation)
    finish(&relation, at: pipeline.span)
    applyFormats(in: &relation)
    return relation
  }

  /// How fields are shown is settled when all commands have seen their values.
  private func applyFormats(in relation: inout Relation) {
    for format in formats where relation.existing(format.shown.target.field.name) != nil {
      lower(EvalCommandSyntax(assignments: [format.shown]), in: &relation, at: format.span)
    }
  }

  /// Runs commands on rows that are there already.
  func run(_ stages: [StageSyntax], on relation: inout Relation) {
    guard stages.count <= SPLLowering.pipeLimit else {
      report(SPLMessages.tooManyStages(at: stages[SPLLowering.pipeLimit].span))
      return
    }
    for (index, stage) in stages.enumerated() {
      following = stages[(index + 1)...]
      relation.depth += 1
      guard relation.depth <= SPLLowering.pipeLimit else {
        // Said once: `foreach` goes on for the fields that are left.
        if relation.depth == SPLLowering.pipeLimit + 1 { report(SPLMessages.tooManyStages(at: stage.span)) }
        return
      }
      lower(stage, on: &relation)
      dropScratch(in: &relation, at: stage.span)
      showOpen(in: &relation, at: stage.span)
      settleTime(after: stage, in: &relation)
    }
  }

  /// A command may leave a number or a text in `_time`; those behind it find a time there.
  private func settleTime(after stage: StageSyntax, in relation: inout Relation) {
    guard let column = relation.existing("_time") else { return }
    switch column.type {
    case .datetime, .bool, .timespan, .guid: return
    case .dynamic where listsTimes(stage.command): return
    case .int, .long, .real, .decimal, .string, .dynamic:
      assign(
        "_time", call(SPLRowFunctions.moment, [column.reference], as: .datetime), in: &relation,
        at: stage.span
      )
    }
  }

  /// Whether a command makes a list of times, which `_time` then holds as it is.
  private func listsTimes(_ command: CommandSyntax) -> Bool {
    switch command {
    case .stats(let command), .eventstats(let command), .streamstats(let command):
      command.aggregates.contains {
        ["values", "list"].contains($0.function.lowercased()) && $0.columnName == "_time"
      }
    case .mvcombine(let command): command.field?.name == "_time"
    default: false
    }
  }

  /// All events, newest first, or nothing yet where the first command makes its own rows.
  func start(of pipeline: PipelineSyntax) -> Relation {
    let first = pipeline.stages.first
    let isGenerating = first.map { CommandCatalog.isGenerating($0.command.name) } ?? false
    if case .search(let command)? = first?.command {
      var relation = events(at: pipeline.span, of: catalog(for: command.expression))
      relation.isForeign = isForeign(command.expression)
      return relation
    }
    return isGenerating ? nothing() : events(at: first?.span ?? pipeline.span)
  }

  func events(at span: SourceSpan, of catalog: (any EventCatalog)? = nil) -> Relation {
    let time = makeColumn("_time", .datetime)
    if let catalog { catalogs[time.id] = catalog }
    let source = (catalog ?? environment.events).view.field(named: "_time")?.source ?? "_time"
    let scan = Scan(
      table: SPLLowering.eventsTable, sources: [Scan.Source(column: time, field: source)],
      origin: PlanOrigin(span: nil, label: SPLLowering.eventsTable))
    let key = Sort.Key(expression: time.reference, descending: true, nullsFirst: false)
    return Relation(
      .sort(Sort(input: .scan(scan), keys: [key], origin: PlanOrigin(label: "newest first"))), isOpen: true)
  }

  /// No rows and no columns.
  func nothing() -> Relation { inline(Table(fields: [], columns: [], rowCount: 0), label: "nothing") }

  /// Rows that are there already.
  func inline(_ table: Table, label: String) -> Relation {
    let columns = table.fields.map { makeColumn($0.name, $0.type) }
    return Relation(.inline(Inline(columns: columns, table: table, origin: PlanOrigin(label: label))))
  }

  /// What a search gives that names no columns: `_time`, the fields it mentions in the order of mention, `_raw`.
  func finish(_ relation: inout Relation, at span: SourceSpan) {
    guard relation.isOpen else { return }
    let raw = column("_raw", in: &relation)
    let time = relation.existing("_time")
    let middle = relation.columns.filter { $0.id != raw?.id && $0.id != time?.id }
    keep([time].compactMap { $0 } + middle + [raw].compactMap { $0 }, in: &relation, at: span)
    relation.close(relation.plan)
  }

  private func lower(_ stage: StageSyntax, on relation: inout Relation) {
    let span = stage.span
    switch stage.command {
    case .accum(let command): lower(command, in: &relation, at: span)
    case .addcoltotals(let command): lower(command, in: &relation, at: span)
    case .addinfo: addInfo(&relation, at: span)
    case .addtotals(let command): lower(command, in: &relation, at: span)
    case .anomalydetection(let command): lower(command, in: &relation, at: span)
    case .append(let command): lower(command, in: &relation, at: span)
    case .appendcols(let command): lower(command, in: &relation, at: span)
    case .appendpipe(let command): lower(command, in: &relation, at: span)
    case .autoregress(let command): lower(command, in: &relation, at: span)
    case .bin(let command): lower(command, in: &relation, at: span)
    case .chart(let command): lower(command, in: &relation, at: span)
    case .concurrency(let command): lower(command, in: &relation, at: span)
    case .convert(let command): lower(command, in: &relation, at: span)
    case .datamodel(let command): lower(command, in: &relation, at: span)
    case .dedup(let command): lower(command, in: &relation, at: span)
    case .delta(let command): lower(command, in: &relation, at: span)
    case .eval(let command): lower(command, in: &relation, at: span)
    case .eventstats(let command): lowerEventstats(command, in: &relation, at: span)
    case .extract(let command): lower(command, in: &relation, at: span)
    case .fieldformat(let command): if let shown = command.assignment { formats.append((shown, span)) }
    case .fields(let command): lower(command, in: &relation, at: span)
    case .fieldsummary(let command): lower(command, in: &relation, at: span)
    case .filldown(let command): lower(command, in: &relation, at: span)
    case .fillnull(let command): lower(command, in: &relation, at: span)
    case .foreach(let command): lower(command, in: &relation, at: span)
    case .format(let command): lower(command, in: &relation, at: span)
    case .from(let command): lower(command, in: &relation, at: span)
    case .fromjson(let command): lower(command, in: &relation, at: span)
    case .gentimes(let command): lower(command, in: &relation, at: span)
    case .head(let command): lower(command, in: &relation, at: span)
    case .inputcsv(let command): lower(command, in: &relation, at: span)
    case .inputlookup(let command): lower(command, in: &relation, at: span)
    case .iplocation(let command): lower(command, in: &relation, at: span)
    case .join(let command): lower(command, in: &relation, at: span)
    case .lookup(let command): lower(command, in: &relation, at: span)
    case .makecontinuous(let command): lower(command, in: &relation, at: span)
    case .makemv(let command): lower(command, in: &relation, at: span)
    case .makeresults(let command): lower(command, in: &relation, at: span)
    case .map(let command): lower(command, in: &relation, at: span)
    case .multikv(let command): lower(command, in: &relation, at: span)
    case .multisearch(let command): lower(command, in: &relation, at: span)
    case .mvcombine(let command): lower(command, in: &relation, at: span)
    case .mvexpand(let command): lower(command, in: &relation, at: span)
    case .nomv(let command): lower(command, in: &relation, at: span)
    case .outputlookup(let command): lower(command, in: &relation, at: span)
    case .rangemap(let command): lower(command, in: &relation, at: span)
    case .rare(let command): lower(command, isRare: true, in: &relation, at: span)
    case .regex(let command): lower(command, in: &relation, at: span)
    case .reltime(let command): lower(command, in: &relation, at: span)
    case .rename(let command): lower(command, in: &relation, at: span)
    case .replace(let command): lower(command, in: &relation, at: span)
    case .require(let command): lower(command, in: &relation, at: span)
    case .return(let command): lower(command, in: &relation, at: span)
    case .reverse: reverse(&relation, at: span)
    case .rex(let command): lower(command, in: &relation, at: span)
    case .search(let command): lower(command, in: &relation, at: span)
    case .selfjoin(let command): lower(command, in: &relation, at: span)
    case .set(let command): lower(command, in: &relation, at: span)
    case .sort(let command): lower(command, in: &relation, at: span)
    case .spath(let command): lower(command, in: &relation, at: span)
    case .stats(let command): lowerStats(command, in: &relation, at: span)
    case .strcat(let command): lower(command, in: &relation, at: span)
    case .streamstats(let command): lowerStreamstats(command, in: &relation, at: span)
    case .table(let command): lower(command, in: &relation, at: span)
    case .tail(let command): lower(command, in: &relation, at: span)
    case .timechart(let command): lower(command, in: &relation, at: span)
    case .timewrap(let command): lower(command, in: &relation, at: span)
    case .tojson(let command): lower(command, in: &relation, at: span)
    case .top(let command): lower(command, isRare: false, in: &relation, at: span)
    case .transaction(let command): lower(command, in: &relation, at: span)
    case .transpose(let command): lower(command, in: &relation, at: span)
    case .trendline(let command): lower(command, in: &relation, at: span)
    case .tstats(let command): lower(command, in: &relation, at: span)
    case .union(let command): lower(command, in: &relation, at: span)
    case .uniq: unique(&relation, at: span)
    case .untable(let command): lower(command, in: &relation, at: span)
    case .where(let command): lower(command, in: &relation, at: span)
    case .xmlkv(let command): lower(command, in: &relation, at: span)
    case .xpath(let command): lower(command, in: &relation, at: span)
    case .xyseries(let command): lower(command, in: &relation, at: span)
    case .pasted(let command): lower(command, in: &relation, at: span)
    // The parser has reported these.
    case .refused, .unknown: break
    }
  }
}
