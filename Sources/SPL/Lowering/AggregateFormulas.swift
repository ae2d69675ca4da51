import Diagnostics
import Engine

/// What `eval(…)` in the place of an aggregate is made of: aggregates that are worked out apart, and the expression over
/// them.
///
/// Example: `count eval(sum(bytes)/count) as mean` aggregates `count`, `sum(bytes)` and `count`, and gives `count` and `mean`.
struct AggregateFormulas {
  /// A column of the result.
  private struct Output {
    let name: String
    /// Nil for an aggregate, which is there already.
    let expression: EvalExpressionSyntax?
  }

  /// The aggregates as they are written, and those within expressions.
  private(set) var aggregates: [AggregateSyntax] = []
  /// What each is multiplied by; nil for what is no rate.
  private(set) var factors: [Double?] = []
  private var outputs: [Output] = []
  /// The names of aggregates within expressions.
  private var parts: Set<String> = []
  /// Fields that stand outside all aggregates, where no row is left to take them from.
  private(set) var strays: [FieldNameSyntax] = []

  /// - Parameter factors: those of the list, which may be fewer.
  init(_ list: [AggregateSyntax], factors given: [Double?]) {
    for (position, aggregate) in list.enumerated() {
      guard case .expression(let expression)? = aggregate.argument, aggregate.isFormula else {
        aggregates.append(aggregate)
        factors.append(position < given.count ? given[position] : nil)
        outputs.append(Output(name: aggregate.columnName, expression: nil))
        continue
      }
      let rest = expression.replacing { part(of: $0) }
      outputs.append(Output(name: aggregate.columnName, expression: rest))
    }
  }

  /// The field that stands for an aggregate within an expression, which is put among the aggregates.
  private mutating func part(of expression: EvalExpressionSyntax) -> EvalExpressionSyntax? {
    let argument: AggregateSyntax.Argument?
    let function: (text: String, span: SourceSpan)
    switch expression {
    case .field(let field):
      guard !field.isQuoted, ["count", "c"].contains(field.name.lowercased()) else {
        strays.append(field)
        return nil
      }
      argument = nil
      function = (field.name, field.span)
    case .call(let call):
      // With several arguments `max` and its kind are functions of eval.
      guard call.arguments.count < 2, SPLLowering.isAggregate(call.name) else { return nil }
      switch call.arguments.first {
      case .field(let field)?: argument = .field(field)
      case let value?: argument = .expression(value)
      case nil: argument = nil
      }
      function = (call.name, call.nameSpan)
    case .string, .number, .constant, .subsearch, .invalid, .negate, .not, .binary, .and, .or, .xor,
      .membership:
      return nil
    }
    // No field begins with a blank.
    let name = FieldNameSyntax(
      name: " aggregate \(aggregates.count)", span: expression.span, isQuoted: true)
    parts.insert(name.name)
    aggregates.append(
      AggregateSyntax(
        function: function.text, functionSpan: function.span, argument: argument, alias: name,
        text: name.name, span: expression.span))
    factors.append(nil)
    return .field(name)
  }

  /// Whether the result is the aggregates themselves.
  private var isPlain: Bool { outputs.allSatisfy { $0.expression == nil } }

  /// Works out the expressions over the aggregates; what was aggregated for them alone goes.
  func finish(
    _ relation: inout Relation, keys: [Assignment], by lowering: SPLLowering, at span: SourceSpan
  ) {
    if isPlain { return }
    let keyNames = keys.map(\.column.name)
    for output in outputs where !keyNames.contains(output.name) {
      guard let expression = output.expression else { continue }
      guard let value = lowering.lower(expression, in: &relation) else { return }
      if value.type == .bool {
        lowering.report(SPLMessages.booleanField(output.name, at: expression.span))
        return
      }
      lowering.assign(output.name, value, in: &relation, at: span)
    }
    let named = (keyNames + outputs.map(\.name)).uniqued
    let others = relation.columns.filter { !named.contains($0.name) && !parts.contains($0.name) }
    lowering.keep(named.compactMap { relation.existing($0) } + others, in: &relation, at: span)
  }
}

extension AggregateSyntax {
  /// `eval(…)` in the place of an aggregate.
  var isFormula: Bool { function.lowercased() == "eval" }

  /// The name of its column.
  var columnName: String { alias?.name ?? text }
}

extension EvalExpressionSyntax {
  /// The expression with some of its parts replaced; what is replaced is not looked into.
  func replacing(_ replace: (EvalExpressionSyntax) -> EvalExpressionSyntax?) -> EvalExpressionSyntax {
    if let other = replace(self) { return other }
    func all(_ parts: [EvalExpressionSyntax]) -> [EvalExpressionSyntax] {
      parts.map { $0.replacing(replace) }
    }
    switch self {
    case .field, .string, .number, .constant, .subsearch, .invalid: return self
    case .call(let call):
      return .call(
        EvalCallSyntax(
          name: call.name, nameSpan: call.nameSpan, arguments: all(call.arguments), span: call.span))
    case .negate(let operand, let span): return .negate(operand.replacing(replace), span)
    case .not(let operand, let span): return .not(operand.replacing(replace), span)
    case .binary(let binary):
      return .binary(
        EvalBinarySyntax(
          operation: binary.operation, operationSpan: binary.operationSpan,
          left: binary.left.replacing(replace), right: binary.right.replacing(replace)))
    case .and(let parts, let span): return .and(all(parts), span)
    case .or(let parts, let span): return .or(all(parts), span)
    case .xor(let parts, let span): return .xor(all(parts), span)
    case .membership(let value, let list, let span):
      return .membership(value.replacing(replace), all(list), span)
    }
  }
}

extension SPLMessages {
  static func fieldOutsideAggregate(_ field: FieldNameSyntax) -> Diagnostic {
    .error(
      "field-outside-aggregate",
      "`\(field.name)` stands outside an aggregate, and no row is left to take it from",
      at: field.span,
      suggestions: [.init("`avg(\(field.name))`, `first(\(field.name))` or another aggregate")])
  }
}
