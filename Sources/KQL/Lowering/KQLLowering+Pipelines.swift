import Diagnostics
import Engine

extension KQLLowering {
  /// The relation of a pipeline; nil if a part of it is wrong.
  func lower(_ pipeline: PipelineSyntax) -> Relation? {
    nested(at: pipeline.span) {
      stageCount += 1
      guard stageCount <= KQLLowering.stageLimit else {
        return fail(KQLMessages.tooManyStages(at: pipeline.span))
      }
      guard var relation = lower(pipeline.source) else { return nil }
      for step in pipeline.operators {
        stageCount += 1
        guard stageCount <= KQLLowering.stageLimit, relation.depth < KQLLowering.pipeLimit else {
          return fail(KQLMessages.tooManyStages(at: step.span))
        }
        guard var next = lower(step, on: relation) else { return nil }
        next.depth = max(next.depth, relation.depth + 1)
        relation = next
      }
      return relation
    }
  }

  private func lower(_ source: TabularSourceSyntax) -> Relation? {
    switch source {
    case .expression(let expression): return lowerTable(expression)
    case .print(let node): return lower(node)
    case .range(let node): return lower(node)
    case .datatable(let node): return lower(node)
    case .externaldata(let node): return lower(node)
    case .union(let node): return lower(node, on: nil)
    case .search(let node): return lower(node, on: nil)
    case .find(let node): return lower(node)
    case .evaluate(let node): return lower(node, on: nil)
    case .unsupported(let node):
      return fail(KQLMessages.unsupportedOperator(node.name.text, at: node.name.span))
    case .implicit(let span): return implicitInput ?? fail(KQLMessages.noInput(at: span))
    }
  }

  /// A table by name, call or subquery.
  func lowerTable(_ expression: ExpressionSyntax) -> Relation? {
    switch expression {
    case .subquery(let pipeline): return lower(pipeline)
    case .name(let name): return lowerTable(named: name)
    case .call(let call): return lowerTabularCall(call)
    case .memberCall(let node): return fail(KQLMessages.otherCluster(at: node.span))
    case .path(let path):
      return fail(
        isElsewhere(path.base)
          ? KQLMessages.otherCluster(at: path.span) : KQLMessages.notTabular(at: path.span))
    case .error: return nil
    case .literal, .dynamic, .star, .pattern, .index, .unary, .binary, .logical, .membership, .between,
      .typeof:
      return fail(KQLMessages.notTabular(at: expression.span))
    }
  }

  /// Whether a table behind the dot is in another place: `workspace("a").T`, `cluster("c").database("d").T`.
  private func isElsewhere(_ base: ExpressionSyntax) -> Bool {
    switch base {
    case .memberCall: true
    case .call(let call): PlaceFunction(rawValue: call.function.text) != nil
    case .subquery, .name, .path, .error, .literal, .dynamic, .star, .pattern, .index, .unary, .binary,
      .logical,
      .membership, .between, .typeof:
      false
    }
  }

  func lowerTable(named name: NameSyntax) -> Relation? {
    switch scope.binding(name.text) {
    case .wrong: return nil
    case .relation(let relation): return relation.freshened(by: self)
    case .function(let function, let home):
      var relation = call(function, home: home, arguments: [], at: name.span)?.relation(self, at: name.span)
      // A view has a name as a table has; other functions have none.
      if function.isView { relation?.name = name.text }
      return relation
    case .scalar: return fail(KQLMessages.scalarAsTable(name.text, at: name.span))
    case nil: break
    }
    if let definition = environment.catalog.table(named: name.text) { return scan(definition, at: name.span) }
    if environment.functions[name.text] != nil {
      return callSaved(name, arguments: [], input: nil)?.relation(self, at: name.span)
    }
    return fail(
      KQLMessages.unknownTable(
        name.text, known: environment.catalog.tableNames + scope.visibleNames + environment.functions.keys,
        at: name.span))
  }

  /// When a record came in.
  static let receivedColumn = "_TimeReceived"

  func scan(_ definition: TableDefinition, at span: SourceSpan) -> Relation {
    // Standard columns that no listing shows are there for a query that names them.
    let named = definition.unlistedFields.filter { field in
      words(of: source).contains(field.name[...]) || words(of: scope.source).contains(field.name[...])
    }
    if named.contains(where: { $0.name == KQLLowering.receivedColumn }) {
      report(KQLMessages.timeReceived(at: span))
    }
    let sources = (definition.fields + named).map { field in
      Scan.Source(column: makeColumn(field.name, field.type), field: field.name)
    }
    let scan = Scan(table: definition.name, sources: sources, origin: origin(span))
    return Relation(.scan(scan), name: definition.name)
  }

