import Diagnostics

/// The wording of messages about queries put together as in other languages, in alphabetical order.
extension KQLMessages {
  static func aggregateBehindBy(at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "an aggregate stands before `by`", at: span,
      suggestions: [.init("write `summarize count() by Column`")])
  }

  static func asBehindValue(at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "a value gets its name before it, not by `as`", at: span,
      suggestions: [
        .init("write `Name = value`, as in `project Name = EventName`"),
        .init("an operator `as` that names the whole table stands behind a pipe: `| as Name`"),
      ])
  }

  static func betweenWithoutParentheses(found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `(` after `between`, found \(found)", at: span,
      suggestions: [.init("write `x between (low .. high)`")])
  }

  static func brokenTimespan(_ number: String, unit: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "a number and its unit of time are one word", at: span,
      suggestions: [.init("write `\(number)\(unit)`", replacing: span, with: number + unit)])
  }

  static func byAlone(at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "`by` can't stand here", at: span,
      suggestions: [.init("group with `summarize`: `| summarize count() by Column`")])
  }

  static func columnOutsideAggregate(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "column-outside-aggregate", "`\(name)` stands outside an aggregate: a group has many values of it",
      at: span,
      suggestions: [
        .init("group by it: `summarize … by \(name)`"),
        .init("or choose among its values: `take_any(\(name))`, `max(\(name))`, `make_set(\(name))`"),
      ])
  }

  static func groupBy(at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`group by` is SQL", at: span,
      suggestions: [.init("write `summarize count() by Column`", replacing: span, with: "by")])
  }

  static func listHere(at span: SourceSpan, opening: SourceSpan) -> Diagnostic {
    .error(
      "list-here", "one value is expected in these parentheses, found `,`", at: span,
      secondary: [.init(opening, "opened here")],
      suggestions: [.init("a list stands behind `in`, `in~`, `has_any` or `has_all`: `x has_any (a, b)`")])
  }

  /// - Parameter beginsText: only SPL has texts that begin with `|`.
  static func pipeWithoutTable(beginsText: Bool, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected a table before `|`", at: span,
      notes: beginsText
        ? ["a search of SPL, which may begin so, is read with \(Remedy.language("spl"))"] : [],
      suggestions: [.init("begin with a table, as in `AWSCloudTrail | take 10`")])
  }

  static func topWithoutBy(found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `by` after the number of rows, found \(found)", at: span,
      suggestions: [.init("write `top 10 by Column`; without an order, `take 10`")])
  }

  static func tripleEquals(_ text: String, meant: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`\(text)` is no operator of KQL", at: span,
      suggestions: [.init("use `\(meant)`", replacing: span, with: meant)])
  }
}
