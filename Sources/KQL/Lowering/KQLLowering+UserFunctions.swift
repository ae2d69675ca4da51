import Diagnostics
import Engine

/// What a call of a user-defined function gives.
enum CallResult {
  case scalar(Expression)
  case table(Relation)

  func relation(_ lowering: KQLLowering, at span: SourceSpan) -> Relation? {
    if case .table(let relation) = self { return relation }
    return lowering.fail(KQLMessages.notTabular(at: span))
  }
}

/// A call of a tabular function, as far as its result depends on it.
struct KnownCall: Hashable {
  enum Argument: Hashable {
    case value(Value, DataType)
    case table(Int, [ColumnID])
  }

  var place: FunctionPlace
  /// The function's text may stand in another one, whose arguments it sees.
  var home: LetScope
  var arguments: [Argument]

  static func == (left: KnownCall, right: KnownCall) -> Bool {
    left.place == right.place && left.home === right.home && left.arguments == right.arguments
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(ObjectIdentifier(home))
    hasher.combine(arguments)
  }
}

extension KQLLowering {
  /// Calls a function: its body is lowered in the scope where it was written, its parameters bound in between.
  func call(
    _ function: FunctionSyntax, home: LetScope, arguments: [ArgumentSyntax], input: Relation? = nil,
    at span: SourceSpan, row: RowScope = .constant
  ) -> CallResult? {
    let inner = LetScope(parent: home, source: home.source)
    guard bind(function.parameters, to: arguments, input: input, in: inner, at: span, row: row) else {
      return nil
    }
    let isPlain = function.body.statements.count == 1 && !isTabular(function, in: home)
    let named = isPlain ? nameLargeArguments(function.parameters, in: inner) : []
    let place = FunctionPlace(source: home.source.name, span: function.span)
    guard activeFunctions.insert(place).inserted else {
      return fail(KQLMessages.recursion(at: span, function: home.source == source ? function.span : nil))
    }
    defer { activeFunctions.remove(place) }
    let known = knownCall(place, home: home, function, in: inner)
    if let known, let relation = knownCalls[known] { return .table(relation.freshened(by: self)) }
    return nested(at: span) {
      inScope(inner) {
        for statement in function.body.statements.dropLast() { lower(statement) }
        guard case .query(let pipeline)? = function.body.statements.last else {
          return fail(KQLMessages.noResult(at: function.span))
        }
        if let sole = pipeline.soleExpression, !isTabular(sole) {
          return lower(sole, in: .constant).flatMap { reading(named, $0, of: sole, in: inner) }.map {
            .scalar($0)
          }
        }
        guard let relation = lower(pipeline) else { return nil }
        guard let known else { return .table(relation) }
        let defined = define(relation)
        knownCalls[known] = defined
        return .table(defined)
      }
    }
  }

  /// Large arguments get a name each, so that a body that reads one twice does not hold it twice.
  private func nameLargeArguments(
    _ parameters: [ParameterSyntax], in inner: LetScope
  ) -> [(column: PlanColumn, value: Expression)] {
    var named: [(column: PlanColumn, value: Expression)] = []
    for parameter in parameters {
      guard case .scalar(let value)? = inner.binding(parameter.name.text),
        !value.isWithin(levels: 8, parts: KQLLowering.argumentPartLimit)
      else { continue }
      let column = makeColumn(parameter.name.text, value.type)
      named.append((column, value))
      inner.bind(parameter.name.text, to: .scalar(.column(column)))
    }
    return named
  }

  /// The result of a body that reads named arguments. A subquery cannot see them: it gets them as they are.
  private func reading(
    _ named: [(column: PlanColumn, value: Expression)], _ body: Expression, of syntax: ExpressionSyntax,
    in inner: LetScope
  ) -> Expression? {
    if !named.isEmpty, !body.scalarSubqueries.isEmpty {
      for (column, value) in named { inner.bind(column.name, to: .scalar(value)) }
      return lower(syntax, in: .constant)
    }
    return named.reduce(body) { body, argument in
      switch body.readCount(of: argument.column.id) {
      case 0: body
      case 1: body.substituting([argument.column.id: argument.value])
      default: .binding(Binding(column: argument.column, value: argument.value, body: body))
      }
    }
  }

  /// What makes two calls the same; nil where an argument is more than a constant or a table by name.
  private func knownCall(
    _ place: FunctionPlace, home: LetScope, _ function: FunctionSyntax, in inner: LetScope
  ) -> KnownCall? {
    guard implicitInput == nil, partitionKey == nil else { return nil }
    var arguments: [KnownCall.Argument] = []
    for parameter in function.parameters {
      switch inner.binding(parameter.name.text) {
      case .scalar(.literal(let value, let type))?: arguments.append(.value(value, type))
      case .relation(let relation)?:
        guard case .reference(let reference) = relation.plan else { return nil }
        arguments.append(.table(reference.id, reference.sources.map(\.source)))
      case .scalar, .function, .wrong, nil: return nil
      }
    }
    return KnownCall(place: place, home: home, arguments: arguments)
  }

