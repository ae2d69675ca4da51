package import Diagnostics
import Engine

/// `parse kind=regex flags=i x with * "a=" A:long " b=" B`, and `parse-where`, which drops what doesn't fit.
package struct ParseSyntax: Hashable, Sendable {
  package enum Element: Hashable, Sendable {
    case text(StringLiteralSyntax)
    case column(NameSyntax, type: TypeNameSyntax?)
    case star(SourceSpan)
  }

  package var dropsFailures: Bool
  /// `kind=` and `flags=`.
  package var options: [OptionSyntax]
  package var value: ExpressionSyntax
  package var pattern: [Element]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["parse"],
    syntax: #"T | parse [kind=simple|relaxed|regex] [flags=FLAGS] TEXT with [*] "text" NAME[:TYPE] …"#,
    summary: "Takes columns out of a text that has a fixed shape.",
    notes: [
      "A text of another shape gives empty columns; `parse-where` drops such rows."
    ],
    examples: [
      .kqlQuery(
        #"print s = "user=ann role=admin" | parse s with "user=" user " role=" role"#,
        gives: #""admin""#)
    ],
    stage: { .parse($0.parseParse($1)) })

  static let whereRecord = KQLOperatorRecord(
    ["parse-where"],
    syntax: #"T | parse-where [kind=simple|relaxed|regex] [flags=FLAGS] TEXT with [*] "text" NAME[:TYPE] …"#,
    summary: "Takes columns out of a text and drops the rows whose text has another shape.",
    notes: [
      "With `kind=relaxed` a value of another type is null and its row stays, as in `parse`. Kusto takes it, and its "
        + "documentation names the other two kinds alone."
    ],
    examples: [
      .kqlQuery(
        #"datatable(s:string)["n=1", "other"] | parse-where s with "n=" n:long"#,
        gives: "1")
    ],
    stage: { .parse($0.parseParse($1)) })
}

extension KQLParser {
  func parseParse(_ start: SourceSpan) -> ParseSyntax {
    let dropsFailures = source[start] != "parse"
    let options = self.options(["kind", "flags"])
    let value = withoutAssignAsEqual { $0.expression() }
    let pattern = expect("with", after: "the text to parse") ? parsePattern() : []
    return ParseSyntax(
      dropsFailures: dropsFailures, options: options, value: value, pattern: pattern, span: span(from: start))
  }

  private func parsePattern() -> [ParseSyntax.Element] {
    var elements: [ParseSyntax.Element] = []
    while true {
      if let star = take(.star) {
        elements.append(.star(star))
      } else if case .string(let first) = current.kind {
        cursor.advance()
        elements.append(.text(stringLiteral(first).string ?? first))
      } else if atName() {
        let name = self.name(as: .newColumn)
        let type = take(.colon) != nil ? typeName() : nil
        elements.append(.column(name, type: type))
      } else {
        break
      }
    }
    if elements.isEmpty { reportExpected("a string, a column or `*`", after: "with") }
    return elements
  }
}

extension KQLLowering {
  func lower(_ node: ParseSyntax, on input: Relation) -> Relation? {
    guard let (pattern, columns) = parsePattern(node),
      let value = lower(node.value, in: RowScope(input.columns))
    else { return nil }
    let text = Coercion.cast(value, to: .string, dialect: .kql)
    func call(_ function: ScalarFunction, _ more: [Expression], _ type: DataType) -> Expression {
      .call(
        FunctionCall(
          function: function, arguments: [text, pattern.literal] + more, type: type, dialect: .kql))
    }
    var relation = input
    if node.dropsFailures {
      relation = input.with(
        .filter(
          Filter(
            input: input.plan, predicate: call(ParseFunctions.test, [], .bool), origin: origin(node.span))))
    }
    let made = columns.enumerated().map { index, column in
      NamedExpression(
        name: column.name.text, isExplicit: true,
        expression: call(ParseFunctions.column, [.literal(.long(Int64(index)), .long)], column.type),
        span: column.name.span)
    }
    return extend(relation, with: made, at: node.span)
  }

  private func parsePattern(_ node: ParseSyntax) -> (ParsePattern, [(name: NameSyntax, type: DataType)])? {
    let word = node.options[named: "kind"]?.word ?? "simple"
    guard let kind = ParsePattern.Kind(rawValue: word) else {
      return fail(
        KQLMessages.unknownKind(
          word, of: node.dropsFailures ? "parse-where" : "parse",
          known: ParsePattern.Kind.allCases.map(\.rawValue),
          at: node.options[named: "kind"]?.span ?? node.span))
    }
    var elements: [ParsePattern.Element] = []
    var columns: [(name: NameSyntax, type: DataType)] = []
    for element in node.pattern {
      if case .capture(.string)? = elements.last {
        switch element {
        case .text: break
        case .star(let span): return fail(KQLMessages.parseAfterText("`*`", at: span))
        case .column(let name, _):
          return fail(KQLMessages.parseAfterText("the column `\(name.text)`", at: name.span))
        }
      }
      switch element {
      case .text(let literal): elements.append(.text(literal.value))
      case .star: elements.append(.star)
      case .column(let name, let typeName):
        guard let type = typeName.map({ $0.dataType }) ?? .string else {
          return fail(KQLMessages.unknownType(typeName?.text ?? "", at: typeName?.span ?? name.span))
        }
        if columns.contains(where: { $0.name.text == name.text }) {
          return fail(KQLMessages.duplicateColumn(name.text, at: name.span))
        }
        elements.append(.capture(type))
        columns.append((name, type))
      }
    }
    let flags = node.options[named: "flags"]?.word ?? ""
    do throws(RegexSyntaxError) {
      return (try ParsePattern(elements, kind: kind, flags: flags), columns)
    } catch {
      return fail(KQLMessages.parsePattern(error, in: node))
    }
  }
}
