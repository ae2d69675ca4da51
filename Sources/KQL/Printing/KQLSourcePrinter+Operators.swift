import Diagnostics

extension KQLSourcePrinter {
  static func text(_ operatorSyntax: OperatorSyntax) -> String {
    switch operatorSyntax {
    case .as(let node): "as \(options(node.options))\(name(node.name))"
    case .consume(let node): "consume \(options(node.options))"
    case .count(let node): "count" + (node.name.map { " as \(name($0))" } ?? "")
    case .distinct(let node): "distinct \(options(node.options))\(list(node.columns, named))"
    case .evaluate(let node): evaluate(node)
    case .extend(let node): "extend \(list(node.columns, named))"
    case .facet(let node):
      "facet by \(list(node.columns, name))" + (node.subquery.map { " with (\(text($0)))" } ?? "")
    case .fork(let node):
      "fork "
        + node.branches.map { ($0.name.map { "\(name($0)) = " } ?? "") + "(\(text($0.subquery)))" }
        .joined(separator: " ")
    case .getschema(let node): "getschema \(options(node.options))"
    case .invoke(let node): "invoke \(call(node.call))"
    case .join(let node):
      "join \(options(node.options))\(right(node.right)) "
        + (node.predicate.map { "where \(text($0))" } ?? "on \(list(node.conditions, condition))")
    case .lookup(let node):
      "lookup \(options(node.options))\(right(node.right)) on \(list(node.conditions, condition))"
    case .makeSeries(let node): makeSeries(node)
    case .mvApply(let node):
      "mv-apply \(options(node.options))\(list(node.columns, expanded))\(limit(node.limit)) on (\(text(node.subquery)))"
    case .mvExpand(let node):
      "\(node.isLegacy ? "mvexpand" : "mv-expand") \(options(node.options))\(list(node.columns, expanded))"
        + limit(node.limit)
    case .parse(let node): parse(node)
    case .parseKV(let node):
      "parse-kv \(text(node.value)) as (\(list(node.columns, column)))\(properties(node.properties))"
    case .partition(let node): partition(node)
    case .project(let node): "project \(list(node.columns, named))"
    case .projectAway(let node): "project-away \(list(node.columns, pattern))"
    case .projectByNames(let node): "project-by-names \(list(node.names, text))"
    case .projectKeep(let node): "project-keep \(list(node.columns, pattern))"
    case .projectRename(let node):
      "project-rename \(list(node.renamings) { "\(name($0.new)) = \(name($0.old))" })"
    case .projectReorder(let node):
      "project-reorder "
        + list(node.columns) { pattern($0.name) + ($0.order.map { " \($0.rawValue)" } ?? "") }
    case .reduce(let node):
      "reduce \(options(node.options))by \(text(node.value))\(properties(node.properties))"
    case .render(let node): "render \(name(node.chart))\(properties(node.properties))"
    case .sample(let node): "sample \(text(node.count))"
    case .sampleDistinct(let node): "sample-distinct \(text(node.count)) of \(named(node.value))"
    case .scan(let node): scan(node)
    case .search(let node): search(node)
    case .serialize(let node): "serialize \(list(node.columns, named))"
    case .sort(let node): "sort \(options(node.options))by \(list(node.keys, orderKey))"
    case .summarize(let node):
      "summarize \(options(node.options))\(list(node.aggregates, named))"
        + (node.hasBy ? " by \(list(node.groups, named))" : "")
    case .take(let node): "take \(text(node.count))"
    case .top(let node): "top \(options(node.options))\(text(node.count)) by \(list(node.keys, orderKey))"
    case .topHitters(let node):
      "top-hitters \(text(node.count)) of \(named(node.value))"
        + (node.weight.map { " by \(named($0))" } ?? "")
    case .topNested(let node): list(node.levels, topNested)
    case .union(let node): union(node)
    case .where(let node): "where \(text(node.predicate))"
    case .unsupported(let node): node.name.text
    case .error: ""
    }
  }

  // MARK: - Operators of many parts

  static func union(_ node: UnionSyntax) -> String {
    "union \(options(node.options))\(list(node.tables, text))"
  }

