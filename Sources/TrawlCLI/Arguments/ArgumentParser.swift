import Diagnostics
import Session

/// Reads the words after `trawl`: a verb, then options and operands in any order.
///
/// An option is `--name value`, `--name=value` or `-l value`; `--` ends the options. Whatever is not in
/// `ArgumentTable` is refused by name.
struct ArgumentParser {
  enum Request: Hashable, Sendable {
    case help(VerbName?)
    case version
    case run(ParsedArguments)
  }

  private let words: [String]
  private var next = 0
  private var result: ParsedArguments
  private var verb: VerbName { result.verb }

  static func parse(_ words: [String], _ languages: FrontEnds = .standard) throws(UsageError) -> Request {
    guard let first = words.first else { throw UsageError("missing-verb", "no verb given") }
    if first == "--help" || first == "-h" { return .help(nil) }
    if first == "--version" || first == "-V" { return .version }
    guard let verb = VerbName(rawValue: first) else { throw unknownVerb(first) }
    if verb == .help {
      if let topic = words.dropFirst().first(where: { !$0.hasPrefix("-") }), words.count == 2 {
        guard let verb = VerbName(rawValue: topic) else { throw unknownVerb(topic) }
        return .help(verb)
      }
      if words.count == 1 { return .help(nil) }
    }
    var parser = ArgumentParser(words: Array(words.dropFirst()), result: ParsedArguments(verb, languages))
    return try parser.parse()
  }

  private init(words: [String], result: ParsedArguments) {
    self.words = words
    self.result = result
  }

  private static func unknownVerb(_ word: String) -> UsageError {
    if word.hasPrefix("-"), word != "-" {
      return UsageError("missing-verb", "a verb must come before `\(word)`")
    }
    if word.contains("|") || word.contains(" ") {
      return UsageError(
        "unknown-verb", "no verb `\(word)`", advice: ["to run a query: trawl query QUERY LOGS…"])
    }
    let near = NearestNames.of(word, among: VerbName.allCases.map(\.rawValue))
    return UsageError("unknown-verb", "no verb `\(word)`", advice: UsageError.suggestion(near))
  }

  private mutating func parse() throws(UsageError) -> Request {
    while let word = take() {
      if word == "--" {
        result.operands += words[next...]
        next = words.count
      } else if word.hasPrefix("--") {
        try parseLong(word)
      } else if word.hasPrefix("-"), word != "-" {
        try parseShort(word)
      } else {
        result.operands.append(word)
      }
    }
    if result.has(.help) { return .help(verb) }
    if result.has(.version) { return .version }
    try checkOperands()
    return .run(result)
  }

  private mutating func take() -> String? {
    guard next < words.count else { return nil }
    next += 1
    return words[next - 1]
  }

  private mutating func parseLong(_ word: String) throws(UsageError) {
    let body = word.dropFirst(2)
    let end = body.firstIndex(of: "=") ?? body.endIndex
    let name = String(body[..<end])
    let inline = end == body.endIndex ? nil : String(body[body.index(after: end)...])
    guard let option = ArgumentTable.option(long: name) else { throw unknownOption("--\(name)", name) }
    try store(option, typed: "--\(name)", inline: inline)
  }

  private mutating func parseShort(_ word: String) throws(UsageError) {
    let letters = word.dropFirst()
    guard let letter = letters.first, let option = ArgumentTable.option(short: letter) else {
      throw unknownOption(word, String(letters))
    }
    let rest = letters.dropFirst()
    if rest.isEmpty { return try store(option, typed: "-\(letter)", inline: nil) }
    // `-lspl` and `-l=spl`; flags are not bundled.
    guard option.valueName(result.languages) != nil else { throw unknownOption(word, String(letters)) }
    try store(option, typed: "-\(letter)", inline: String(rest.first == "=" ? rest.dropFirst() : rest))
  }

  private mutating func store(
    _ option: OptionDefinition, typed: String, inline: String?
  ) throws(UsageError) {
    guard option.verbs.contains(verb) else {
      let owners = VerbName.allCases.filter { option.verbs.contains($0) }.map(\.rawValue)
      throw UsageError(
        "misplaced-option", "`\(typed)` is not an option of `trawl \(verb.rawValue)`",
        advice: ["it belongs to \(owners.joined(separator: ", "))"], verb: verb)
    }
    if result.has(option.name), !option.isRepeatable {
      throw UsageError("repeated-option", "`\(typed)` may stand only once", verb: verb)
    }
    guard let valueName = option.valueName(result.languages) else {
      if let inline {
        throw UsageError("unexpected-value", "`\(typed)` takes no value, found `\(inline)`", verb: verb)
      }
      result.options[option.name] = []
      return
    }
    let value: String
    if let inline { value = inline } else { value = try separateValue(typed: typed, valueName: valueName) }
    if let choices = option.choices.words(result.languages), !choices.contains(value) {
      let near = NearestNames.of(value, among: choices)
      throw UsageError(
        "invalid-value", "`\(typed)` cannot be `\(value)`",
        advice: UsageError.suggestion(near) + ["it is one of \(choices.joined(separator: ", "))"],
        verb: verb)
    }
    result.options[option.name, default: []].append(value)
  }

  private mutating func separateValue(typed: String, valueName: String) throws(UsageError) -> String {
    guard let value = take() else {
      throw UsageError("missing-value", "`\(typed)` needs a value: \(valueName)", verb: verb)
    }
    if value.hasPrefix("--") {
      throw UsageError(
        "missing-value", "`\(typed)` needs a value (\(valueName)), found `\(value)`",
        advice: ["a value that begins with -- is written \(typed)=\(value)"], verb: verb)
    }
    return value
  }

  private func unknownOption(_ typed: String, _ name: String) -> UsageError {
    let names = ArgumentTable.options(of: verb).flatMap { [$0.name.rawValue] + $0.aliases }
    let near = NearestNames.of(name, among: names).map { "--\($0)" }
    var advice = UsageError.suggestion(near)
    if near.isEmpty { advice.append("an operand that begins with - comes after --") }
    return UsageError("unknown-option", "no option `\(typed)`", advice: advice, verb: verb)
  }

  private func checkOperands() throws(UsageError) {
    guard let definition = ArgumentTable.verb(verb) else { return }
    let fewest = needsQuery ? 1 : definition.fewest
    if result.operands.count < fewest {
      throw UsageError("missing-operand", "`trawl \(verb.rawValue)` needs \(operandName(fewest))", verb: verb)
    }
    // A query from a file takes the place of the operand.
    let most = result.has(.file) ? definition.most.map { $0 - 1 } : definition.most
    if let most, result.operands.count > most {
      throw UsageError("extra-operand", "unexpected operand `\(result.operands[most])`", verb: verb)
    }
  }

  private var needsQuery: Bool {
    (verb == .query || verb == .explain || verb == .why) && !result.has(.file)
  }

  private func operandName(_ count: Int) -> String {
    if needsQuery { return "a query, or --file FILE" }
    if let words = ArgumentTable.verb(verb)?.operandWords, !words.isEmpty {
      return words.joined(separator: ", ")
    }
    if verb == .pack { return "logs to pack" }
    return count == 1 ? "a rule file or folder" : "\(count) rule files"
  }
}
