import Diagnostics

/// The options that `chart` and `timechart` share, with what holds where nothing is said.
package struct PivotOptions: Hashable, Sendable {
  package let options: CommandOptions
  /// `where max in top5`, which takes the place of `limit`.
  package var filter: SeriesFilterSyntax?

  init(_ options: CommandOptions, filter: SeriesFilterSyntax?) {
    self.options = options
    self.filter = filter
  }

  /// How many columns the split field may have, by total; 0 is all. `top5` and `bottom5` are read too.
  package var limit: Int {
    guard let text = options.text("limit") else { return 10 }
    return Int(text.drop { !$0.isNumber }) ?? 10
  }
  /// By what of their numbers the columns are ranked for `limit`.
  package var score: SeriesFilterSyntax.Score {
    options.text("agg").flatMap { SeriesFilterSyntax.Score(rawValue: $0.lowercased()) } ?? .sum
  }
  package var keepsSmallest: Bool { options.text("limit")?.lowercased().hasPrefix("bottom") ?? false }
  package var useOther: Bool { options.boolean("useother") ?? true }
  package var otherName: String { options.text("otherstr") ?? "OTHER" }
  package var useNull: Bool { options.boolean("usenull") ?? true }
  package var nullName: String { options.text("nullstr") ?? "NULL" }
  package var isContinuous: Bool { options.boolean("cont") ?? true }

  /// The name of a column of one of several aggregates: `count: alice`, or by `format=$VAL$-$AGG$`.
  func title(aggregate: String, series: String) -> String {
    guard let format = options.text("format") else {
      return aggregate + (options.text("sep") ?? ": ") + series
    }
    return format.split(separator: "$AGG$", omittingEmptySubsequences: false).joined(separator: aggregate)
      .split(separator: "$VAL$", omittingEmptySubsequences: false).joined(separator: series)
  }

  /// SPL that Trawl does not run: refused by name, as another table would come of it.
  static let unsupported = ["dedup_splitvals"]

  static let rules: [String: OptionKind] = [
    "agg": .choice(SeriesFilterSyntax.Score.allCases.map(\.rawValue)), "aligntime": .text, "bins": .integer,
    "cont": .boolean, "dedup_splitvals": .boolean,
    "end": .number, "format": .text, "limit": .text, "minspan": .timeSpan, "nullstr": .text,
    "otherstr": .text, "sep": .text, "span": .binSpan, "start": .number, "usenull": .boolean,
    "useother": .boolean,
  ]
}

/// Which columns of a chart are kept: `where max in top5`, `where sum > 100`.
package struct SeriesFilterSyntax: Hashable, Sendable {
  /// What is worked out of each column's numbers.
  package enum Score: String, Hashable, Sendable, CaseIterable {
    case avg, count, max, min, sum
  }

  package enum Test: Hashable, Sendable {
    case above(Double)
    case below(Double)
    /// `in top5`, `notin bottom3`.
    case rank(Int, fromTop: Bool, isKept: Bool)
  }

  package let score: Score
  package let test: Test
}

extension SPLParser {
  /// Reads `where max in top5` behind a split field.
  mutating func parseSeriesFilter(_ command: SPLToken) -> SeriesFilterSyntax? {
    guard let keyword = takeKeyword("where") else { return nil }
    let name = peek()
    guard let score = SeriesFilterSyntax.Score(rawValue: name.text.lowercased()) else {
      syntaxError(SPLMessages.badSeriesFilter(at: keyword.span))
      return nil
    }
    take()
    let sign = take()
    guard let value = parseText() else {
      syntaxError(SPLMessages.badSeriesFilter(at: keyword.span))
      return nil
    }
    let text = value.value.lowercased()
    let letters = text.prefix { $0.isLetter }
    switch (sign.text.lowercased(), Double(text), letters, Int(text.dropFirst(letters.count))) {
    case (">", let number?, _, _): return SeriesFilterSyntax(score: score, test: .above(number))
    case ("<", let number?, _, _): return SeriesFilterSyntax(score: score, test: .below(number))
    case ("in", _, "top", let count?), ("in", _, "bottom", let count?):
      return SeriesFilterSyntax(score: score, test: .rank(count, fromTop: letters == "top", isKept: true))
    case ("notin", _, "top", let count?), ("notin", _, "bottom", let count?):
      return SeriesFilterSyntax(score: score, test: .rank(count, fromTop: letters == "top", isKept: false))
    default:
      syntaxError(SPLMessages.badSeriesFilter(at: keyword.span))
      return nil
    }
  }
}

extension SPLMessages {
  static func badSeriesFilter(at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-series-filter", "this `where` does not say which columns are kept", at: span,
      notes: [
        "it takes one of `avg`, `count`, `max`, `min`, `sum`, then `in top5`, `notin bottom5`, `> 5` or `< 5`"
      ],
      suggestions: [.init("`where sum in top5`"), .init("`| where …` behind a pipe filters rows")])
  }
}
