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

  /// The only values there are.
  enum Choices: Sendable {
    case anything
    case words([String])
    case languages

    /// Nil allows any.
    func words(_ languages: FrontEnds) -> [String]? {
      switch self {
      case .anything: nil
      case .words(let words): words
      case .languages: languages.names
      }
    }
  }

  var name: OptionName
  var short: Character?
  /// Other long names with the same meaning.
  var aliases: [String]
  private var value: String?
  var choices: Choices
  var isRepeatable: Bool
  var group: Group
  var verbs: Set<VerbName>
  var summary: String

  init(
    _ name: OptionName, short: Character? = nil, aliases: [String] = [], value: String? = nil,
    choices: Choices = .anything, isRepeatable: Bool = false, in group: Group, of verbs: Set<VerbName>,
    _ summary: String
  ) {
    self.name = name
    self.short = short
    self.aliases = aliases
    self.value = value
    self.choices = choices
    self.isRepeatable = isRepeatable
    self.group = group
    self.verbs = verbs
    self.summary = summary
  }

  /// `-l, --language kql|spl`.
  func spelling(_ languages: FrontEnds) -> String {
    var text = short.map { "-\($0), " } ?? "    "
    text += "--\(name.rawValue)"
    if let valueName = valueName(languages) { text += " \(valueName)" }
    return text
  }

  /// How the help calls the value; nil for a flag.
  func valueName(_ languages: FrontEnds) -> String? {
    switch choices {
    case .anything, .words: value
    case .languages: languages.names.joined(separator: "|")
    }
  }
}
