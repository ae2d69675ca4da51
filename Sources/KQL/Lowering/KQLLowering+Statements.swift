import Diagnostics
import Engine

extension KQLLowering {
  func lower(_ statement: StatementSyntax) {
    switch statement {
    case .let(let node): lower(node)
    case .set(let node): lower(node)
    case .queryParameters(let node): lower(node)
    case .unsupported(let node):
      report(KQLMessages.unsupportedStatement(node.keyword, at: node.keywordSpan))
    case .query, .error: break
    }
  }

  private func lower(_ node: LetStatementSyntax) {
    if scope.names.contains(node.name.text) {
      report(KQLMessages.letTwice(node.name.text, at: node.name.span))
    }
    switch node.value {
    case .function(let function):
      scope.bind(node.name.text, to: .function(function, scope))
    case .expression(let expression):
      if isTabular(expression) {
        let pipeline = pipeline(of: expression)
        // Lowered once here, so that errors show also where it is never used; its own name is not in sight.
        let outer = LetScope(parent: scope, source: scope.source)
        if let relation = inScope(outer, { lower(pipeline) }) {
          scope.bind(node.name.text, to: .relation(define(relation)))
        } else {
          scope.bind(node.name.text, to: .wrong)
        }
      } else if let text = environment.overrides[node.name.text] {
        noteVariable(node.name.text)
        bindOverride(node, text: text)
      } else {
        noteVariable(node.name.text)
        // A wrong value still binds its name, so that uses of it are not reported as well.
        activeNames.insert(node.name.text)
        var value = lower(expression, in: .constant) ?? .literal(.null, .dynamic)
        activeNames.remove(node.name.text)
        if !value.isWithin(levels: KQLLowering.valueDepthLimit) {
          report(KQLMessages.tooLargeValue(node.name.text, at: node.name.span))
          value = .literal(.null, value.type)
        }
        scope.bind(node.name.text, to: .scalar(value))
        if scope.source == source { noteScalar(node.name.text, value, at: node.span) }
      }
    }
  }

  /// `--set NAME=VALUE`: the value is read as a KQL expression, else as text for a `let` that is text.
  private func bindOverride(_ node: LetStatementSyntax, text: String) {
    guard case .expression(let original) = node.value else { return }
    let declared = lower(original, in: .constant)
    let override = SourceText(name: "the value of \(node.name.text)", text: "print \(text)")
    let (syntax, diagnostics) = KQL.parse(override)
    if !diagnostics.contains(where: { $0.severity == .error }),
      case .query(let pipeline)? = syntax.statements.first,
      case .print(let print) = pipeline.source, print.columns.count == 1, pipeline.operators.isEmpty
    {
      let isolated = KQLLowering(source: override, environment: KQLEnvironment(catalog: environment.catalog))
      if let value = isolated.lower(print.columns[0].value, in: .constant), !isolated.sink.hasErrors {
        let wanted = declared?.type ?? value.type
        if let fitting = Coercion.convert(value, to: wanted, dialect: .kql) {
          scope.bind(node.name.text, to: .scalar(fitting))
          return
        }
      }
    }
    if declared?.type == .string {
      scope.bind(node.name.text, to: .scalar(.literal(.string(text), .string)))
    } else {
      report(KQLMessages.badOverride(node.name.text, text: text, type: declared?.type, at: node.name.span))
    }
  }

  private func lower(_ node: SetStatementSyntax) {
    let known = ["query_now", "query_bin_auto_size", "query_bin_auto_at"]
    guard known.contains(node.name.text), let value = node.value else { return }
    guard let lowered = lower(value, in: .constant) else { return }
    guard node.name.text == "query_now" else {
      settings[node.name.text] = lowered
      return
    }
    if case .literal(.datetime(let ticks), _) = lowered {
      now = ticks
    } else {
      report(KQLMessages.notConstant("query_now", at: value.span))
    }
  }

  private func lower(_ node: QueryParametersSyntax) {
    for parameter in node.parameters {
      guard case .scalar(let typeName) = parameter.kind, let type = typeName.dataType else {
        report(KQLMessages.unknownType(parameter.name.text, at: parameter.span))
        continue
      }
      noteVariable(parameter.name.text)
      var value: Expression = .literal(.null, type)
      if let text = environment.overrides[parameter.name.text] {
        value = .literal(ValueConversion.convert(.string(text), to: type), type)
      } else if let standard = parameter.defaultValue, let lowered = lower(standard, in: .constant) {
        value = lowered
      } else {
        report(KQLMessages.parameterWithoutValue(parameter.name.text, at: parameter.span))
      }
      scope.bind(parameter.name.text, to: .scalar(value))
    }
  }

  /// Whether an expression gives a table rather than a value.
  func isTabular(_ expression: ExpressionSyntax) -> Bool {
    switch expression {
    case .subquery(let pipeline):
      if let sole = pipeline.soleExpression { return isTabular(sole) }
      return true
    case .name(let name):
      switch scope.binding(name.text) {
      case .relation, .wrong: return true
      case .function(let function, let home):
        return function.parameters.isEmpty && isTabular(function, in: home)
      case .scalar: return false
      case nil:
        return environment.catalog.table(named: name.text) != nil || environment.functions[name.text] != nil
      }
    case .call(let call):
      switch call.function.text {
      case "materialize": return call.arguments.first.map { isTabular($0.value) } ?? true
      case "table", "_GetWatchlist": return true
      default: break
      }
      if case .function(let function, let home)? = scope.binding(call.function.text) {
        return isTabular(function, in: home)
      }
      if FunctionCatalog.scalar(call.function.text, in: .kql) != nil { return false }
      return environment.functions[call.function.text] != nil
    case .memberCall, .pattern: return true
    case .path(let path): if case .memberCall = path.base { return true } else { return false }
    case .literal, .dynamic, .star, .index, .unary, .binary, .logical, .membership, .between, .typeof, .error:
      return false
    }
  }

  func isTabular(_ function: FunctionSyntax, in home: LetScope) -> Bool {
    // A function that calls itself is refused when it is called.
    guard depth < KQLLowering.depthLimit else { return false }
    depth += 1
    defer { depth -= 1 }
    guard case .query(let pipeline)? = function.body.statements.last else { return false }
    guard let sole = pipeline.soleExpression else { return true }
    // Names that the function binds itself: its parameters and its own lets.
    if case .name(let name) = sole {
      for parameter in function.parameters where parameter.name.text == name.text {
        if case .scalar = parameter.kind { return false }
        return true
      }
      for case .let(let inner) in function.body.statements where inner.name.text == name.text {
        if case .expression(let expression) = inner.value { return inScope(home) { isTabular(expression) } }
      }
    }
    return inScope(home) { isTabular(sole) }
  }

  func pipeline(of expression: ExpressionSyntax) -> PipelineSyntax {
    if case .subquery(let pipeline) = expression { return pipeline }
    return PipelineSyntax(source: .expression(expression), operators: [], span: expression.span)
  }

  func inScope<Result>(_ inner: LetScope, _ body: () -> Result) -> Result {
    let outer = scope
    scope = inner
    defer { scope = outer }
    return body()
  }
}
