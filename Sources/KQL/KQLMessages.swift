import Diagnostics

/// The wording of every message of the KQL front end, in alphabetical order.
enum KQLMessages {
  static func assignmentAsStatement(_ word: String, value: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "a KQL query doesn't begin with `\(word)=`", at: span,
      suggestions: [
        .init("begin with a table, as in `T | where \(word) == \(value)`"),
        .init("or assign with `let \(word) = …;`"),
        .init(
          "a search such as `index=main sourcetype=x` is SPL, which is read with \(Remedy.language("spl"))"),
      ])
  }

  static func badEscape(_ text: String, at span: SourceSpan, literalStart: Int) -> Diagnostic {
    .error(
      "bad-escape", "`\(text)` is no escape sequence", at: span,
      suggestions: [
        .init(
          "double the backslash, or put `@` in front of the string so that backslashes are ordinary",
          replacing: .at(literalStart), with: "@")
      ])
  }

  static func badNumber(_ text: String, unit: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "bad-literal", "`\(text)` is no number", at: span,
      notes: ["a number may have a unit of time: `d`, `h`, `m`, `s`, `ms`, `microsecond`, `tick`"])
  }

  static func badTypedLiteral(_ type: String, content: String, at span: SourceSpan) -> Diagnostic {
    let conversion = "to\(Self.conversionNames[type] ?? type)(…)"
    return .error(
      "bad-literal", "`\(content)` is no value of type `\(type)`", at: span,
      notes: ["`\(type)(…)` is a literal, not a function"],
      suggestions: [.init("to convert a column, use `\(conversion)`")])
  }

  static func bareGuid(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "bare-guid", "a guid must be written `guid(…)`", at: span,
      suggestions: [.init("write `guid(\(text))`", replacing: span, with: "guid(\(text))")])
  }

  static func betweenWithoutDots(found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `..` between the bounds, found \(found)", at: span,
      suggestions: [.init("write `x between (low .. high)`", replacing: span, with: "..")])
  }

  static func capitalOperator(_ word: String, meant: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-operator", "KQL has no operator `\(word)`", at: span,
      suggestions: [.init("write `\(meant)`", replacing: span, with: meant)])
  }

  static func cellNotLiteral(at span: SourceSpan) -> Diagnostic {
    .error(
      "cell-not-literal", "a cell of `datatable` must be a literal", at: span,
      suggestions: [.init("compute the value with `extend` behind the table")])
  }

  static func chainedComparison(_ op: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "chained-comparison", "comparisons can't be chained with `\(op)`", at: span,
      suggestions: [.init("join two comparisons with `and`, or use parentheses")])
  }

  static func commaInWhere(at span: SourceSpan) -> Diagnostic {
    .error(
      "unexpected-token", "`where` takes one predicate, found `,`", at: span,
      suggestions: [.init("join predicates with `and`", replacing: span, with: " and")])
  }

  static func decimalInDynamic(at span: SourceSpan) -> Diagnostic {
    .error("bad-dynamic", "`dynamic(…)` can't hold a decimal", at: span)
  }

  static func emptyList(_ op: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "empty-list", "`\(op)` has nothing in its list", at: span,
      suggestions: [.init("name at least one value")])
  }

  static func emptyQuery(at span: SourceSpan) -> Diagnostic {
    .error(
      "empty-query", "the query is empty", at: span,
      suggestions: [.init("begin with a table, as in `AWSCloudTrail | take 10`")])
  }

  static func emptyStage(at span: SourceSpan) -> Diagnostic {
    .error("expected-token", "expected an operator after `|`, found another `|`", at: span)
  }

  static func emptyStatement(at span: SourceSpan) -> Diagnostic {
    .refusal(
      "empty-statement", "there is nothing between two `;`", at: span,
      suggestions: [.init("leave one out", replacing: span, with: ";")])
  }

  static func expected(_ what: String, after context: String, found: String, at span: SourceSpan)
    -> Diagnostic
  {
    let quoted = context.isEmpty || context.contains(" ") ? context : "`\(context)`"
    let place = quoted.isEmpty ? "" : " after \(quoted)"
    return .error("expected-token", "expected \(what)\(place), found \(found)", at: span)
  }

  static func foreignLogical(_ mark: KQLPunctuation, at span: SourceSpan) -> Diagnostic {
    let word = mark == .ampersands ? "and" : "or"
    return .error(
      "not-kql", "`\(mark.rawValue)` is no operator of KQL", at: span,
      suggestions: [.init("use `\(word)`", replacing: span, with: word)])
  }

  static func functionDefinition(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `=` after the name, found `(`", at: span,
      suggestions: [.init("write a function as `let \(name) = (x:string) { … }`")])
  }

  static func isNull(at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`is` is no operator of KQL", at: span,
      suggestions: [.init("use `isnull(x)` or `isnotnull(x)`, and `isempty(x)` for strings")])
  }

  static func joinWithoutOn(_ operatorName: String, found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `on` and the columns that must match, found \(found)", at: span,
      suggestions: [
        .init("write `\(operatorName) kind=inner (T) on Column` or `on $left.A == $right.B`")
      ])
  }

  static func listWithoutParentheses(_ op: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `(` after `\(op)`", at: span,
      suggestions: [.init("write `x \(op) (a, b)`, also for one array: `x \(op) (list)`")])
  }

  static func longOutOfRange(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "literal-out-of-range", "`\(text)` doesn't fit a long", at: span,
      notes: ["a long lies between -9223372036854775807 and 9223372036854775807"],
      suggestions: [.init("write `real(\(text))` or `decimal(\(text))` for a larger number")])
  }

  static func managementCommand(at span: SourceSpan) -> Diagnostic {
    .error(
      "management-command", "management commands are not queries", at: span,
      notes: ["a statement that begins with `.` changes or lists what a database holds"])
  }

  static func missingPipe(before word: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "missing-pipe", "missing `|` before `\(word)`", at: span,
      suggestions: [.init("write `| \(word)`", replacing: .at(span.lowerBound), with: "| ")])
  }

  static func missingSemicolon(after what: String, at span: SourceSpan) -> Diagnostic {
    let end = SourceSpan.at(span.upperBound)
    return .error(
      "missing-semicolon", "missing `;` after `\(what)`", at: end,
      suggestions: [.init("end the statement with `;`", replacing: end, with: ";")])
  }

  static func negatedOperator(_ op: String, at span: SourceSpan) -> Diagnostic {
    let negatable = KQLLexer.negatableOperators.union(["in~"]).subtracting(["has_any", "has_all", "like"])
    let advice: Diagnostic.Suggestion =
      negatable.contains(op)
      ? .init("use `!\(op)`", replacing: span, with: "!\(op)") : .init("use `not(x \(op) (…))`")
    let written = negatable.contains(op) ? "not \(op)" : "!\(op)"
    return .error("not-kql", "`\(written)` is no operator of KQL", at: span, suggestions: [advice])
  }

  static func negation(_ mark: String, operand: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`\(mark)` is no operator of KQL", at: span,
      suggestions: [.init("use the function `not(…)`", replacing: span, with: "not(\(operand))")])
  }

  static func notDynamic(found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "bad-dynamic", "expected a JSON value in `dynamic(…)`, found \(found)", at: span,
      notes: ["`dynamic(…)` is a literal: it holds no columns and no expressions"],
      suggestions: [.init("use `pack_array(…)`, `bag_pack(…)` or `todynamic(…)` for computed values")])
  }

  static func otherComment(_ mark: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`\(mark)` begins no comment in KQL", at: span,
      suggestions: [.init("begin each line of a comment with `//`")])
  }

  static func reservedName(_ name: String, at span: SourceSpan) -> Diagnostic {
    .refusal(
      "reserved-name", "`\(name)` is a keyword of KQL, and no name by itself", at: span,
      suggestions: [.init("write `['\(name)']`", replacing: span, with: "['\(name)']")])
  }

  static func severalQueries(lines: [Int], second: SourceSpan) -> Diagnostic {
    let places = lines.count > 12 ? lines.prefix(12).map(String.init) + ["…"] : lines.map(String.init)
    return .error(
      "several-queries", "this text holds \(lines.count) queries, at lines \(places.joined(separator: ", "))",
      at: second, label: "the second begins here",
      suggestions: [
        .init("end each with `;`: then all run, and each gives its result"),
        .init("or keep each query in a file of its own"),
      ])
  }

  static func singleEquals(at span: SourceSpan) -> Diagnostic {
    .error(
      "single-equals", "`=` assigns; a comparison is written `==`", at: span,
      suggestions: [.init("use `==`, or `=~` to ignore case", replacing: span, with: "==")])
  }

  static func sortWithoutBy(found: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "expected-token", "expected `by`, found \(found)", at: span,
      suggestions: [.init("write `sort by Column desc`")])
  }

  static func sqlStatement(at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`select` is SQL", at: span,
      suggestions: [.init("write `Table | where … | project …`")])
  }

  static func stringAddition(left: String, right: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "string-addition", "`+` doesn't join strings", at: span,
      suggestions: [.init("use `strcat(\(left), \(right))`")])
  }

  static func timespanOutOfRange(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error("literal-out-of-range", "`\(text)` doesn't fit a timespan", at: span)
  }

  static func tooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "too-deep", "the query is nested too deeply", at: span,
      notes: ["expressions and subqueries may nest \(limit) levels"],
      suggestions: [.init("name a part with `let`")])
  }

  static func topBySeveral(at span: SourceSpan) -> Diagnostic {
    .refusal(
      "top-by-several", "`top` orders by one expression", at: span,
      suggestions: [.init("sort by several: `| sort by a, b | take 5`")])
  }

  static func typographicQuotes(_ value: String, at span: SourceSpan) -> Diagnostic {
    let quoted = KQLSourcePrinter.quoted(value)
    return .error(
      "unexpected-character", "typographic quotation marks make no string", at: span,
      suggestions: [.init("write `\(quoted)`", replacing: span, with: quoted)])
  }

  static func unclosedBracket(
    expected: KQLPunctuation, found: String, at span: SourceSpan, opening: SourceSpan
  ) -> Diagnostic {
    .error(
      "unclosed-bracket", "expected `\(expected.rawValue)`, found \(found)", at: span,
      secondary: [.init(opening, "opened here")])
  }

  static func unclosedLiteral(_ type: String, at span: SourceSpan) -> Diagnostic {
    .error("unclosed-literal", "`\(type)(` has no `)`", at: span)
  }

  static func unclosedMultilineString(_ fence: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unclosed-string", "the string has no end", at: span,
      suggestions: [.init("close it with three of the marks that opened it")])
  }

  static func unclosedString(quote: Character, at span: SourceSpan) -> Diagnostic {
    .error(
      "unclosed-string", "the string has no closing `\(quote)`", at: span,
      notes: ["a string ends on the line that it begins on"],
      suggestions: [
        .init("close it with `\(quote)`", replacing: .at(span.upperBound), with: String(quote))
      ])
  }

  static func unexpectedCharacter(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unexpected-character", "unexpected `\(text.prefix(20))`", at: span,
      suggestions: text.utf8.allSatisfy { $0 < 0x80 } ? [] : [.init("write such a name as `['…']`")])
  }

  static func unknownChart(_ name: String, at span: SourceSpan) -> Diagnostic {
    var diagnostic = Diagnostic.refusal(
      "unknown-chart", "`render` knows no chart `\(name)`", at: span,
      notes: [Advice("known: " + RenderSyntax.charts.map { "`\($0)`" }.joined(separator: ", "))])
    diagnostic.suggestions = NearestNames.of(name, among: RenderSyntax.charts).prefix(1).map {
      .init("did you mean `\($0)`?", replacing: span, with: $0)
    }
    return diagnostic
  }

  static func unknownDirection(_ word: String, meant: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "not-kql", "`\(word)` is no direction of `sort`", at: span,
      suggestions: [.init("use `\(meant)`", replacing: span, with: meant)])
  }

  static func unknownOperator(_ word: String, at span: SourceSpan) -> Diagnostic {
    let lowered = word.lowercased()
    let nearest = NearestNames.of(word, among: KQLOperatorTable.stageNames)
    if nearest.first?.lowercased() == lowered, let name = nearest.first {
      return .error(
        "unknown-operator", "no operator named `\(word)`", at: span, notes: ["operators are lower case"],
        suggestions: [.init("use `\(name)`", replacing: span, with: name)])
    }
    if let foreign = ForeignWord.table[lowered] {
      return .error(
        "unknown-operator", "`\(word)` is \(foreign.language), not KQL", at: span,
        suggestions: [
          .init(
            Advice(foreign.advice), replacing: foreign.replacement.map { _ in span },
            with: foreign.replacement ?? "")
        ])
    }
    let british = lowered == "summarise" ? ["summarize"] : nearest
    return .error(
      "unknown-operator", "no operator named `\(word)`", at: span,
      suggestions: british.map { .init("the nearest is `\($0)`", replacing: span, with: $0) })
  }

  static func unknownType(_ word: String, at span: SourceSpan) -> Diagnostic {
    let nearest = NearestNames.of(word, among: TypeNameSyntax.dataTypes.keys)
    return .error(
      "unknown-type", "no type named `\(word)`", at: span,
      notes: ["types: bool, int, long, real, decimal, datetime, timespan, guid, string, dynamic"],
      suggestions: nearest.map { .init("the nearest is `\($0)`", replacing: span, with: $0) })
  }

  static func unsupportedOperator(_ word: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported-operator", "Trawl doesn't run the operator `\(word)`", at: span)
  }

  private static let conversionNames = [
    "int32": "int", "int64": "long", "double": "real", "date": "datetime", "time": "timespan", "uuid": "guid",
    "uniqueid": "guid",
  ]
}
