import Diagnostics

extension KQLSourcePrinter {
  /// The whole query, one statement a line.
  package static func text(_ query: QuerySyntax) -> String {
    query.statements.map { text($0) + ";\n" }.joined()
  }

  private static func text(_ statement: StatementSyntax) -> String {
    switch statement {
    case .let(let node):
      switch node.value {
      case .expression(let expression): "let \(name(node.name)) = \(element(expression))"
      case .function(let function): "let \(name(node.name)) = \(text(function))"
      }
    case .set(let node): "set \(name(node.name))" + (node.value.map { " = \(text($0))" } ?? "")
    case .queryParameters(let node): "declare query_parameters(\(list(node.parameters, parameter)))"
    case .query(let node): text(node)
    case .unsupported(let node): node.keyword
    case .error: ""
    }
  }

  private static func text(_ function: FunctionSyntax) -> String {
    "\(function.isView ? "view " : "")(\(list(function.parameters, parameter))) {\n\(text(function.body))}"
  }

  static func parameter(_ parameter: ParameterSyntax) -> String {
    let type =
      switch parameter.kind {
      case .scalar(let type): type.text
      case .table(let columns): "(\(list(columns, column)))"
      case .anyTable: "(*)"
      }
    return "\(name(parameter.name)):\(type)" + (parameter.defaultValue.map { " = \(text($0))" } ?? "")
  }

  package static func text(_ pipeline: PipelineSyntax) -> String {
    var stages = pipeline.operators.map { text($0) }
    if let source = source(pipeline.source) { stages.insert(source, at: 0) }
    return stages.joined(separator: "\n| ")
  }

  /// Nil for the rows that a subquery gets from around it.
  private static func source(_ source: TabularSourceSyntax) -> String? {
    switch source {
    case .expression(let node): text(node)
    case .print(let node): "print \(list(node.columns, named))"
    case .range(let node):
      "range \(name(node.name)) from \(text(node.from)) to \(text(node.to)) step \(text(node.step))"
    case .datatable(let node):
      "datatable(\(list(node.columns, column)))[\(list(node.cells, text))]"
    case .externaldata(let node):
      "externaldata(\(list(node.columns, column)))[\(list(node.urls) { quoted($0.value) })]"
        + properties(node.properties)
    case .union(let node): union(node)
    case .search(let node): search(node)
    case .find(let node): find(node)
    case .evaluate(let node): evaluate(node)
    case .unsupported(let node): node.name.text
    case .implicit: nil
    }
  }

  static func properties(_ properties: [OptionSyntax]) -> String {
    properties.isEmpty ? "" : " with (\(list(properties, option)))"
  }

  /// Options with a blank behind each.
  static func options(_ options: [OptionSyntax]) -> String {
    options.map { option($0) + " " }.joined()
  }
}
