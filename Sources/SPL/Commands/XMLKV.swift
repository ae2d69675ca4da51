import Diagnostics
import Engine

/// `xmlkv`: a field for each XML element of `_raw` that holds text alone.
package struct XMLKVCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "xmlkv",
    syntax: "xmlkv [maxinputs=COUNT]",
    summary: "Makes a field of each XML element in `_raw` that holds text alone.",
    notes: [
      "Several elements of a name are the values of one field. Which fields there are only the data tell."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval _raw="<a><user>ann</user><zone>dmz</zone></a>" | xmlkv | table zone"#,
        gives: #""dmz""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["maxinputs": .integer], into: &options)
    return .xmlkv(XMLKVCommandSyntax())
  }
}

extension SPLLowering {
  func lower(_ command: XMLKVCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    makeFields(
      of: "xmlkv", in: &relation, at: span, names: { XMLTree.pairs(in: $0).map(\.key) },
      value: { [self] column, name in
        call(FieldTextFunctions.element, [column.reference, literal(name)], as: .dynamic)
      })
  }
}
