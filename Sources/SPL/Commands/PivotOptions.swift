/// The options that `chart` and `timechart` share, with what holds where nothing is said.
package struct PivotOptions: Hashable, Sendable {
  package let options: CommandOptions

  init(_ options: CommandOptions) { self.options = options }

  /// How many columns the split field may have, by total; 0 is all. `top5` and `bottom5` are read too.
  package var limit: Int {
    guard let text = options.text("limit") else { return 10 }
    return Int(text.drop { !$0.isNumber }) ?? 10
  }
  package var keepsSmallest: Bool { options.text("limit")?.lowercased().hasPrefix("bottom") ?? false }
  package var useOther: Bool { options.boolean("useother") ?? true }
  package var otherName: String { options.text("otherstr") ?? "OTHER" }
  package var useNull: Bool { options.boolean("usenull") ?? true }
  package var nullName: String { options.text("nullstr") ?? "NULL" }
  package var isContinuous: Bool { options.boolean("cont") ?? true }

  /// SPL that Trawl does not run: refused by name, as another table would come of it.
  static let unsupported = [
    "agg", "aligntime", "dedup_splitvals", "end", "format", "minspan", "sep", "start",
  ]

  static let rules: [String: OptionKind] = [
    "agg": .text, "aligntime": .text, "bins": .integer, "cont": .boolean, "dedup_splitvals": .boolean,
    "end": .text, "format": .text, "limit": .text, "minspan": .timeSpan, "nullstr": .text,
    "otherstr": .text, "sep": .text, "span": .timeSpan, "start": .text, "usenull": .boolean,
    "useother": .boolean,
  ]
}

extension SPLParser {
  /// `by host where max in top5` is SPL that Trawl does not run.
  mutating func refuseSeriesFilter(_ command: SPLToken) {
    if peek().isKeyword("where") { syntaxError(SPLMessages.unsupportedClause(peek(), of: command)) }
  }
}