  private func bind(
    _ parameters: [ParameterSyntax], to arguments: [ArgumentSyntax], input: Relation?, in inner: LetScope,
    at span: SourceSpan, row: RowScope
  ) -> Bool {
    var positional = arguments.filter { $0.name == nil }[...]
    let named = arguments.filter { $0.name != nil }
    var input = input
    for argument in named where !parameters.contains(where: { $0.name.text == argument.name?.text }) {
      report(
        KQLMessages.unknownParameter(
          argument.name?.text ?? "", known: parameters.map(\.name.text), at: argument.span))
      return false
    }
    for parameter in parameters {
      let given: ExpressionSyntax?
      if case .scalar = parameter.kind {
        given =
          named.first { $0.name?.text == parameter.name.text }?.value ?? positional.popFirst()?.value
          ?? nil
      } else if let piped = input {
        if case .table(let declared) = parameter.kind, !has(declared, piped, at: span) { return false }
        inner.bind(parameter.name.text, to: .relation(define(piped)))
        input = nil
        continue
      } else {
        given = named.first { $0.name?.text == parameter.name.text }?.value ?? positional.popFirst()?.value
      }
      guard bind(parameter, to: given, in: inner, at: span, row: row) else { return false }
    }
    if input != nil {
      report(KQLMessages.invokedWithoutTable(at: span))
      return false
    }
    if let extra = positional.first {
      report(KQLMessages.argumentCount("the function", "\(parameters.count) arguments", at: extra.span))
      return false
    }
    return true
  }

  private func bind(
    _ parameter: ParameterSyntax, to given: ExpressionSyntax?, in inner: LetScope, at span: SourceSpan,
    row: RowScope
  ) -> Bool {
    switch parameter.kind {
    case .scalar(let typeName):
      guard let type = typeName.dataType else {
        report(KQLMessages.unknownType(typeName.text, at: typeName.span))
        return false
      }
      let value: Expression?
      if let given {
        value = lower(given, in: row)
      } else if let standard = parameter.defaultValue {
        value = inScope(inner) { lower(standard, in: .constant) }
      } else {
        report(KQLMessages.missingArgument(parameter.name.text, at: span))
        return false
      }
      guard let value else { return false }
      let isCast =
        value.type == .dynamic || type == .dynamic || type == .string
        || (value.type.isNumeric && type.isNumeric)
      let fitting =
        Coercion.convert(value, to: type, dialect: .kql)
        ?? (isCast ? Coercion.cast(value, to: type, dialect: .kql) : nil)
      guard let fitting else {
        report(
          KQLMessages.argumentType(
            parameter.name.text, type: type, given: value.type, at: given?.span ?? span))
        return false
      }
      inner.bind(parameter.name.text, to: .scalar(fitting))
      return true
    case .anyTable, .table:
      guard let given else {
        report(KQLMessages.missingArgument(parameter.name.text, at: span))
        return false
      }
      guard let relation = lowerTable(given) else { return false }
      if case .table(let declared) = parameter.kind, !has(declared, relation, at: given.span) {
        return false
      }
      inner.bind(parameter.name.text, to: .relation(define(relation)))
      return true
    }
  }

  /// Whether a tabular argument has the declared columns; its others stay.
  private func has(
    _ declared: [ColumnDeclarationSyntax], _ relation: Relation, at span: SourceSpan
  ) -> Bool {
    for declaration in declared {
      guard let column = relation.column(declaration.name.text) else {
        report(KQLMessages.unknownColumn(declaration.name.text, among: relation.columns, at: span))
        return false
      }
      if let type = declaration.type.dataType, type != column.type {
        report(KQLMessages.argumentType(column.name, type: type, given: column.type, at: span))
        return false
      }
    }
    return true
  }

  /// Calls a function from the workspace's folder: the text of a query, or of a lambda with parameters.
  func callSaved(_ name: NameSyntax, arguments: [ArgumentSyntax], input: Relation?) -> CallResult? {
    guard let saved = environment.functions[name.text] else {
      return fail(
        KQLMessages.unknownFunction(name.text, known: Array(environment.functions.keys), at: name.span))
    }
    let text = saved.text.trimmingBlanks
    let isLambda = text.hasPrefix("(") && text.hasSuffix("}")
    // A workspace keeps the parameters beside the body; the table on the left is called `T` there.
    let takesTable = !isLambda && (input != nil || !arguments.isEmpty)
    let head = takesTable ? "(\(KQLLowering.savedTable):(*))" : "()"
    let wrapped = SourceText(
      name: name.text, text: isLambda ? "let f = \(text);" : "let f = \(head) {\n\(text)\n};")
    let (syntax, diagnostics) = KQL.parse(wrapped)
    let home = LetScope(parent: rootScope, source: wrapped)
    if let problem = diagnostics.first(where: { $0.severity == .error }) {
      return inScope(home) { fail(problem) }
    }
    guard case .let(let node)? = syntax.statements.first, case .function(let function) = node.value else {
      return fail(KQLMessages.badSavedFunction(name.text, at: name.span))
    }
    return call(function, home: home, arguments: arguments, input: input, at: name.span)
  }

  /// What the text of a saved function calls the table that is piped into it.
  static let savedTable = "T"

  private var rootScope: LetScope {
    // Saved functions see the workspace, not the `let`s of the query that calls them.
    LetScope(parent: nil, source: source)
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace || last == ";" { view.removeLast() }
    return String(view)
  }
}
