package import Diagnostics
import Engine

/// `mv-expand kind=array with_itemindex=i a = f(x) to typeof(string), b limit 10`.
package struct MvExpandSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var columns: [ExpandedColumnSyntax]
  package var limit: ExpressionSyntax?
  /// Whether the old spelling `mvexpand` is used, which has a limit of its own.
  package var isLegacy: Bool
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["mv-expand"], old: ["mvexpand"],
    syntax: "T | mv-expand [kind=array] [with_itemindex=NAME] [NAME =] ARRAY [to typeof(TYPE)], … [limit "
      + "COUNT]",
    summary: "Makes a row of each element of an array, or of each member of a bag.",
    notes: [
      "Several arrays go side by side; the shorter one has nulls at its end.",
      "Nulls: a row without an array stays, with null.",
    ],
    examples: [
      .kqlQuery(
        "datatable(a:dynamic)[dynamic([1, 2])] | mv-expand a to typeof(long)",
        gives: "1, 2")
    ],
    stage: { .mvExpand($0.parseMvExpand($1)) })
}

/// A column whose elements become rows.
package struct ExpandedColumnSyntax: Hashable, Sendable {
  package var value: NamedExpressionSyntax
  /// The type behind `to typeof`.
  package var type: TypeNameSyntax?
}

extension KQLParser {
  func parseMvExpand(_ start: SourceSpan) -> MvExpandSyntax {
    let isLegacy = source[start] == "mvexpand"
    let options = self.options(["kind", "bagexpansion", "with_itemindex"])
    let columns = commaSeparated { $0.expandedColumn() }
    let limit = take("limit") != nil ? expression() : nil
    return MvExpandSyntax(
      options: options, columns: columns, limit: limit, isLegacy: isLegacy, span: span(from: start))
  }

  func expandedColumn() -> ExpandedColumnSyntax {
    let value = namedExpression()
    return ExpandedColumnSyntax(value: value, type: optionalTypeOf())
  }
}

extension KQLLowering {
  func lower(_ node: MvExpandSyntax, on input: Relation) -> Relation? {
    var limit: Int?
    if let expression = node.limit {
      guard let count = rowCount(expression, of: "mv-expand") else { return nil }
      limit = count
    } else if node.isLegacy {
      // The old spelling expands at most 128 elements of a row.
      limit = 128
    }
    return expand(
      input, columns: node.columns, options: node.options, limit: limit, replaces: true, at: node.span)
  }

  /// - Parameter replaces: an element column named `x = Array` takes the place of `x` only; without a name, of the
  ///   array's own column.
  func expand(
    _ input: Relation, columns nodes: [ExpandedColumnSyntax], options: [OptionSyntax], limit: Int?,
    replaces: Bool,
    at span: SourceSpan
  ) -> Relation? {
    let kind = options[named: "kind"] ?? options[named: "bagexpansion"]
    guard let bags = Expand.Bags(rawValue: kind?.word ?? "bag") else {
      return fail(
        KQLMessages.unknownKind(
          kind?.word ?? "", of: "mv-expand", known: ["bag", "array"], at: kind?.span ?? span))
    }
    var outputs = input.columns
    var items: [Expand.Item] = []
    for node in nodes {
      guard let array = lower(node.value.value, in: RowScope(input.columns)) else { return nil }
      guard array.type == .dynamic else {
        return fail(KQLMessages.expandScalar(array.type, at: node.value.span))
      }
      var type = DataType.dynamic
      if let named = node.type {
        guard let known = named.dataType else {
          return fail(KQLMessages.unknownType(named.text, at: named.span))
        }
        type = known
      }
      let name =
        node.value.name?.text ?? autoName(node.value.value) ?? anonymousName(taken: Set(outputs.map(\.name)))
      if items.contains(where: { $0.column.name == name }) {
        return fail(KQLMessages.duplicateColumn(name, at: node.value.span))
      }
      let column = makeColumn(name, type)
      if let place = outputs.firstIndex(where: { $0.name == name }) {
        outputs[place] = column
      } else {
        outputs.append(column)
      }
      items.append(Expand.Item(source: array, column: column))
    }
    var index: PlanColumn?
    if let option = options[named: "with_itemindex"], let name = option.word {
      let column = makeColumn(name, .long)
      index = column
      outputs.append(column)
    }
    return input.with(
      .expand(
        Expand(
          input: input.plan, items: items, indexColumn: index, outputs: outputs, bags: bags, rowLimit: limit,
          origin: origin(span))))
  }
}
