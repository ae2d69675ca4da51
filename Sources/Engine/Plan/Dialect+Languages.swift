extension Dialect {
  package static let kql = Dialect(
    language: .kql, missingText: .empty, texts: .typed, lists: .array, elements: .typed,
    conversions: .written, emptyTotalIsNull: false, listsNullsOfJSON: true, ordersTextsAsNumbers: false,
    varianceDecimals: 10)

  package static let spl = Dialect(
    language: .spl, missingText: .null, texts: .plain, lists: .multivalue, elements: .texts,
    conversions: .implied, emptyTotalIsNull: true, listsNullsOfJSON: false, ordersTextsAsNumbers: true)

  /// The rules of what no query wrote: reports, and conditions that Trawl puts into a plan itself.
  package static let own = kql
}
