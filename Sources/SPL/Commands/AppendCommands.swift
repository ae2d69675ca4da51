/// `append [search …]`: the rows of a subsearch after the present ones.
package struct AppendCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  static let limits: [String: OptionKind] = [
    "extendtimerange": .boolean, "maxout": .integer, "maxtime": .integer, "timeout": .integer,
  ]

  static let record = CommandRecord(
    "append", summary: "Adds the rows of a subsearch.",
    example: "append maxout=100 [| inputlookup seen | table user]"
  ) { parser, command in
    let (subsearch, options) = parser.parseOneSubsearch(command, limits)
    return .append(AppendCommandSyntax(subsearch: subsearch, options: options))
  }
}

/// `appendcols override=t [search …]`: the fields of a subsearch's rows, row by row.
package struct AppendColsCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  package var overrides: Bool { options.boolean("override") ?? false }

  static let record = CommandRecord(
    "appendcols", summary: "Adds the fields of a subsearch, row by row.",
    example: "appendcols override=t [search a=1 | stats count]"
  ) { parser, command in
    var rules = AppendCommandSyntax.limits
    rules["override"] = .boolean
    let (subsearch, options) = parser.parseOneSubsearch(command, rules)
    return .appendcols(AppendColsCommandSyntax(subsearch: subsearch, options: options))
  }
}

/// `appendpipe [stats sum(count)]`: the present rows, and what commands make of them.
package struct AppendPipeCommandSyntax: Hashable, Sendable {
  package let subpipeline: SubsearchSyntax?

  static let record = CommandRecord(
    "appendpipe", summary: "Adds what commands make of the present rows.",
    example: "appendpipe [stats sum(count) as total | eval user=\"all\"]"
  ) { parser, command in
    let (subpipeline, _) = parser.parseOneSubsearch(
      command, ["run_in_preview": .boolean], kind: .continuation)
    return .appendpipe(AppendPipeCommandSyntax(subpipeline: subpipeline))
  }
}

/// `union [search …] [search …]`: the rows of several searches, and of those before it.
package struct UnionCommandSyntax: Hashable, Sendable {
  package enum Input: Hashable, Sendable {
    case subsearch(SubsearchSyntax)
    /// `lookup:NAME`, `datamodel:NAME`, …
    case dataset(FieldNameSyntax)
  }

  package let inputs: [Input]
  package let options: CommandOptions

  static let record = CommandRecord(
    "union", summary: "Joins the rows of several searches.",
    example: "union maxout=10 [search a=1], [search b=2]", isGenerating: true
  ) { parser, command in
    var options = CommandOptions()
    var inputs: [Input] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, AppendCommandSyntax.limits, into: &options) || parser.takeComma() {
        continue
      }
      if parser.peek().kind == .leftBracket {
        inputs.append(.subsearch(parser.parseSubsearch()))
      } else if let dataset = parser.parseField() {
        inputs.append(.dataset(dataset))
      } else {
        parser.unexpected("a subsearch in brackets")
      }
    }
    parser.requireArguments(inputs, command, "a subsearch in brackets")
    return .union(UnionCommandSyntax(inputs: inputs, options: options))
  }
}

/// `multisearch [search …] [search …]`: the events of several searches.
package struct MultisearchCommandSyntax: Hashable, Sendable {
  package let subsearches: [SubsearchSyntax]

  static let record = CommandRecord(
    "multisearch", summary: "Joins the events of several searches.",
    example: "multisearch [search a=1] [search b=2 | eval c=3]", isGenerating: true
  ) { parser, command in
    var subsearches: [SubsearchSyntax] = []
    while parser.peek().kind == .leftBracket || parser.takeComma() {
      if parser.peek().kind == .leftBracket { subsearches.append(parser.parseSubsearch()) }
    }
    if subsearches.isEmpty { parser.syntaxError(SPLMessages.missingSubsearch(command)) }
    return .multisearch(MultisearchCommandSyntax(subsearches: subsearches))
  }
}

extension SPLParser {
  /// Reads options and a subsearch.
  fileprivate mutating func parseOneSubsearch(
    _ command: SPLToken, _ rules: [String: OptionKind], kind: PipelineKind = .subsearch
  ) -> (SubsearchSyntax?, CommandOptions) {
    var options = CommandOptions()
    parseOptions(command, rules, into: &options)
    let subsearch = requireSubsearch(command, kind)
    parseOptions(command, rules, into: &options)
    return (subsearch, options)
  }
}
