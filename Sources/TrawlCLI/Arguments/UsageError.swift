import Diagnostics

/// A command line that cannot be understood. It ends with exit code 2.
///
/// ```
/// error[unknown-option]: no option `--formt`
///   help: did you mean `--format`?
/// usage: trawl query [OPTIONS] QUERY [LOGS…]
///        trawl query [OPTIONS] --file FILE [LOGS…]
/// `trawl help query` lists the options
/// ```
struct UsageError: Error, Hashable, Sendable {
  /// Stable slug.
  var id: String
  var message: String
  var advice: [String]
  /// The verb whose usage is shown; nil shows the overall one.
  var verb: VerbName?

  init(_ id: String, _ message: String, advice: [String] = [], verb: VerbName? = nil) {
    self.id = id
    self.message = message
    self.advice = advice
    self.verb = verb
  }

  /// The nearest names, or nothing.
  static func suggestion(_ names: [String]) -> [String] {
    switch names.count {
    case 0: []
    case 1: ["the nearest is `\(names[0])`"]
    default:
      [
        "the nearest are \(names.dropLast().map { "`\($0)`" }.joined(separator: ", ")) and `\(names[names.count - 1])`"
      ]
    }
  }

  var rendered: String {
    var lines = ["error[\(id)]: \(DisplayText.escaped(message))"]
    lines += advice.map { "  help: \(DisplayText.escaped($0))" }
    lines += HelpText.usage(of: verb)
    lines.append(
      verb.map { "`trawl help \($0.rawValue)` lists the options" } ?? "`trawl help` lists the verbs")
    return lines.joined(separator: "\n") + "\n"
  }
}