  static func search(_ node: SearchSyntax) -> String {
    "search \(options(node.options))\(tables(node.tables))\(text(node.predicate))"
  }

  static func find(_ node: FindSyntax) -> String {
    let columns =
      switch node.columns {
      case .smart: ""
      case .project(let columns):
        " project \(list(columns) { text($0.value) + ($0.type.map { ":\($0.text)" } ?? "") })"
      case .away(let columns): " project-away \(list(columns, pattern))"
      }
    return "find \(options(node.options))\(tables(node.tables))where \(text(node.predicate))\(columns)"
  }

  private static func tables(_ tables: [ExpressionSyntax]) -> String {
    tables.isEmpty ? "" : "in (\(list(tables, text))) "
  }

  static func evaluate(_ node: EvaluateSyntax) -> String {
    var result = "evaluate \(options(node.options))\(call(node.call))"
    if let schema = node.schema {
      let columns = (schema.hasStar ? ["*"] : []) + schema.columns.map(column)
      result += " : (\(columns.joined(separator: ", ")))"
    }
    return result
  }

  private static func right(_ pipeline: PipelineSyntax) -> String {
    if let expression = pipeline.soleExpression { return operand(expression) }
    return "(\(text(pipeline)))"
  }

  private static func condition(_ condition: JoinConditionSyntax) -> String {
    switch condition {
    case .column(let column): name(column)
    case .pair(let left, let right, _): "$left.\(name(left)) == $right.\(name(right))"
    case .other(let expression): text(expression)
    }
  }

  private static func expanded(_ column: ExpandedColumnSyntax) -> String {
    named(column.value) + (column.type.map { " to typeof(\($0.text))" } ?? "")
  }

  private static func limit(_ limit: ExpressionSyntax?) -> String { limit.map { " limit \(text($0))" } ?? "" }

  private static func parse(_ node: ParseSyntax) -> String {
    let pattern = node.pattern.map { element in
      switch element {
      case .text(let string): quoted(string.value)
      case .column(let column, let type): name(column) + (type.map { ":\($0.text)" } ?? "")
      case .star: "*"
      }
    }
    let word = node.dropsFailures ? "parse-where" : "parse"
    return "\(word) \(options(node.options))\(text(node.value)) with \(pattern.joined(separator: " "))"
  }

  private static func partition(_ node: PartitionSyntax) -> String {
    let body =
      switch node.body {
      case .operators(let pipeline): "(\(text(pipeline)))"
      case .query(let pipeline): "{ \(text(pipeline)) }"
      }
    return "partition \(options(node.options))by \(text(node.key)) \(body)"
  }

  private static func makeSeries(_ node: MakeSeriesSyntax) -> String {
    let series = list(node.series) {
      named($0.aggregate) + ($0.defaultValue.map { " default = \(text($0))" } ?? "")
    }
    var result = "make-series \(options(node.options))\(series) on \(named(node.axis))"
    switch node.range {
    case .steps(let from, let to, let step):
      if let from { result += " from \(text(from))" }
      if let to { result += " to \(text(to))" }
      result += " step \(text(step))"
    case .function(let arguments): result += " in range(\(list(arguments, argument)))"
    }
    return result + (node.groups.isEmpty ? "" : " by \(list(node.groups, named))")
  }

  private static func topNested(_ level: TopNestedSyntax.Level) -> String {
    let count = level.count.map { text($0) + " " } ?? ""
    let others = level.others.map { " with others = \(text($0))" } ?? ""
    return "top-nested \(count)of \(named(level.value))\(others) by \(orderKey(level.aggregate))"
  }

  private static func scan(_ node: ScanSyntax) -> String {
    let declarations = node.declarations.isEmpty ? "" : "declare (\(list(node.declarations, parameter))) "
    let steps = node.steps.map { step in
      let assignments = step.assignments.isEmpty ? "" : " => \(list(step.assignments, named))"
      return "step \(name(step.name)) \(options(step.options)): \(text(step.condition))\(assignments);"
    }
    return "scan \(options(node.options))\(declarations)with (\(steps.joined(separator: " ")))"
  }
}
