package import Diagnostics

/// A command of SPL that Trawl does not run, with the reason.
package struct RefusedCommandSyntax: Hashable, Sendable {
  package let name: String
  package let reason: String
  package let span: SourceSpan

  struct Refusal: Sendable {
    var reason: String
    /// False where Trawl might run the command one day.
    var isByDesign: Bool
    var isGenerating: Bool
  }

  /// Why a command is refused; nil for a name that is no command, or one that runs.
  static func refusal(of name: String) -> Refusal? {
    for (names, reason) in byDesign where names.contains(name) {
      return Refusal(reason: reason, isByDesign: true, isGenerating: generating.contains(name))
    }
    for (names, reason) in notYet where names.contains(name) {
      return Refusal(reason: reason, isByDesign: false, isGenerating: generating.contains(name))
    }
    return nil
  }

  /// Every refused name, in order.
  package static var names: [String] { (byDesign + notYet).flatMap(\.0).sorted() }

  private static let generating: Set<String> = [
    "dbinspect", "eventcount", "loadjob", "mcatalog", "metadata",
    "metasearch", "mstats", "pivot", "rest", "savedsearch", "summary", "walklex",
  ]

  private static let byDesign: [([String], String)] = [
    (
      ["collect", "stash", "mcollect", "meventcollect", "tscollect"],
      "it writes to an index, and Trawl has none; `outputlookup` writes a table"
    ),
    (
      ["fit", "apply", "summary", "listmodels", "deletemodel", "score", "sample"],
      "it needs a trained model of the Machine Learning Toolkit, which is no part of a rule"
    ),
    (["sendemail", "sendalert"], "it sends messages, and Trawl uses no network"),
    (["script", "run", "runshellscript"], "it runs programs, and Trawl runs none"),
    (["rest"], "it asks a Splunk server, and Trawl uses no network"),
    (
      ["delete", "dump", "outputcsv", "outputtext"],
      "it changes or writes data; its rows can be had as CSV without it"
    ),
    (
      ["savedsearch", "loadjob", "pivot"],
      "it runs what is saved on a Splunk server; paste that search, or make it a macro"
    ),
    (
      [
        "dbinspect", "metadata", "metasearch", "eventcount", "typeahead", "walklex", "audit", "crawl",
        "history",
      ],
      "it reads the state of a Splunk server"
    ),
    (["mstats", "mcatalog", "mpreview"], "it reads a metrics index, and Trawl reads logs"),
    (
      ["sistats", "sichart", "sitimechart", "sitop", "sirare"],
      "it fills a summary index; the command without `si` gives the result"
    ),
    (
      ["geostats", "geom", "geomfilter", "gauge", "highlight", "iconify", "abstract"],
      "it is for pictures only; `stats` and `chart` give the numbers"
    ),
    (
      ["tags", "typer", "typelearner", "eventtypes", "searchtxn", "localize", "findtypes"],
      "it needs tags, event types or transaction types that are defined on a Splunk server"
    ),
    (
      [
        "cluster", "kmeans", "associate", "correlate", "analyzefields", "af", "contingency", "arules",
        "cofilter",
      ],
      "it mines data for patterns, which no rule rests on; `stats` and `chart` count them"
    ),
    (
      ["folderize", "scrub", "setfields", "relevancy", "redistribute", "nokv", "loglevel"],
      "it changes how Splunk works or shows events, not which rows a rule finds"
    ),
    (["inputintelligence"], "it reads threat lists of a Splunk app; `inputlookup` reads a CSV file"),
  ]

  private static let notYet: [([String], String)] = [
    (["kvform"], "it reads forms by patterns that are kept on a Splunk server; `rex` makes the same fields"),
    (
      ["predict", "x11", "outlier", "anomalies", "anomalousvalue"],
      "it fits a statistical model; `eventstats` with `avg` and `stdev` gives bounds that a rule can show"
    ),
    (["erex"], "it guesses a pattern from examples; write the pattern with `rex`"),
    (
      ["diff"],
      "it shows the texts of two rows as a listing of changed lines; `set diff` compares two searches, `delta` two rows"
    ),
    (
      ["rtorder"],
      "it puts the events of a search in real time in order; `sort - _time` sorts those of a file"
    ),
    (["bucketdir"], "it shortens paths for display; `replace` and `stats count` do the same"),
    (["findkeywords"], "it compares groups that `cluster` found, which no rule rests on"),
  ]
}
