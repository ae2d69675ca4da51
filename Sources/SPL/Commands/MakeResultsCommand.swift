/// `makeresults count=3`: rows out of nothing, or out of a small text.
package struct MakeResultsCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions

  package var count: Int { options.integer("count") ?? 1 }
  package var annotates: Bool { options.boolean("annotate") ?? false }
  package var format: String? { options.text("format")?.lowercased() }
  package var data: StringLiteralSyntax? { options["data"]?.value }

  static let record = CommandRecord(
    "makeresults", summary: "Makes rows out of nothing, or out of a small text.",
    example: #"makeresults format=csv data="a,b""#, isGenerating: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "annotate": .boolean, "count": .integer, "data": .text, "format": .choice(["csv", "json"]),
      "splunk_server": .text, "splunk_server_group": .text,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    return .makeresults(MakeResultsCommandSyntax(options: options))
  }
}
