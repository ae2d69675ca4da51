import Session

/// What a line that begins with a backslash does. One record a command; help, completion and the loop read it.
struct ShellCommand: Sendable {
  /// What stands behind the name, for completion.
  enum Argument: Sendable {
    case nothing, question, file, table, column, stage, words([String])
  }

  enum Effect: Sendable {
    case done(ExitCode)
    case leave
  }

  var name: String
  /// As the help writes them.
  var arguments: String
  var takes: Argument
  var summary: String
  var run: @Sendable (ShellSession, String) -> Effect

  init(
    _ name: String, _ arguments: String, takes: Argument = .nothing, _ summary: String,
    run: @escaping @Sendable (ShellSession, String) -> Effect
  ) {
    self.name = name
    self.arguments = arguments
    self.takes = takes
    self.summary = summary
    self.run = run
  }

  /// `\include ROW COLUMN`.
  var usage: String { "\\\(name)\(arguments.isEmpty ? "" : " \(arguments)")" }

  /// Those of a shell over some languages, in the order of the help.
  static func all(of languages: FrontEnds) -> [ShellCommand] {
    asking + languages.all.map { takingLanguage($0) } + [tellingApart] + settings + files + others
  }

  /// The commands that a word may mean: its name, or the beginning of one.
  static func named(_ word: String, of languages: FrontEnds) -> [ShellCommand] {
    let all = all(of: languages)
    if let exact = all.first(where: { $0.name == word }) { return [exact] }
    return word.isEmpty ? [] : all.filter { $0.name.hasPrefix(word) }
  }
}
