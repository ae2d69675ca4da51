import Diagnostics
import Engine

/// `mvmap` and `mvfilter`: an expression for each value of a field.
extension SPLLowering {
  func lowerEach(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    let isFilter = call.name.lowercased() == "mvfilter"
    let expected = isFilter ? "a condition on one field" : "a field and an expression"
    guard call.arguments.count == (isFilter ? 1 : 2) else {
      return fail(SPLMessages.argumentCount(call.name, expected, at: call.span))
    }
    let body = call.arguments[call.arguments.count - 1]
    let names = isFilter ? MentionedFields.names(of: body) : MentionedFields.names(of: call.arguments[0])
    guard names.count == 1, let name = names.first else {
      return fail(SPLMessages.argumentCount(call.name, expected, at: call.span))
    }
    guard let whole = read(name, in: &relation, at: call.span) else { return .literal(.null, .dynamic) }
    // `mvmap(split(x, ","), x."!")` goes over what the first argument gives.
    guard let values = isFilter ? plain(whole.reference) : lower(call.arguments[0], in: &relation) else {
      return nil
    }
    // The body sees the field as one of its values.
    let element = makeColumn(name, .dynamic)
    let outer = isInEach
    isInEach = true
    defer { isInEach = outer }
    let lowered = isFilter ? condition(body, in: &relation) : lower(body, in: &relation)
    guard let lowered else { return nil }
    let inner = lowered.substituting([whole.id: element.reference])
    return .binding(
      Binding(
        column: element, value: Coercion.cast(values, to: .dynamic, dialect: .spl), body: inner,
        reading: isFilter ? .filter : .each))
  }
}

extension MentionedFields {
  static func names(of expression: EvalExpressionSyntax) -> [String] {
    var fields: [FieldNameSyntax] = []
    collect(expression, into: &fields, depth: 0)
    var seen: Set<String> = []
    return fields.map(\.name).filter { seen.insert($0).inserted }
  }
}
