import Diagnostics
import Engine

/// `fromjson doc prefix=p_`: the members of JSON objects as fields.
package struct FromJSONCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let prefix: String

  static let record = CommandRecord(
    "fromjson",
    syntax: "fromjson FIELD [prefix=TEXT]",
    summary: "Makes fields of the members of JSON objects.",
    notes: [
      "The fields are known only from the data."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval doc="{\"a\":7}" | fromjson doc | table a"#,
        gives: #""7""#)
    ]
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["prefix": .text])
    return .fromjson(FromJSONCommandSyntax(field: field, prefix: options.text("prefix") ?? ""))
  }
}

extension SPLLowering {
  /// The names are keys of the data.
  func lower(_ command: FromJSONCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    fetchFollowing(in: &relation)
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn("json", column.type), expression: column.reference)], items: [],
        dropsNullKeys: true, origin: origin(span)))
    var keys: [String] = []
    if let table = ask(distinct, "the fields that `fromjson` makes", isAboutNames: true, at: span) {
      var seen: Set<String> = []
      for row in 0..<table.rowCount {
        for key in MemberJSON.keys(of: table.value(row: row, column: 0)) where seen.insert(key).inserted {
          keys.append(key)
        }
      }
    } else {
      relation.isOpaque = true
      keys = MentionedFields.names(in: Array(following)).filter {
        $0.hasPrefix(command.prefix) && !$0.contains("*") && relation.existing($0) == nil
      }.map { String($0.dropFirst(command.prefix.count)) }
    }
    let assignments = keys.prefix(SPLLowering.composedLimit).map { key -> Assignment in
      let found = call(MemberJSON.member, [column.reference, literal(key)], as: .dynamic)
      let kept = relation.existing(command.prefix + key).map { firstPresent([found, $0.reference]) } ?? found
      return Assignment(column: makeColumn(command.prefix + key, kept.type), expression: kept)
    }
    assign(assignments, in: &relation, at: span)
  }
}