  /// The words of a text, of which some name columns.
  private func words(of source: SourceText) -> Set<Substring> {
    if let known = wordsByText[source.text] { return known }
    let isPart = { (byte: UInt8) in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: false
      }
    }
    let words = Set(source.text.utf8.split { !isPart($0) }.map(Substring.init))
    wordsByText[source.text] = words
    return words
  }

  private func lowerTabularCall(_ call: CallSyntax) -> Relation? {
    switch call.function.text {
    case "materialize":
      guard call.arguments.count == 1 else {
        return fail(KQLMessages.argumentCount("materialize", "1 table", at: call.span))
      }
      return lowerTable(call.arguments[0].value)
    case "table":
      guard let argument = call.arguments.first?.value, let value = lower(argument, in: .constant) else {
        return nil
      }
      guard case .literal(.string(let name), _) = value else {
        return fail(KQLMessages.notConstant("table", at: argument.span))
      }
      return lowerTable(named: NameSyntax(name, argument.span))
    case "_GetWatchlist": return lowerWatchlist(call)
    default: break
    }
    if case .function(let function, let home)? = scope.binding(call.function.text) {
      return self.call(function, home: home, arguments: call.arguments, at: call.span)?.relation(
        self, at: call.span)
    }
    if environment.functions[call.function.text] != nil {
      return callSaved(call.function, arguments: call.arguments, input: nil)?.relation(self, at: call.span)
    }
    return fail(
      KQLMessages.unknownTableFunction(
        call.function.text, known: scope.visibleNames + environment.functions.keys, at: call.function.span))
  }

  private func lowerWatchlist(_ call: CallSyntax) -> Relation? {
    guard let argument = call.arguments.first?.value, let value = lower(argument, in: .constant) else {
      return nil
    }
    guard case .literal(.string(let name), _) = value else {
      return fail(KQLMessages.notConstant("_GetWatchlist", at: argument.span))
    }
    if let table = environment.watchlists[name] {
      return inline(WatchlistColumns.completed(table), at: call.span, name: name)
    }
    // What a workspace lacks decides nothing there: the parsers ask for their own lists of exceptions.
    if name.hasPrefix("ASim") {
      notes.append("the watchlist `\(name)` is not there, and counts as empty")
      return inline(WatchlistColumns.empty, at: call.span, name: name)
    }
    return fail(
      KQLMessages.unknownWatchlist(name, known: Array(environment.watchlists.keys), at: argument.span))
  }

  /// Rows that are there already, under fresh columns.
  func inline(_ table: Table, at span: SourceSpan, name: String? = nil) -> Relation {
    let columns = table.fields.map { makeColumn($0.name, $0.type) }
    return Relation(.inline(Inline(columns: columns, table: table, origin: origin(span))), name: name)
  }

  /// A table that is worked out before the rest runs: it cannot see the rows of a group.
  func lowerAhead(_ expression: ExpressionSyntax) -> Relation? {
    let outer = implicitInput
    implicitInput = nil
    defer { implicitInput = outer }
    return lowerTable(expression)
  }

  /// The rows of a plan, for an operator whose columns depend on the data; nil while they are not known yet.
  func ask(_ plan: LogicalPlan, for what: String, at span: SourceSpan) -> Table? {
    var groups: Set<Int> = []
    var own: Set<Int> = []
    plan.forEachNode { node in
      if case .argument(let argument) = node { groups.insert(argument.id) }
      if case .apply(let apply) = node { own.insert(apply.argumentID) }
    }
    // The rows of a group are not known before the run, but for groups that the plan itself makes.
    if !groups.isSubset(of: own) { return fail(KQLMessages.needsData(what, at: span)) }
    if sink.hasErrors { return nil }
    switch questions.ask("the columns of `\(what)`", plan.sharing(definitions), isAboutNames: true) {
    case .success(let table): return table
    case .failure(let failure): return fail(KQLMessages.evaluationFailed(what, failure.message, at: span))
    case nil: return nil
    }
  }
}

extension KQLLowering {
  /// The rows as something that several places may read. Those of a group are copied: they are no one's but the
  /// group's.
  func define(_ relation: Relation) -> Relation {
    guard implicitInput == nil, partitionKey == nil else { return relation }
    if case .reference = relation.plan { return relation }
    let definition = With.Definition(id: makeNumber(), plan: relation.plan)
    definitions.append(definition)
    return relation.with(.reference(Reference(to: definition)))
  }
}

extension Relation {
  /// The same rows under new columns, so that two uses in one plan can be told apart.
  func freshened(by lowering: KQLLowering) -> Relation {
    if case .reference(var reference) = plan {
      for index in reference.sources.indices {
        let column = reference.sources[index].column
        reference.sources[index].column = lowering.makeColumn(column.name, column.type)
      }
      return with(.reference(reference))
    }
    let assignments = columns.map { column in
      Assignment(column: lowering.makeColumn(column.name, column.type), expression: .column(column))
    }
    return with(
      .project(
        Project(input: plan, assignments: assignments, origin: PlanOrigin(label: name ?? plan.origin.label))))
  }
}

/// Functions that name another place to take tables from.
private enum PlaceFunction: String {
  case adx, app, arg, cluster, database, resource, workspace
}
