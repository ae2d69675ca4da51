import Diagnostics

/// Every word that may stand behind a pipe.
enum KQLOperatorTable {
  /// Reads the rest of an operator whose word was taken.
  typealias Parse = @Sendable (KQLParser, SourceSpan) -> OperatorSyntax

  static func isKnown(_ word: String) -> Bool { parsers[word] != nil || unsupported.contains(word) }

  /// The names to suggest for a word that is none.
  static var names: [String] { parsers.keys.sorted() }

  /// Operators that KQL has and Trawl doesn't run.
  static let unsupported: Set<String> = [
    "assert-schema", "entity_group", "execute-and-cache", "execute_and_cache", "graph",
    "graph-mark-components",
    "graph-match", "graph-merge", "graph-shortest-paths", "graph-to-table", "graph-where-edges",
    "graph-where-nodes", "macro-expand", "make-graph",
  ]

  static let parsers: [String: Parse] = [
    "as": { .as($0.parseAs($1)) },
    "consume": { .consume($0.parseConsume($1)) },
    "count": { .count($0.parseCount($1)) },
    "distinct": { .distinct($0.parseDistinct($1)) },
    "evaluate": { .evaluate($0.parseEvaluate($1)) },
    "extend": { .extend($0.parseExtend($1)) },
    "facet": { .facet($0.parseFacet($1)) },
    "filter": { .where($0.parseWhere($1)) },
    "fork": { .fork($0.parseFork($1)) },
    "getschema": { .getschema($0.parseGetSchema($1)) },
    "invoke": { .invoke($0.parseInvoke($1)) },
    "join": { .join($0.parseJoin($1)) },
    "limit": { .take($0.parseTake($1)) },
    "lookup": { .lookup($0.parseLookup($1)) },
    "make-series": { .makeSeries($0.parseMakeSeries($1)) },
    "mv-apply": { .mvApply($0.parseMvApply($1)) },
    "mv-expand": { .mvExpand($0.parseMvExpand($1)) },
    "mvapply": { .mvApply($0.parseMvApply($1)) },
    "mvexpand": { .mvExpand($0.parseMvExpand($1)) },
    "order": { .sort($0.parseSort($1)) },
    "parse": { .parse($0.parseParse($1)) },
    "parse-kv": { .parseKV($0.parseParseKV($1)) },
    "parse-where": { .parse($0.parseParse($1)) },
    "partition": { .partition($0.parsePartition($1)) },
    "project": { .project($0.parseProject($1)) },
    "project-away": { .projectAway($0.parseProjectAway($1)) },
    "project-by-names": { .projectByNames($0.parseProjectByNames($1)) },
    "project-keep": { .projectKeep($0.parseProjectKeep($1)) },
    "project-rename": { .projectRename($0.parseProjectRename($1)) },
    "project-reorder": { .projectReorder($0.parseProjectReorder($1)) },
    "reduce": { .reduce($0.parseReduce($1)) },
    "render": { .render($0.parseRender($1)) },
    "sample": { .sample($0.parseSample($1)) },
    "sample-distinct": { .sampleDistinct($0.parseSampleDistinct($1)) },
    "scan": { .scan($0.parseScan($1)) },
    "search": { .search($0.parseSearch($1)) },
    "serialize": { .serialize($0.parseSerialize($1)) },
    "sort": { .sort($0.parseSort($1)) },
    "summarize": { .summarize($0.parseSummarize($1)) },
    "take": { .take($0.parseTake($1)) },
    "top": { .top($0.parseTop($1)) },
    "top-hitters": { .topHitters($0.parseTopHitters($1)) },
    "top-nested": { .topNested($0.parseTopNested($1)) },
    "union": { .union($0.parseUnion($1)) },
    "where": { .where($0.parseWhere($1)) },
  ]
}
