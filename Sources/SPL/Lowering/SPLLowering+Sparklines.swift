import Diagnostics
import Engine

/// `sparkline(avg(size), 1h)`: an aggregate for each span of time, as one list.
extension SPLLowering {
  /// So many spans have room in a cell.
  private static let usualSpans = 50

  /// The same aggregate, span by span.
  func sparkline(
    _ item: Aggregate.Item, _ syntax: SparklineSyntax, name: String, in relation: inout Relation,
    at span: SourceSpan
  ) -> Aggregate.Item? {
    guard let time = column("_time", in: &relation) else {
      return fail(SPLMessages.needsTime("sparkline", at: syntax.span))
    }
    let range = searchRange(over: relation, at: span)
    let moments = extremes(of: plain(time.reference), in: &relation, at: span)
    let first = range.earliest ?? moments.flatMap { Ticks.fromUnix(seconds: $0.lowerBound) } ?? 0
    let last = range.latest.map { $0 - 1 } ?? moments.flatMap { Ticks.fromUnix(seconds: $0.upperBound) } ?? 0
    guard let step = step(syntax, from: first, to: last) else { return nil }
    guard case .ticks(let width) = step.width, width > 0 else {
      return fail(SPLMessages.unevenSparkline(at: syntax.timeSpan?.span ?? syntax.span))
    }
    let begin = step.floor(first)
    let spans = last < begin ? 0 : (last - begin) / width + 1
    if spans > Int64(SparklineAggregates.mostSpans) {
      return fail(SPLMessages.tooManySpans(Int(spans), at: syntax.timeSpan?.span ?? syntax.span))
    }
    let call = item.call
    let moment =
      time.type == .datetime
      ? time.reference : self.call(SPLRowFunctions.moment, [time.reference], as: .datetime)
    let arguments: [Expression] =
      [
        literal(call.function.name(in: .spl)), moment, .literal(.long(begin), .long),
        .literal(.long(width), .long), .literal(.long(spans), .long),
      ] + call.arguments
    return self.item(SparklineAggregates.sparkline, arguments, name: name, at: span)
  }

  private func step(_ syntax: SparklineSyntax, from first: Int64, to last: Int64) -> TimeStep? {
    if let wanted = syntax.timeSpan {
      return step(wanted) ?? fail(SPLMessages.badSpan(wanted.text, at: wanted.span))
    }
    let seconds = Double(max(0, last - first)) / Double(Ticks.perSecond)
    let usual = TimeStep.dividing(seconds, into: SPLLowering.usualSpans)
    if case .ticks = usual.width { return usual }
    let days = (seconds / 86_400 / Double(SPLLowering.usualSpans)).rounded(.up)
    return TimeStep(.ticks(Int64(min(days, 1e5)) * Ticks.perDay))
  }
}

extension SPLMessages {
  static func unevenSparkline(at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-span", "the spans of a `sparkline` are of one length, which months are not", at: span,
      suggestions: [.init("`30d`")])
  }

  static func sparklineOfSparkline(at span: SourceSpan) -> Diagnostic {
    .error("sparkline-argument", "a `sparkline` is of an aggregate such as `count` or `avg(field)`", at: span)
  }
}
