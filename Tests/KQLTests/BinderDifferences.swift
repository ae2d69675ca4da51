/// Where Trawl and the language's own binder do not agree on purpose.
struct BinderDifferences {
  enum Side {
    /// Trawl refuses what the binder takes.
    case refusedHere
    /// Trawl takes what the binder refuses.
    case takenHere
    /// Both take it, and the columns differ.
    case columns
  }

  var reason: String
  var side: Side
  /// One of these is part of the query.
  var parts: [String]

  func covers(_ query: String, _ side: Side) -> Bool {
    self.side == side && parts.contains { query.contains($0) }
  }

  static func reason(for query: String, _ side: Side) -> String? {
    all.first { $0.covers(query, side) }?.reason
  }

  private static let aggregatesWithConstants = [
    "dcount(", "dcountif(", "hll(", "hll_if(", "make_list(", "make_list_if(", "make_set(", "make_set_if(",
    "make_bag(",
    "make_bag_if(", "percentile(", "percentiles(", "percentiles_array(", "percentilew(", "percentilesw(",
    "percentilesw_array(", "tdigest(", "row_number(", "parse_command_line(", "extract_all(", "T | take ",
  ]

  static let all: [BinderDifferences] = [
    .init(
      reason: "branches of several types are dynamic to the binder, and refused by the engine",
      side: .refusedHere,
      parts: ["iff(", "iif(", "case("]),
    .init(
      reason: "values of two kinds are never equal, which is said before the run", side: .refusedHere,
      parts: [" == ", " != ", " in ("]),
    .init(
      reason: "an accuracy, a size or a percentage is a constant", side: .refusedHere,
      parts: aggregatesWithConstants),
    .init(
      reason: "the binder takes times for numbers, which no page describes", side: .refusedHere,
      parts: [
        " * t", "t * ", " / t", "t / ", " % t", "t % ", "t + t", "s - t", "s * s", "s % ", "project -",
        "bin(t, t)", "floor(t, t)",
        "bin_at(", "range(", "sum(t)", "sumif(t", "stdev", "variance", "covariance", "binary_all_", "around(",
        "make-series count() on s", "make_datetime(",
      ]),
    .init(
      reason: "a constant pattern, path or format that is wrong is found before the run", side: .refusedHere,
      parts: ["extract_json('a'", "extractjson('a'", "format_datetime(", "format_timespan(", "format_bytes("]),
    .init(
      reason: "options of series functions that no page describes", side: .refusedHere,
      parts: ["series_", "geo_"]),
    .init(
      reason: "rows cannot be matched or ordered by a dynamic value", side: .refusedHere,
      parts: ["top 2 by d", "on d", "top-hitters 2 of d"]),
    .init(
      reason: "an operator's word begins no operand", side: .refusedHere,
      parts: [
        "by = 1", "contains = 1", "has = 1", "in = 1", "where = ", "has = ", "where:", "has:", "where ",
        "has ",
      ]),
    .init(
      reason: "the binder does not look at the arguments of plugins", side: .refusedHere,
      parts: ["evaluate bag_unpack("]),
    .init(
      reason: "the engine refuses it, though the binder does not", side: .refusedHere,
      parts: ["d == d", "d * d", "d + d", "d - d", "d / d", "d % d", "extend p = "]),
  ]
}
