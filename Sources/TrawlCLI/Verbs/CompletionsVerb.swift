import Session

/// `trawl completions SHELL`: a script by which a shell completes command lines of trawl.
enum CompletionsVerb: Verb {
  static let name = VerbName.completions

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let names = CompletionScript.allCases.map(\.rawValue)
    guard let name = arguments.operands.first, let script = CompletionScript(rawValue: name) else {
      throw UsageError(
        "invalid-value", "no script for `\(arguments.operands.first ?? "")`",
        advice: ["it is one of \(names.joined(separator: ", "))"], verb: .completions)
    }
    console.write(script.text(arguments.languages))
    return .success
  }
}
