import Diagnostics
import Engine

/// `inputcsv append=t users.csv where zone=dmz`: the rows of a CSV file, found where lookups are.
package struct InputCSVCommandSyntax: Hashable, Sendable {
  package let table: InputLookupCommandSyntax

  static let record = CommandRecord(
    "inputcsv",
    syntax: "inputcsv [append=BOOL] [start=COUNT] [max=COUNT] FILE [where SEARCH]",
    summary: "Reads the rows of a CSV file.",
    differs: [
      "Splunk reads a folder of its own; here the file is one of the lookups, with or without `.csv`."
    ],
    examples: [
      .splQuery("| inputcsv assets.csv | table owner", gives: #"mvappend("ann", "ben")"#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, command in
    .inputcsv(
      InputCSVCommandSyntax(
        table: InputLookupCommandSyntax.parse(
          &parser, command, more: ["chunk": .integer, "dispatch": .boolean, "events": .boolean])))
  }
}

extension SPLLowering {
  func lower(_ command: InputCSVCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuseTrue("dispatch", in: command.table.options, of: "inputcsv")
    lower(command.table, in: &relation, at: span)
  }
}
