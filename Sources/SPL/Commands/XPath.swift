import Diagnostics
import Engine

/// `xpath outfield=name "//user/@name" field=doc default=none`: reads XML in a field.
package struct XPathCommandSyntax: Hashable, Sendable {
  package let path: StringLiteralSyntax?
  package let options: CommandOptions

  static let record = CommandRecord(
    "xpath",
    syntax: "xpath [outfield=NAME] PATH [field=FIELD] [default=TEXT]",
    summary: "Reads texts out of XML.",
    notes: [
      "A path has the steps `/a`, `//a`, `*`, `.`, `..`, `@a` and `text()`, and behind a step conditions such as `[2]`, "
        + "`[last()]`, `[@a]`, `[@a='x']`, `[b='x']` and `[text()='x']`.",
      "Several texts are the values of one field. Without `outfield` it is called `xpath`, without `field` `_raw` is read.",
      "An element gives its text and that of all below it. Names are compared as written, with their prefix.",
      "What is no XML, or nests deeper than 256 levels, gives no text.",
    ],
    differs: ["Other parts of XPath, as functions, axes and `|`, are refused."],
    examples: [
      .splQuery(
        #"| makeresults | eval doc="<a><b n='x'>1</b><b n='y'>2</b></a>" | xpath outfield=v "//b[@n='y']" field=doc "#
          + "| table v",
        gives: #""2""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["default": .text, "field": .text, "outfield": .text]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let path = parser.parseText()
    if path == nil, !parser.isRecovering {
      parser.report(SPLMessages.missingArgument("a path in quotes", of: command, at: parser.peek()))
    }
    parser.parseOptions(command, rules, into: &options)
    if let path, XPathQuery(path.value) == nil { parser.report(SPLMessages.badXPath(path)) }
    return .xpath(XPathCommandSyntax(path: path, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: XPathCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let field = command.options["field"]?.value
    guard let path = command.path,
      let column = read(field?.value ?? "_raw", in: &relation, at: field?.span ?? span)
    else { return }
    var found = call(
      FieldTextFunctions.path, [plain(column.reference), literal(path.value)], as: .dynamic)
    if let text = command.options.text("default") { found = firstPresent([found, literal(text)]) }
    assign(command.options.text("outfield") ?? "xpath", found, in: &relation, at: span)
  }
}

extension SPLMessages {
  static func badXPath(_ path: StringLiteralSyntax) -> Diagnostic {
    .error(
      "unsupported-path", "`\(path.value)` is no path that `xpath` can follow here", at: path.span,
      notes: ["there are `/a//b/@c`, `*`, `text()`, and `[2]`, `[@c='x']`, `[b='x']` behind a step"])
  }
}
