import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ node: ParseKVSyntax, on input: Relation) -> Relation? {
    guard let declared = fields(of: node.columns), let value = lower(node.value, in: RowScope(input.columns)),
      let rule = keyValueRule(node)
    else { return nil }
    let parser = KeyValueText(rule: rule, keys: declared.map(\.name))
    let text = Coercion.cast(value, to: .string, language: .kql)
    let made = declared.map { field in
      NamedExpression(
        name: field.name, isExplicit: true,
        expression: .call(
          FunctionCall(
            function: parser.column(field.name, type: field.type), arguments: [text], type: field.type,
            language: .kql)), span: node.span)
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
    guard let pair = texts["pair_delimiter"], let keyValue = texts["kv_delimiter"], !keyValue.isEmpty else {
      return .undelimited
    }
    // A quote is one character, or an opening and a closing one.
    let marks = Array(texts["quote"] ?? "")
    let quotes = marks.first.map { [(open: $0, close: marks.last ?? $0)] } ?? []
    return .delimited(
      pair: pair, keyValue: keyValue, quotes: quotes, escape: texts["escape"]?.first, greedy: greedy)
  }
}
