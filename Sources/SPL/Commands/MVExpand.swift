import Diagnostics
import Engine

/// `mvexpand user limit=5`: one row per value.
package struct MVExpandCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  /// 0 is all.
  package let limit: Int

  static let record = CommandRecord(
    "mvexpand",
    syntax: "mvexpand FIELD [limit=COUNT]",
    summary: "Makes one row per value of a field.",
    examples: [
      .splQuery(
        #"| makeresults | eval user=split("ann,ben", ",") | mvexpand user | table user"#,
        gives: #"mvappend("ann", "ben")"#)
    ]
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["limit": .integer])
    return .mvexpand(MVExpandCommandSyntax(field: field, limit: options.integer("limit") ?? 0))
  }
}

/// Commands on fields with several values.
extension SPLLowering {
  func lower(_ command: MVExpandCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation), column.type == .dynamic else {
      return
    }
    let single = makeColumn(field.name, .dynamic)
    let kept = relation.columns.map { $0.id == column.id ? single : $0 }
    relation.plan = .expand(
      Expand(
        input: relation.plan, items: [Expand.Item(source: column.reference, column: single)], outputs: kept,
        keepsEmpty: true, rowLimit: command.limit > 0 ? command.limit : nil, origin: origin(span)))
  }
}
