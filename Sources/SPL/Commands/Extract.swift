import Diagnostics
import Engine

/// `extract pairdelim="|;" kvdelim="=:"`: fields out of the pairs in `_raw`.
package struct ExtractCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions

  static let record = CommandRecord(
    "extract", "kv",
    syntax: "extract [pairdelim=CHARACTERS] [kvdelim=CHARACTERS] [mv_add=BOOL] [clean_keys=BOOL]",
    summary: "Makes fields of the pairs in `_raw`, such as `user=ann`.",
    notes: [
      "Without delimiters a pair is a word, `=` and what follows up to a blank, a mark or a bracket, or a text in "
        + "quotes; JSON is read as `spath` reads it.",
      "With one of the two the other is `=`, or a blank, `,`, `;`, `|` or `&`. A pair with a delimiter in its value is "
        + "passed over.",
      "The first value of a key counts, with `mv_add=t` all. Which fields there are only the data tell.",
    ],
    differs: [
      "Splunk looks at 10,240 characters and makes 50 fields unless `maxchars` and `limit` say more."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval _raw="user=ann action=\"log in\"" | extract | table action"#,
        gives: #""log in""#),
      .splQuery(
        #"| makeresults | eval _raw="a:1|b:2" | kv pairdelim="|" kvdelim=":" | table b"#, gives: #""2""#),
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "clean_keys": .boolean, "kvdelim": .text, "limit": .integer, "maxchars": .integer, "mv_add": .boolean,
      "pairdelim": .text, "reload": .boolean, "segment": .boolean,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    if !parser.isAtStageEnd, !parser.isRecovering {
      parser.syntaxError(
        SPLMessages.unsupportedClause(
          parser.peek(), of: command,
          instead: "`rex` with the pattern of that stanza of transforms.conf makes its fields"))
    }
    return .extract(ExtractCommandSyntax(options: options))
  }
}

extension SPLLowering {
  func lower(_ command: ExtractCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let delimiters = ["pairdelim", "kvdelim"].map { name in
      command.options[name].map { Self.characters($0.value.value) } ?? ""
    }
    let isAutomatic = delimiters.allSatisfy(\.isEmpty)
    // The fields of events are there already.
    if isAutomatic, readsOwnText(relation) { return }
    let cleansKeys = command.options.boolean("clean_keys") ?? true
    let reader = PairReader(
      pairDelimiters: delimiters[0], keyDelimiters: delimiters[1], cleansKeys: cleansKeys)
    let takesAll = command.options.boolean("mv_add") ?? false
    makeFields(
      of: "extract", in: &relation, at: span,
      names: { text in
        if isAutomatic, let json = SpathFunctions.parse(text), case .object = json {
          var paths: [String] = []
          SpathFunctions.paths(of: json, into: &paths)
          return paths
        }
        return reader.pairs(in: text).map(\.key)
      },
      value: { [self] column, name in
        let pair = call(
          FieldTextFunctions.pair,
          [column.reference, literal(name)] + delimiters.map { literal($0) } + [
            literal(cleansKeys), literal(takesAll),
          ], as: .dynamic)
        guard isAutomatic else { return pair }
        let isJSON = bind("json_valid", [text(column.reference)], spans: [], at: span)
        let member = call(SpathFunctions.extract, [column.reference, literal(name)], as: .dynamic)
        return isJSON.map { choose([($0, member)], otherwise: pair) } ?? pair
      })
  }

  /// `\n` and `\t` stand for what they mean.
  private static func characters(_ text: String) -> String {
    var result = text
    for (written, meant) in [("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r")] {
      result = result.split(separator: written, omittingEmptySubsequences: false).joined(separator: meant)
    }
    return result
  }
}
