import Session

/// What the command line knows of an option. Parser, messages and help read the same record.
struct OptionDefinition: Sendable {
  enum Group: String, Sendable, CaseIterable {
    case input = "Input"
    case workspace = "What a workspace holds beside the logs"
    case run = "Run"
    case output = "Output"
    case other = "Other"
  }

  var name: OptionName
  var short: Character?
  /// Other long names with the same meaning.
  var aliases: [String]
  /// How the help calls the value; nil for a flag.
  var valueName: String?
  /// The only values there are; empty allows any.
  var choices: [String]
  var isRepeatable: Bool
  var group: Group
  var verbs: Set<VerbName>
  var summary: String

  init(
    _ name: OptionName, short: Character? = nil, aliases: [String] = [], value: String? = nil,
    choices: [String] = [], isRepeatable: Bool = false, in group: Group, of verbs: Set<VerbName>,
    _ summary: String
  ) {
    self.name = name
    self.short = short
    self.aliases = aliases
    valueName = value
    self.choices = choices
    self.isRepeatable = isRepeatable
    self.group = group
    self.verbs = verbs
    self.summary = summary
  }

  /// `-l, --language kql|spl`.
  var spelling: String {
    var text = short.map { "-\($0), " } ?? "    "
    text += "--\(name.rawValue)"
    if let valueName { text += " \(valueName)" }
    return text
  }
}
