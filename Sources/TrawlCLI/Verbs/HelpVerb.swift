import Session

/// `trawl help [VERB]`.
enum HelpVerb: Verb {
  static let name = VerbName.help

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    printHelp(
      on: arguments.operands.first.flatMap { VerbName(rawValue: $0) }, arguments.languages, console: console)
    return .success
  }

  static func printHelp(on verb: VerbName?, _ languages: FrontEnds, console: Console) {
    let width = min(100, max(60, console.terminalWidth ?? 80))
    let text = verb.flatMap { ArgumentTable.verb($0) }.map { HelpText.help(on: $0, languages, width: width) }
    console.write(text ?? HelpText.overall(languages, width: width))
  }
}
