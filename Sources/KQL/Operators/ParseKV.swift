package import Diagnostics
import Engine

/// `parse-kv x as (a:string, b:long) with (pair_delimiter=" ", kv_delimiter="=")`.
package struct ParseKVSyntax: Hashable, Sendable {
  package var value: ExpressionSyntax
  package var columns: [ColumnDeclarationSyntax]
  package var properties: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["parse-kv"],
    syntax: #"T | parse-kv TEXT as (NAME:TYPE, …) [with (pair_delimiter=" ", kv_delimiter="=", "#
      + #"quote='"')]"#,
    summary: "Takes columns out of a text of keys and values.",
    examples: [
      .kqlQuery(
        #"print s = "a=1 b=x" | parse-kv s as (a:long, b:string) with (pair_delimiter=" ", "#
          + #"kv_delimiter="=")"#,
        gives: #""x""#)
    ],
    stage: { .parseKV($0.parseParseKV($1)) })
}

extension KQLParser {
  func parseParseKV(_ start: SourceSpan) -> ParseKVSyntax {
    let value = expression()
    expect("as", after: "the text to parse")
    let columns = columnDeclarations()
    let properties = take("with") != nil ? propertyList() : []
    return ParseKVSyntax(value: value, columns: columns, properties: properties, span: span(from: start))
  }

  /// `(name = value, other.name = value)`.
  func propertyList() -> [OptionSyntax] {
    let opening = currentSpan
    guard expect(.leftParenthesis, after: "with") else { return [] }
    let properties = list(until: .rightParenthesis, allowsTrailingComma: true) { $0.property() }
    close(.rightParenthesis, opening: opening)
    return properties
  }

  /// `name = value`; the name may have dots.
  func property() -> OptionSyntax {
    let start = currentSpan
    var name = self.name("a property")
    while at(.dot), cursor.peek().word != nil {
      cursor.advance()
      let next = self.name()
      name = NameSyntax(name.text + "." + next.text, name.span.union(next.span))
    }
    expect(.assign, after: "the property's name")
    return OptionSyntax(name: name, value: expression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ParseKVSyntax, on input: Relation) -> Relation? {
    guard let declared = fields(of: node.columns), let value = lower(node.value, in: RowScope(input.columns)),
      let rule = keyValueRule(node)
    else { return nil }
    let reader = KeyValueText(rule: rule, keys: declared.map(\.name)).literal
    let text = Coercion.cast(value, to: .string, dialect: .kql)
    let made = declared.map { field in
      NamedExpression(
        name: field.name, isExplicit: true,
        expression: .call(
          FunctionCall(
            function: ParseFunctions.keyValue,
            arguments: [
              text, reader, .literal(.string(field.name), .string),
              .literal(.string(field.type.rawValue), .string),
            ], type: field.type, dialect: .kql)), span: node.span)
    }
    return extend(input, with: made, at: node.span)
  }

  private func keyValueRule(_ node: ParseKVSyntax) -> KeyValueText.Rule? {
    var texts: [String: String] = [:]
    var greedy = false
    for property in node.properties {
      if property.name.text == "greedy" {
        greedy = property.word?.lowercased() == "true"
      } else if let value = lowerConstant(property.value) {
        texts[property.name.text] = value.kqlText
      } else {
        return nil
      }
    }
    if let pattern = texts["regex"] {
      do throws(RegexSyntaxError) {
        let expression = try RegularExpression(pattern)
        guard expression.captureCount >= 2 else {
          return fail(KQLMessages.keyValueGroups(at: node.span))
        }
        return .regex(expression)
      } catch {
        let property = node.properties[named: "regex"]
        var span = property?.span ?? node.span
        if case .literal(let literal)? = property?.value, let string = literal.string {
          span = string.sourceSpan(forValueRange: error.range)
        }
        return fail(KQLMessages.badRegex(error, at: span))
      }
    }
    // A quote is one character, or an opening and a closing one.
    let marks = Array(texts["quote"] ?? "")
    let quotes = marks.first.map { [(open: $0, close: marks.last ?? $0)] } ?? []
    guard let pair = texts["pair_delimiter"], let keyValue = texts["kv_delimiter"], !keyValue.isEmpty else {
      return .undelimited(quotes: quotes)
    }
    return .delimited(
      pair: pair, keyValue: keyValue, quotes: quotes, escape: texts["escape"]?.first, greedy: greedy)
  }
}
