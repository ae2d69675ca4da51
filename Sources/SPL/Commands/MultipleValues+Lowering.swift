import Diagnostics
import Engine

/// Commands on fields with several values.
extension SPLLowering {
  func lower(_ command: MVExpandCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation), column.type == .dynamic else {
      return
    }
    let single = makeColumn(field.name, .dynamic)
    let kept = relation.columns.map { $0.id == column.id ? single : $0 }
    relation.plan = .expand(
      Expand(
        input: relation.plan, items: [Expand.Item(source: column.reference, column: single)], outputs: kept,
        keepsEmpty: true, rowLimit: command.limit > 0 ? command.limit : nil, origin: origin(span)))
  }

  func lower(_ command: MakeMVCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuseTrue("setsv", in: command.options, of: "makemv")
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let value = text(plain(column.reference))
    if let tokenizer = command.tokenizer {
      do throws(RegexSyntaxError) {
        let regex = try RegularExpression(tokenizer.value, options: .init(dialect: .perl))
        let group = regex.captureCount > 0 ? 1 : 0
        assign(
          field.name, call(RexFunctions.group(group, of: regex, matches: 0), [value], as: .dynamic),
          in: relation,
          at: span)
      } catch {
        report(SPLMessages.badPattern(error, tokenizer.sourceSpan(forValueRange: error.range)))
      }
      return
    }
    let function = ValueListFunctions.split(at: command.delimiter, keepsEmpty: command.allowEmpty)
    assign(field.name, call(function, [value], as: .dynamic), in: relation, at: span)
  }

  func lower(_ command: NoMVCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    assign(
      field.name, call(ValueListFunctions.joinLines, [column.reference], as: .string), in: relation, at: span)
  }

  /// Rows that differ in one field only become one.
  func lower(_ command: MVCombineCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    guard let field = command.field, let column = read(field, in: relation),
      let place = relation.columns.firstIndex(where: { $0.id == column.id })
    else { return }
    var columns = relation.columns
    columns[place] = makeColumn(field.name, .dynamic)
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan], operator: CombineOperator(column: place, delimiter: command.delimiter),
          columns: columns, origin: origin(span))))
  }
}
