import Diagnostics
import Engine

/// The wording of messages about names, types and operators, in alphabetical order.
extension KQLMessages {
  static func aggregateHere(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "aggregate-outside-summarize", "`\(name)` is an aggregate and stands only in `summarize`", at: span,
      suggestions: [.init("group first: `| summarize \(name)(…) by …`")])
  }

  static func aggregateTypes(_ name: String, _ types: [DataType], at span: SourceSpan) -> Diagnostic {
    .error(
      "argument-type", "`\(name)` does not work on (\(types.map(\.rawValue).joined(separator: ", ")))",
      at: span)
  }

  static func argumentCount(_ name: String, _ expected: String, at span: SourceSpan) -> Diagnostic {
    .error("argument-count", "`\(name)` takes \(expected)", at: span)
  }

  static func argumentType(_ name: String, type: DataType, given: DataType, at span: SourceSpan) -> Diagnostic
  {
    .error("argument-type", "`\(name)` is \(type.rawValue), not \(given.rawValue)", at: span)
  }

  static func badConstant(_ failure: FunctionFailure, at span: SourceSpan) -> Diagnostic {
    .error(
      failure.id, failure.message, at: span,
      suggestions: failure.suggestion.map { [Diagnostic.Suggestion(Advice($0))] } ?? [])
  }

  static func badOverride(_ name: String, text: String, type: DataType?, at span: SourceSpan) -> Diagnostic {
    .error(
      "bad-override", "`\(text)` is no value for `\(name)`\(type.map { ", which is \($0.rawValue)" } ?? "")",
      at: span,
      suggestions: [
        .init(
          "give a KQL literal: \(Remedy.scalarValue(name: name, example: "5")), \(Remedy.scalarValue(name: name, example: "1h"))"
        )
      ])
  }

  static func badSavedFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("bad-saved-function", "the saved function `\(name)` is neither a query nor a lambda", at: span)
  }

  static func bareNull(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "bare-null", "`\(name)` alone is no value in KQL", at: span,
      suggestions: [
        .init("test for it: `isnull(x)` or `isnotnull(x)`, and `isempty(x)` for texts"),
        .init("a null has a type: `long(null)`, `datetime(null)`"),
      ])
  }

  static func branchTypes(_ name: String, _ types: [DataType], at span: SourceSpan) -> Diagnostic {
    let kinds = types.map(\.rawValue).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return .error(
      "branch-types", "the branches of `\(name)` have no common type: \(kinds.joined(separator: ", "))",
      at: span,
      suggestions: [.init("convert them to one type, as with `tostring()`")])
  }

  static func cellType(_ name: String, type: DataType, given: DataType?, at span: SourceSpan) -> Diagnostic {
    .error(
      "cell-type", "the cell of `\(name)` is \(given?.rawValue ?? "null"), the column is \(type.rawValue)",
      at: span)
  }

  static func columnCase(_ name: String, column: String, isStrict: Bool, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      isStrict ? .error : .warning, "column-case", "the column is named `\(column)`, not `\(name)`", at: span,
      label: isStrict ? "" : "read as `\(column)`",
      notes: ["names are case-sensitive: Sentinel itself would refuse this query"],
      suggestions: [.init("write `\(column)`", replacing: span, with: column)])
  }

  static func datatableCells(_ count: Int, columns: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "datatable-cells", "\(count) cells do not fill rows of \(columns) columns", at: span)
  }

  static func duplicateColumn(
    _ name: String, canBeRun: Bool = false, at span: SourceSpan
  ) -> Diagnostic {
    (canBeRun ? Diagnostic.refusal : Diagnostic.error)(
      "duplicate-column", "the column `\(name)` is made twice", span, "", [], [],
      [.init("give one of them another name: `\(name)2 = …`")])
  }

  static func dynamicKey(
    _ name: String, of operatorName: String, canBeRun: Bool = false, at span: SourceSpan
  ) -> Diagnostic {
    (canBeRun ? Diagnostic.refusal : Diagnostic.error)(
      "dynamic-key", "`\(operatorName)` can't work by `\(name)`, which is dynamic", span, "", [], [],
      [.init("convert it: `tostring(\(name))`")])
  }

  static func emptySummarize(at span: SourceSpan) -> Diagnostic {
    .error("empty-summarize", "`summarize` has neither aggregates nor keys", at: span)
  }

  static func equalForAssignment(
    _ name: String, at span: SourceSpan, operator mark: SourceSpan
  ) -> Diagnostic {
    .error(
      "unknown-column", "no column named `\(name)` here", at: span,
      suggestions: [.init("to make the column, write one `=`", replacing: mark, with: "=")])
  }

  static func evaluationFailed(_ what: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error("evaluation-failed", "the columns of `\(what)` can't be worked out: \(reason)", at: span)
  }

  static func expandScalar(_ type: DataType, at span: SourceSpan) -> Diagnostic {
    .error(
      "expand-scalar", "`mv-expand` takes a dynamic column, not \(type.rawValue)", at: span,
      suggestions: type == .string
        ? [.init("parse it first: `mv-expand x = parse_json(…)`, or split it")] : [])
  }

  static func fuzzyLegDropped(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "fuzzy-leg-dropped",
      "no table or function named `\(name)`: the union goes on without it, as `isfuzzy` asks",
      at: span)
  }

  static func fuzzyLegElsewhere(at span: SourceSpan) -> Diagnostic {
    .warning(
      "fuzzy-leg-dropped",
      "a table of another place can't be reached offline: the union goes on without it, as `isfuzzy` asks",
      at: span)
  }

  static func invokedWithoutTable(at span: SourceSpan) -> Diagnostic {
    .error(
      "no-table-parameter", "the function takes no table, so that `invoke` has nowhere to put the rows",
      at: span,
      suggestions: [.init("give it a first parameter `T:(*)`, or call it without `invoke`")])
  }

  static func joinCondition(isEquality: Bool, at span: SourceSpan) -> Diagnostic {
    if isEquality {
      return .error(
        "join-condition", "a join matches columns, and this is an expression", at: span,
        suggestions: [
          .init("make the column first: `| extend Key = tostring(…)`, then `on $left.A == $right.Key`")
        ])
    }
    return .error(
      "join-condition", "a join matches columns by equality only", at: span,
      suggestions: [.init("write `on Column` or `on $left.A == $right.B`, and filter behind the join")])
  }

  static func joinTypes(_ left: PlanColumn, _ right: PlanColumn, at span: SourceSpan) -> Diagnostic {
    (left.type.isNumeric && right.type.isNumeric ? Diagnostic.refusal : Diagnostic.error)(
      "join-types",
      "`\(left.name)` is \(left.type.rawValue) on the left and `\(right.name)` \(right.type.rawValue) on the right",
      span, "", [], [], [.init("convert one side before the join")])
  }

  static func missingArgument(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("missing-argument", "the argument `\(name)` is missing", at: span)
  }

  static func needsData(_ what: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "needs-data", "the columns of `\(what)` depend on the rows of each group", at: span,
      suggestions: [.init("declare them behind `:`")])
  }

  static func noInput(at span: SourceSpan) -> Diagnostic {
    .error("no-input", "there are no rows for this operator to work on", at: span)
  }

  static func letNamesItself(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "names-itself", "`let \(name)` uses its own name, which stands for nothing yet", at: span,
      suggestions: [.init("give the new value a name of its own")])
  }

  static func letTwice(_ name: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "name-twice", "`\(name)` has been defined already", at: span,
      suggestions: [.init("give the second value a name of its own")])
  }

  static func noResult(at span: SourceSpan) -> Diagnostic {
    .error(
      "no-result", "the query ends without a table", at: span,
      suggestions: [.init("name a table after the last `let`: `…; AWSCloudTrail | take 10`")])
  }

  static func notBool(_ type: DataType, isLiteral: Bool, text: String, at span: SourceSpan) -> Diagnostic {
    if type == .dynamic {
      return .refusal(
        "not-a-condition", "a condition is expected, not dynamic", at: span,
        suggestions: [.init("convert the value: `tobool(\(text))`")])
    }
    let advice =
      type != .string
      ? "compare it, as with `== …`"
      : isLiteral
        ? "a text alone tests nothing: write `x has \"a\" or x has \"b\"`, or `x has_any (\"a\", \"b\")`"
        : "compare it, as with `== \"…\"`, or test it: `isnotempty(…)`"
    return .error(
      "not-a-condition", "a condition is expected, not \(type.rawValue)", at: span,
      suggestions: [.init(Advice(advice))])
  }

  static func notConstant(_ what: String, at span: SourceSpan) -> Diagnostic {
    .error("argument-not-constant", "`\(what)` takes a constant here", at: span)
  }

  static func notRowCount(_ operatorName: String, at span: SourceSpan) -> Diagnostic {
    .error("not-a-row-count", "`\(operatorName)` takes a number of rows, 0 or more", at: span)
  }

  static func notTabular(at span: SourceSpan) -> Diagnostic {
    .error("not-a-table", "a table is expected here", at: span)
  }

  static func otherCluster(at span: SourceSpan) -> Diagnostic {
    .error(
      "other-cluster", "tables of other clusters, databases and workspaces can't be reached offline",
      at: span,
      suggestions: [
        .init("load it: \(Remedy.tableFile(name: "NAME")), and name it alone")
      ])
  }

  static func parameterWithoutValue(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "parameter-without-value", "the query parameter `\(name)` has no value", at: span,
      suggestions: [.init("give one: \(Remedy.scalarValue(name: name, example: "VALUE"))")])
  }

  static func pathOnScalar(_ type: DataType, at span: SourceSpan) -> Diagnostic {
    .error(
      "path-on-scalar", "only dynamic values have properties and elements; this is \(type.rawValue)",
      at: span,
      suggestions: type == .string ? [.init("parse the text first: `parse_json(…)`")] : [])
  }

  static func patternHere(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error("pattern-here", "the wildcard `\(text)` can't stand here", at: span)
  }

  static func scalarAsTable(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("not-a-table", "`\(name)` is a value, not a table", at: span)
  }

  static func sideOutsideJoin(_ side: String, at span: SourceSpan) -> Diagnostic {
    .error("side-outside-join", "`\(side)` stands only in the conditions of a join", at: span)
  }

  static func starHere(at span: SourceSpan) -> Diagnostic {
    .error(
      "star-here", "`*` can't stand here", at: span,
      suggestions: [.init("name a column; `count()` without an argument counts rows")])
  }

  static func stringAddition(at span: SourceSpan) -> Diagnostic {
    .error(
      "string-addition", "texts can't be added with `+`", at: span, suggestions: [.init("use `strcat(a, b)`")]
    )
  }

  static func stringOrder(_ op: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "string-order", "texts can't be compared with `\(op)`", at: span,
      suggestions: [
        .init(
          op.hasSuffix("between")
            ? "use `strcmp(x, low) >= 0 and strcmp(x, high) <= 0`, or convert all of them"
            : "use `strcmp(a, b) \(op) 0`, or convert both sides")
      ])
  }

  static func tableAsScalar(at span: SourceSpan) -> Diagnostic {
    .error(
      "table-as-scalar", "a value is expected here, not a table", at: span,
      suggestions: [.init("take one cell of it: `toscalar(…)`")])
  }

  static func recursion(at span: SourceSpan, function: SourceSpan?) -> Diagnostic {
    .error(
      "recursion", "the function calls itself; KQL has no recursion", at: span,
      secondary: function.map { [.init($0, "the function")] } ?? [])
  }

  static func tooLargeValue(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "too-deep", "the value of `\(name)` is built from too many others", at: span,
      notes: ["up to \(KQLLowering.valueDepthLimit) levels and \(Expression.nodeLimit) parts are read"])
  }

  static func tooDeep(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-deep", "calls and subqueries nest deeper than \(KQLLowering.depthLimit) levels", at: span,
      notes: ["a function or `let` that uses itself never ends"])
  }

  static func tupleCount(_ count: Int, names: Int, at span: SourceSpan) -> Diagnostic {
    .error("tuple-count", "the function gives \(count) columns, not \(names)", at: span)
  }

  static func typeofHere(at span: SourceSpan) -> Diagnostic {
    .error("typeof-here", "`typeof` can't stand here", at: span)
  }

  static func unionWithoutTables(at span: SourceSpan) -> Diagnostic {
    .error("union-without-tables", "none of the tables of this union is there", at: span)
  }

  static func unknownColumn(
    _ name: String, among columns: [PlanColumn], variables: [String] = [], at span: SourceSpan
  ) -> Diagnostic {
    if name.lowercased() == "null" { return bareNull(name, at: span) }
    let nearest = NearestNames.of(name, among: columns.map(\.name) + variables)
    let suggestions = nearest.map { candidate in
      let type = columns.first { $0.name == candidate }.map { " (\($0.type.rawValue))" } ?? ""
      return Diagnostic.Suggestion("the nearest is `\(candidate)`\(type)", replacing: span, with: candidate)
    }
    if AggregateCatalog.function(name, in: .kql) != nil {
      let call = name == "count" ? "count()" : "\(name)(…)"
      return .error(
        "unknown-column", "no column named `\(name)` here", at: span,
        suggestions: [.init("the aggregate is a call: `\(call)`", replacing: span, with: call)])
    }
    var notes: [Advice] = []
    if let first = name.utf8.first, (0x30...0x39).contains(first) {
      notes = ["a timespan has one of the units `d`, `h`, `m`, `s`, `ms`, `microsecond`, `tick`: `1h`, `30m`"]
    } else if suggestions.isEmpty, !columns.isEmpty {
      let shown = columns.prefix(12).map(\.name).joined(separator: ", ")
      notes = ["columns here: \(shown)\(columns.count > 12 ? ", … (\(columns.count) in all)" : "")"]
    }
    // `EventName == CreateUser`: perhaps a text was meant.
    let isWord = nearest.isEmpty && name.first?.isUppercase == true && name.allSatisfy(\.isLetter)
    let quoted = Diagnostic.Suggestion(
      "a text stands in quotes: `\"\(name)\"`", replacing: span, with: "\"\(name)\"")
    return .error(
      "unknown-column", "no column named `\(name)` here", at: span, notes: notes,
      suggestions: suggestions + (isWord ? [quoted] : []))
  }

  /// A path as the logs have it, where a table has a column for it.
  static func pathOfLogs(_ path: String, column: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-column", "no column named `\(path.prefix { $0 != "." })` here", at: span,
      notes: ["`\(path)` is the name in the log"],
      suggestions: [.init("the column is `\(column)`", replacing: span, with: column)])
  }

  static func unknownFunction(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-function", "no function named `\(name)`", at: span,
      suggestions: NearestNames.of(name, among: known.filter { $0.first?.isLetter ?? false }).map {
        .init("the nearest is `\($0)`", replacing: span, with: $0)
      } + [
        .init(
          "a function saved in a workspace comes from a file: \(Remedy.savedFunctions) with `\(name).kql`")
      ])
  }

  static func unsupportedFunction(_ name: String, reason: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported-function", "`\(name)` is KQL that Trawl doesn't run: \(reason)", at: span)
  }

  static func ingestionTime(isKnown: Bool, at span: SourceSpan) -> Diagnostic {
    .warning(
      "ingestion-time",
      isKnown
        ? "files do not tell when a record was taken in: its `TimeGenerated` stands in"
        : "files do not tell when a record was taken in: without `TimeGenerated` here it is null", at: span)
  }

  static func noPlaces(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "no-places", "`\(name)` needs a table of places, and none is given", at: span,
      suggestions: [
        .init("\(Remedy.addressPlaces) gives one: network, country, state, city, latitude, longitude")
      ])
  }

  static func unknownKind(_ kind: String, of operatorName: String, known: [String], at span: SourceSpan)
    -> Diagnostic
  {
    .error(
      "unknown-kind", "`\(operatorName)` has no kind `\(kind)`", at: span,
      notes: ["kinds: \(known.joined(separator: ", "))"])
  }

  static func unknownParameter(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-parameter", "the function has no parameter `\(name)`", at: span,
      notes: ["parameters: \(known.joined(separator: ", "))"])
  }

  static func timeReceived(at span: SourceSpan) -> Diagnostic {
    .warning(
      "ingestion-time", "files don't tell when a record came in: its own time stands in for `_TimeReceived`",
      at: span)
  }

  static func unknownTable(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-table", "no table named `\(name)`", at: span,
      suggestions: nearestTables(name, known).map {
        .init("the nearest is `\($0)`", replacing: span, with: $0)
      } + [.init("load it from a file: \(Remedy.tableFile(name: name))")])
  }

  /// Names that are spelt alike, else those that hold the name.
  private static func nearestTables(_ name: String, _ known: [String]) -> [String] {
    let alike = NearestNames.of(name, among: known)
    if !alike.isEmpty || name.count < 5 { return alike }
    let part = name.lowercased()
    return Array(known.filter { $0.lowercased().contains(part) }.sorted { $0.count < $1.count }.prefix(1))
  }

  /// A function where a table is expected; a fuzzy union goes on without it.
  static func unknownTableFunction(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    var message = unknownFunction(name, known: known, at: span)
    message.id = "unknown-table-function"
    return message
  }

  static func unknownVariable(_ name: String, known: [String]) -> Diagnostic {
    .error(
      "unknown-variable", "the query has no scalar `let` named `\(name)` to set",
      notes: known.isEmpty ? [] : ["it has: \(known.joined(separator: ", "))"],
      suggestions: NearestNames.of(name, among: known).map { .init("the nearest is `\($0)`") })
  }

  static func unknownWatchlist(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-watchlist", "no watchlist named `\(name)`", at: span,
      suggestions: NearestNames.of(name, among: known).map { .init("the nearest is `\($0)`") }
        + [
          .init(
            "give its rows: \(Remedy.watchlistFile(name: name)), or `watchlists/\(name).csv` beside the rule")
        ])
  }

  static func unsupportedFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported-function", "`\(name)` is KQL that Trawl doesn't run", at: span)
  }

  static func unsupportedStatement(_ keyword: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported-statement", "`\(keyword)` is KQL that Trawl doesn't run", at: span)
  }

  static func windowHere(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "window-function-here", "`\(name)` depends on the order of rows and can't stand here", at: span,
      suggestions: [.init("use it in `extend`, `project` or `where`, behind `sort` or `serialize`")])
  }

  static func windowWithoutOrder(_ name: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "rows-without-order", "`\(name)` needs rows that are in an order", at: span,
      suggestions: [.init("put `| sort by …` in front, or `| serialize` where the order is there already")])
  }
}
