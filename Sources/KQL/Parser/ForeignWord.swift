/// Words of other query languages that stand where a KQL operator should, and what KQL has instead.
///
/// Example: `| stats count by user` is SPL for `| summarize count() by user`.
struct ForeignWord {
  /// The language that has the word.
  var language: String
  /// The KQL operator that replaces the word as it stands, if one does.
  var replacement: String?
  /// How KQL says it.
  var advice: String

  private static func spl(_ advice: String, replacement: String? = nil) -> ForeignWord {
    ForeignWord(language: "SPL", replacement: replacement, advice: advice)
  }

  private static func sql(_ advice: String, replacement: String? = nil) -> ForeignWord {
    ForeignWord(language: "SQL", replacement: replacement, advice: advice)
  }

  static let table: [String: ForeignWord] = [
    "addtotals": spl("use `extend total = a + b`"),
    "append": spl("use `union`", replacement: "union"),
    "appendcols": spl("use `join` on a row number"),
    "bin": spl("use the function `bin`, as in `summarize count() by bin(TimeGenerated, 1h)`"),
    "bucket": spl("use the function `bin`, as in `summarize count() by bin(TimeGenerated, 1h)`"),
    "chart": spl("use `summarize … by …`, then `render`"),
    "convert": spl("use `extend` with a conversion such as `tolong(x)`"),
    "dedup": spl("use `summarize arg_max(TimeGenerated, *) by x`, or `distinct x`"),
    "eval": spl("use `extend`", replacement: "extend"),
    "eventstats": spl("use `join` with a `summarize` over the same rows"),
    "fieldformat": spl("use `extend` with `format_datetime` or `strcat`"),
    "fields": spl("use `project`, or `project-away` to remove columns", replacement: "project"),
    "fillnull": spl("use `extend x = coalesce(x, 0)`"),
    "foreach": spl("write one `extend` for each column"),
    "from": sql("write the table's name in front of the first `|`"),
    "group": sql("use `summarize … by …`", replacement: "summarize"),
    "having": sql("use `where` behind `summarize`", replacement: "where"),
    "head": spl("use `take`", replacement: "take"),
    "inputlookup": spl("use `externaldata` or `_GetWatchlist(\"name\")` as the table"),
    "iplocation": spl("use `extend geo = geo_info_from_ip_address(x)`"),
    "makemv": spl("use `extend x = split(x, \",\")`"),
    "makeresults": spl("use `print` as the table"),
    "mvcombine": spl("use `summarize make_list(x) by …`"),
    "outputlookup": spl("KQL queries don't write"),
    "rare": spl("use `summarize n = count() by x`, then `top 10 by n asc`"),
    "regex": spl("use `where x matches regex \"…\"`"),
    "rename": spl("use `project-rename new = old`", replacement: "project-rename"),
    "replace": spl("use `extend x = replace_string(x, \"a\", \"b\")`"),
    "rex": spl("use `parse x with …`, or `extend y = extract(\"…\", 1, x)`"),
    "select": sql("use `project`", replacement: "project"),
    "spath": spl("use `extend d = parse_json(x)`, then `d.path`"),
    "stats": spl("use `summarize`", replacement: "summarize"),
    "streamstats": spl("use `serialize` with `row_cumsum`, `row_number` or `prev`"),
    "table": spl("use `project`", replacement: "project"),
    "tail": spl("use `top n by TimeGenerated asc`"),
    "timechart": spl("use `summarize count() by bin(TimeGenerated, 1h)`, then `render timechart`"),
    "transaction": spl("use `row_window_session`, or `summarize` by a session key"),
    "tstats": spl("use `summarize`"),
    "untable": spl("use `evaluate narrow()`"),
    "xyseries": spl("use `evaluate pivot(x)`"),
  ]
}
