import Diagnostics
import Engine
import Rules
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Commands that read and write files, and those about the shell itself.
extension ShellCommand {
  static let files: [ShellCommand] = [
    ShellCommand("save", "FILE", takes: .file, "Write the last question or its result, by the file's ending")
    {
      session, text in .done(save(session, text))
    },
    ShellCommand("open", "FILE", takes: .file, "Ask the question of a file, or of a rule") { session, text in
      .done(open(session, text))
    },
  ]

  static let others: [ShellCommand] = [
    ShellCommand("help", "", "What can be typed here") { session, _ in
      session.console.paging { session.console.write(ShellHelp.text(session.languages)) }
      return .done(.success)
    },
    ShellCommand("quit", "", "Leave, as Ctrl-D does") { _, _ in .leave },
  ]

  private static func save(_ session: ShellSession, _ text: String) -> ExitCode {
    guard !text.isEmpty else { return session.refuse("invalid-argument", "a file is wanted") }
    guard let last = session.last, let result = session.result else {
      return session.refuse("no-result", "there is no result yet")
    }
    let path = expanded(text)
    let contents: String
    if let language = session.languages.language(ofFile: path) {
      guard language.name == last.rule.language.name else {
        return session.refuse(
          "other-language", "the last question is in \(last.rule.language.title), not in \(language.title)",
          ["`trawl port` writes a rule in another language"])
      }
      contents = last.rule.query.text + "\n"
    } else if let format = OutputFormat(fileOf: path) {
      var output = session.output
      output.format = format
      output.width = nil
      contents = output.renderer(last.rule.language.dialect).text(result)
    } else {
      let endings =
        session.languages.all.flatMap { $0.fileEndings.prefix(1) } + OutputFormat.fileEndings.map(\.ending)
      return session.refuse(
        "unknown-ending", "the ending of `\(path)` says nothing of what to write",
        ["it is one of \(endings.joined(separator: ", "))"])
    }
    do {
      try OutputFile.write(contents, to: path)
      if !session.output.isQuiet { session.console.say(.note, "written to \(DisplayText.escaped(path))") }
      return .success
    } catch {
      return FailurePrinter.print(error, in: nil, session.console)
    }
  }

  private static func open(_ session: ShellSession, _ text: String) -> ExitCode {
    guard !text.isEmpty else { return session.refuse("invalid-argument", "a file is wanted") }
    do {
      let rule = try QueryVerb.rule(inFile: expanded(text), session.settings)
      session.history?(rule.query.text.trimmed)
      return session.ask(rule, over: session.result)
    } catch {
      return FailurePrinter.print(error, in: nil, session.console)
    }
  }

  /// `~/a` is in the home folder.
  static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}

extension OutputFormat {
  /// What a file's ending asks for.
  static let fileEndings: [(ending: String, format: OutputFormat)] = [
    (".csv", .csv), (".tsv", .tsv), (".ndjson", .ndjson), (".jsonl", .ndjson), (".json", .json),
    (".md", .markdown), (".txt", .table),
  ]

  init?(fileOf path: String) {
    let path = path.lowercased()
    guard let known = OutputFormat.fileEndings.first(where: { path.hasSuffix($0.ending) }) else { return nil }
    self = known.format
  }
}

/// What `\help` shows.
enum ShellHelp {
  static func text(_ languages: FrontEnds) -> String {
    let commands = ShellCommand.all(of: languages)
    let width = (commands.map(\.usage.count).max() ?? 0) + 2
    var lines = [
      "A question is \(languages.titles); Enter asks it once it is whole, Alt-Enter begins another line.",
      "The last result is the table `\(ShellSession.resultName)` (in searches: | inputlookup \(ShellSession.resultName)).",
      "",
    ]
    lines += commands.map { command in
      "  \(command.usage)\(String(repeating: " ", count: width - command.usage.count))\(command.summary)"
    }
    lines += ["", "Tab completes names, and values with how often the logs have them."]
    return lines.joined(separator: "\n") + "\n"
  }
}
