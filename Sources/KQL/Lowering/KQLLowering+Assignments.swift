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
    if case .call(let call) = node.value, let outputs = MultiOutputFunctions.outputs(of: call.function.text),
      scope.binding(call.function.text) == nil
    {
      return lowerTuple(node, call, outputs, in: row)
    }
    if node.isTuple, node.names.count != 1 {
      return fail(KQLMessages.tupleCount(1, names: node.names.count, at: node.span))
    }
    guard let expression = lower(node.value, in: row) else { return nil }
    let explicit = node.names.first?.text
    return [
      NamedExpression(
        name: explicit ?? autoName(node.value), isExplicit: explicit != nil, expression: expression, span: node.span)
    ]
  }

  /// The outputs of a function with several: named by a tuple, else by the function's own names.
  private func lowerTuple(
    _ node: NamedExpressionSyntax, _ call: CallSyntax, _ outputs: MultiOutputFunctions.Outputs, in row: RowScope
  ) -> [NamedExpression]? {
    guard let whole = lower(node.value, in: row) else { return nil }
    let argumentNames = call.arguments.map { autoName($0.value) }
    let columns = outputs.columns(argumentNames: argumentNames)
    if node.names.count > columns.count {
      return fail(KQLMessages.tupleCount(columns.count, names: node.names.count, at: node.span))
    }
    if !node.isTuple, let name = node.name {
      // KQL: a plain name takes the first output only.
      guard let first = output(0, of: whole, as: columns[0].type, at: node.span) else { return nil }
      return [NamedExpression(name: name.text, isExplicit: true, expression: first, span: node.span)]
    }
    var result: [NamedExpression] = []
    for (index, column) in columns.enumerated() {
      guard let value = output(index, of: whole, as: column.type, at: node.span) else { return nil }
      let explicit = index < node.names.count ? node.names[index].text : nil
      result.append(
        NamedExpression(
          name: explicit ?? column.name, isExplicit: explicit != nil, expression: value, span: node.span))
    }
    return result
  }

  private func output(_ index: Int, of whole: Expression, as type: DataType, at span: SourceSpan) -> Expression? {
    guard let element = bind("[index]", [whole, .literal(.long(Int64(index)), .long)], spans: [], at: span) else {
      return nil
    }
    return Coercion.cast(element, to: type, language: .kql)
  }

  /// Puts the window functions that a stage collected below it.
  func applying(_ windows: WindowCollector, to input: Relation, at span: SourceSpan) -> LogicalPlan {
    windows.items.isEmpty
      ? input.plan : .window(Window(input: input.plan, items: windows.items, origin: origin(span)))
  }
}
