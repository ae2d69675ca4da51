import Diagnostics
import Engine
import Formats
import Rules
import Session

/// `trawl events RULES… --out DIR`: logs that rules fire on and near misses, with the tests that say so.
enum EventsVerb: Verb {
  static let name = VerbName.events

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    guard let folder = arguments.value(.out) else {
      throw UsageError(
        "missing-option", "nothing says where the events are to be written", advice: ["--out DIR"],
        verb: .events)
    }
    let pack = try arguments.rulePack(console)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    do {
      var configuration = try workspaceSettings.configuration(settings)
      configuration.lookupOutput = .dropped
      console.isQuiet = output.isQuiet
      let target = EventsFolder(path: folder, isForced: arguments.has(.force))
      try target.check(pack.rules)
      let workspace = Workspace(configuration)
      var report = EventsReport()
      for rule in pack.rules {
        let made = workspace.events(for: rule)
        let files = try target.write(made, configuration)
        report.add(made, files: files)
        if output.format == .table { report.printLast(console) }
      }
      report.print(output, console)
      for failure in pack.broken { _ = FailurePrinter.print(failure, in: failure.source, console) }
      return .gravest([
        report.exitCode, pack.broken.isEmpty ? .success : .usage,
        pack.unreadable.isEmpty ? .success : .unreadable,
      ])
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }
}

/// Where made events go: NAME.tests.yml, the logs in NAME-events, and the rule itself unless it is there already.
struct EventsFolder {
  let path: String
  let isForced: Bool

  private func place(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }
  private func stem(_ rule: DetectionRule) -> String { rule.fileStem }
  private func tests(_ rule: DetectionRule) -> String { place(stem(rule) + RuleTestRun.fileEnding) }
  private func copy(_ rule: DetectionRule) -> String {
    // A rule of a file with several gets a file of its own.
    place(
      rule.part == nil ? FilePath(rule.path).name : rule.fileStem + (rule.language.fileEndings.first ?? ""))
  }

  /// Nothing that is there is lost: all names are looked at before the first file is written.
  func check(_ rules: [DetectionRule]) throws(UsageError) {
    var taken: Set<String> = []
    for rule in rules {
      guard taken.insert(stem(rule)).inserted else {
        throw UsageError(
          "same-name", "two rules would be written to `\(tests(rule))`",
          advice: ["make their events one by one"],
          verb: .events)
      }
      var wanted = [tests(rule), place(stem(rule) + "-events")]
      if !isSame(copy(rule), rule.path) { wanted.append(copy(rule)) }
      if let known = wanted.first(where: InputFile.exists), !isForced {
        throw UsageError(
          "file-exists", "`\(known)` is there already", advice: ["--force overwrites it"], verb: .events)
      }
    }
  }

  private func isSame(_ first: String, _ second: String) -> Bool {
    OutputFile.standardized(first) == OutputFile.standardized(second)
  }

  /// The files that were written; none if there is no log that the rule fires on.
  func write(_ made: MadeEvents, _ configuration: WorkspaceConfiguration) throws -> [String] {
    guard made.fires else { return [] }
    var written: [String] = []
    for file in MadeTests(made, stem: stem(made.rule), sources: configuration.sources).files {
      try OutputFile.write(file.text, to: place(file.path))
      written.append(place(file.path))
    }
    if !isSame(copy(made.rule), made.rule.path) {
      try OutputFile.write(
        (made.rule.part == nil ? made.rule.file : made.rule.query).text, to: copy(made.rule))
      written.append(copy(made.rule))
      for companion in made.companions {
        let name =
          "\(FilePath(FilePath(companion).folder.dropLast().description).name)/\(FilePath(companion).name)"
        if isForced || !InputFile.exists(place(name)) {
          try OutputFile.write(try InputFile.text(companion), to: place(name))
          written.append(place(name))
        }
      }
    }
    return written
  }
}
