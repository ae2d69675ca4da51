package import Diagnostics

/// `foreach count_* [eval total=total+'<<FIELD>>']`: commands run once per field.
package struct ForeachCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  /// The commands as read with their placeholders.
  package let template: SubsearchSyntax?
  /// The text between the brackets, for `instantiate`.
  package let templateText: String
  package let options: CommandOptions

  /// `multifield` if nothing is said.
  package var mode: String { options.text("mode")?.lowercased() ?? "multifield" }

  /// The commands for one field: placeholders are replaced as text and the result is read again.
  ///
  /// - Parameters:
  ///   - field: the name of the field.
  ///   - matches: the parts of the name that the wildcards took, for `<<MATCHSTR>>`, `<<MATCHSEG1>>`, …
  package func instantiate(field: String, matches: [String] = []) -> (PipelineSyntax, [Diagnostic]) {
    var replacements = [
      (options.text("fieldstr") ?? "<<FIELD>>", field),
      (options.text("matchstr") ?? "<<MATCHSTR>>", matches.joined()),
      ("<<ITEM>>", field),
    ]
    for number in 1...3 {
      let value = number <= matches.count ? matches[number - 1] : ""
      replacements.append((options.text("matchseg\(number)") ?? "<<MATCHSEG\(number)>>", value))
    }
    return read(replacements)
  }

  /// The commands for one value of a field: `<<ITEM>>` is the field that holds it, `<<ITER>>` its place.
  package func instantiate(item: String, place: Int) -> (PipelineSyntax, [Diagnostic]) {
    let name = options.text("itemstr") ?? "<<ITEM>>"
    return read([
      ("'\(name)'", name), ("\"\(name)\"", name), (name, "'\(item)'"),
      // A number behind a dot would read as its fraction.
      (".\(options.text("iterstr") ?? "<<ITER>>")", ". \(place)"),
      (options.text("iterstr") ?? "<<ITER>>", String(place)),
    ])
  }

  private func read(_ replacements: [(String, String)]) -> (PipelineSyntax, [Diagnostic]) {
    let span = template?.span ?? .at(0)
    var text = ExpandedText(sourceLength: span.upperBound)
    let result = replacements.reduce(templateText) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
    }
    text.append(Array(result.utf8), from: span, isVerbatim: false)
    var parser = SPLParser(text)
    let pipeline = parser.parsePipeline(.continuation)
    return (pipeline, parser.sink.sorted)
  }

  private static let rules: [String: OptionKind] = [
    "fieldstr": .text, "itemstr": .text, "iterstr": .text, "matchseg1": .text, "matchseg2": .text,
    "matchseg3": .text, "matchstr": .text,
    "mode": .choice(["auto_collections", "json_array", "multifield", "multivalue"]),
  ]

  static let record = CommandRecord(
    "foreach", summary: "Runs commands once per field.",
    example: "foreach count_* [eval total=total+'<<FIELD>>', <<MATCHSTR>>_seen=1]"
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    parser.requireArguments(fields, command)
    let begin = parser.peek().range.upperBound
    let template = parser.requireSubsearch(command, .continuation)
    let end = max(begin, parser.previous.upperBound - 1)
    let bytes = parser.text.bytes
    let text =
      template == nil
      ? "" : String(decoding: bytes[min(begin, bytes.count)..<min(end, bytes.count)], as: UTF8.self)
    return .foreach(
      ForeachCommandSyntax(fields: fields, template: template, templateText: text, options: options))
  }
}
