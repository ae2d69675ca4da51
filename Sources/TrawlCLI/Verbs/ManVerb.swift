import Diagnostics
import Session

/// `trawl man [VERB]`: a manual page.
enum ManVerb: Verb {
  static let name = VerbName.man

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    var verb: VerbDefinition?
    if let word = arguments.operands.first {
      guard let known = VerbName(rawValue: word) else {
        throw UsageError(
          "unknown-verb", "no verb `\(word)`",
          advice: UsageError.suggestion(NearestNames.of(word, among: VerbName.allCases.map(\.rawValue))),
          verb: .man)
      }
      verb = ArgumentTable.verb(known)
    }
    console.write(ManualPage.page(of: verb, arguments.languages))
    return .success
  }
}
