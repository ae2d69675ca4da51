/// Vectors that don't give the printed table, each with its reason.
enum KnownDifferences {
  /// The page prints what its own query cannot give, or what the language leaves open.
  static let pageErrors: [String: String] = [
    "base64-decode-toguid-function-01":
      "two of the three byte groups of the GUID are swapped, the third is not",
    "binary-all-xor-aggregation-function-01":
      "the column is called `result` in the query, `results` in the table",
    "covariance-aggregation-function-01":
      "the language's own binder names the column by the first argument alone",
    "covarianceif-aggregation-function-01":
      "the language's own binder names the column by the first argument alone",
    "covariancep-aggregation-function-01":
      "the language's own binder names the column by the first argument alone",
    "covariancepif-aggregation-function-01":
      "the language's own binder names the column by the first argument alone",
    "join-innerunique-03": "which of two equal keys stays is left open: here always the first",
    "join-innerunique-04": "which of two equal keys stays is left open: here always the first",
    "join-rightanti-01": "the right table's column is `Value2`, printed as `Value1`",
    "let-statement-05": "`count` names its column `Count`, printed as `result`",
    "max-of-function-02": "an unnamed expression is `Column1`, printed as `result`",
    "mv-apply-operator-04": "the column is called `Val` in the query, `Val1` in the table",
    "parse-url-function-01":
      "prints JSON that is none and a path without its slash; other pages print the path with it",
    "parse-where-operator-01": "the column is misspelt in the query and not in the table",
    "series-cos-function-01": "prints the argument of another example",
    "series-fill-linear-function-01":
      "one cell of integers was filled by hand: 74 and 38 stand for 73 and 36",
    "series-product-function-01": "the column is called `arr` in the query, `s1` in the table",
    "series-sin-function-01": "prints the argument of another example",
    "toguid-function-01": "the text of a cell differs from that of the query",
    "variancep-aggregation-function-01":
      "`variancep` names its column `variancep_x`, printed as `variance_x`",
  ]

  /// What Trawl does not do, or does in its own way, by the beginning of the vector's name.
  static let choices: [String: String] = [
    "all-graph-": graphs, "any-graph-": graphs, "graph-": graphs, "inner-nodes-": graphs,
    "make-graph-": graphs,
    "map-graph-": graphs, "node-degree-": graphs, "tutorials.your-first-graph": graphs,
    "geo": "shapes on the globe are not computed, save distances and circles",
    "hash-combine-function": "how the service mixes hashes is not published",
    "pattern-statement": "`declare pattern` is for dashboards",
    "series-periods-detect": "its scores are not defined closely enough to repeat",
    "summarize-operator-05": "the opaque states of nothing are empty arrays here",
    "convert-": "units of measure are of no use for logs",
  ]

  private static let graphs = "graphs are refused by name"

  /// Why a vector may fail; nil where nothing explains it.
  static func reason(for id: String) -> String? {
    pageErrors[id] ?? choices.first { id.hasPrefix($0.key) }?.value
  }
}
