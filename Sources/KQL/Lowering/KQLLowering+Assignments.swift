import Diagnostics
import Engine

/// A lowered element of `extend`, `project` and their like: one column, or several of a function with a tuple.
struct NamedExpression {
  /// Nil where the column gets a generated name.
  var name: String?
  var isExplicit: Bool
  var expression: Expression
  var span: SourceSpan
}

extension KQLLowering {
  /// The columns that an element makes; nil if it is wrong.
  func lower(_ node: NamedExpressionSyntax, in row: RowScope) -> [NamedExpression]? {
    if case .call(let call) = node.value, let function = MultiOutputFunctions.function(call.function.text),
      scope.binding(call.function.text) == nil
    {
      return lowerTuple(node, call, function, in: row)
    }
    if node.isTuple, node.names.count != 1 {
      return fail(KQLMessages.tupleCount(1, names: node.names.count, at: node.span))
    }
    if node.names.isEmpty, case .binary(let comparison) = node.value, comparison.op == .equal,
      case .name(let name) = comparison.left, scope.binding(name.text) == nil,
      !row.columns.contains(where: { $0.name.lowercased() == name.text.lowercased() })
    {
      return fail(KQLMessages.equalForAssignment(name.text, at: name.span, operator: comparison.operatorSpan))
    }
    guard let expression = lower(node.value, in: row) else { return nil }
    let explicit = node.names.first?.text
    return [
      NamedExpression(
        name: explicit ?? autoName(node.value), isExplicit: explicit != nil, expression: expression,
        span: node.span)
    ]
  }

  /// The outputs of a function with several: named by a tuple, else by the function's own names.
  private func lowerTuple(
    _ node: NamedExpressionSyntax, _ call: CallSyntax, _ function: MultiOutputFunction, in row: RowScope
  ) -> [NamedExpression]? {
    var arguments: [Expression] = []
    for argument in call.arguments {
      guard let lowered = lower(argument.value, in: row) else { return nil }
      arguments.append(lowered)
    }
    let values: [Expression]
    do throws(Diagnostic) {
      values = try function.expressions(
        arguments, dialect: .kql, span: call.span, argumentSpans: call.arguments.map(\.value.span))
    } catch {
      return fail(error)
    }
    let names = function.columnNames(
      arguments: call.arguments.map { autoName($0.value) }, types: arguments.map(\.type))
    if node.names.count > values.count {
      return fail(KQLMessages.tupleCount(values.count, names: node.names.count, at: node.span))
    }
    if !node.isTuple, let name = node.name, let first = values.first {
      // KQL: a plain name takes the first output only.
      return [NamedExpression(name: name.text, isExplicit: true, expression: first, span: node.span)]
    }
    return zip(values, names).enumerated().map { index, output in
      let explicit = index < node.names.count ? node.names[index].text : nil
      return NamedExpression(
        name: explicit ?? output.1, isExplicit: explicit != nil, expression: output.0, span: node.span)
    }
  }

  /// Puts the window functions that a stage collected below it.
  func applying(_ windows: WindowCollector, to input: Relation, at span: SourceSpan) -> LogicalPlan {
    windows.items.isEmpty
      ? input.plan : .window(Window(input: input.plan, items: windows.items, origin: origin(span)))
  }
}
