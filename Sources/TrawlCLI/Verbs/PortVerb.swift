import Diagnostics
import Engine
import Formats
import Rules
import Session

/// `trawl port RULES… --to LANGUAGE`: rules in the other language, with the proof that they find the same.
enum PortVerb: Verb {
  static let name = VerbName.port

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    guard let target = arguments.value(.to).flatMap({ arguments.languages.named($0) }) else {
      throw UsageError(
        "missing-option", "nothing says which language the rules are to be in",
        advice: [arguments.languages.names.map { "--to \($0)" }.joined(separator: " or ")], verb: .port)
    }
    let pack = try pack(of: arguments, to: target, settings, console)
    let folder = arguments.value(.out)
    if pack.rules.count > 1, folder == nil, output.format == .table {
      throw UsageError(
        "several-rules", "there are \(pack.rules.count) rules, and one place to write them to",
        advice: ["--out DIR writes a file for each"], verb: .port)
    }
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    do {
      var configuration = try workspaceSettings.configuration(settings)
      configuration.lookupOutput = .dropped
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let request = PortRequest(
        pack: pack, target: target, folder: folder, isForced: arguments.has(.force),
        hasLogs: !workspaceSettings.logs.isEmpty || !workspaceSettings.tables.isEmpty,
        allowsPartial: settings.allowsPartial, leavesOut: arguments.has(.partial))
      return try port(request, configuration, output, console)
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  /// The rules of files and folders, or the one on the standard input, which is in the language that is no target.
  private static func pack(
    of arguments: ParsedArguments, to target: any FrontEnd, _ settings: RunSettings, _ console: Console
  ) throws(UsageError) -> RulePack {
    guard arguments.operands.contains("-") else { return try arguments.rulePack(console) }
    guard arguments.operands.count == 1 else {
      throw UsageError(
        "several-rules", "`-` is the rule on the standard input and stands alone",
        advice: ["port the files in a run of their own"], verb: .port)
    }
    let others = settings.languages.all.filter { $0.name != target.name }
    guard let language = settings.language ?? (others.count == 1 ? others.first : nil) else {
      throw UsageError(
        "unknown-language",
        "nothing says whether the rule on the standard input is \(settings.languages.titles)",
        advice: [settings.languages.names.map { "--language \($0)" }.joined(separator: " or ") + " says it"],
        verb: .port)
    }
    let text: String
    do {
      text = try InputFile.textOrInput("-")
    } catch {
      throw UsageError("unreadable-input", "the standard input: \(error.reason)", verb: .port)
    }
    let pack = RulePack.load(text: text, named: "<stdin>", language: language)
    if text.allSatisfy(\.isWhitespace) || (pack.rules.isEmpty && pack.broken.isEmpty) {
      throw UsageError(
        "no-rules", "there is no rule on the standard input",
        advice: pack.skipped.map(\.reason) + ["cat RULE | trawl port - --to \(target.name)"], verb: .port)
    }
    return pack
  }

  private struct PortRequest {
    var pack: RulePack
    var target: any FrontEnd
    var folder: String?
    var isForced: Bool
    var hasLogs: Bool
    var allowsPartial: Bool
    /// Stages that cannot be said are left out.
    var leavesOut: Bool
  }

  private static func port(
    _ request: PortRequest, _ configuration: WorkspaceConfiguration, _ output: OutputSettings,
    _ console: Console
  ) throws -> ExitCode {
    let workspace = Workspace(configuration)
    let ports = workspace.port(
      request.pack.rules, to: request.target, asksLogs: request.hasLogs, allowsPartial: request.leavesOut)
    let files = try written(ports, request.folder, isForced: request.isForced)
    var proof: DifferenceRun?
    let pairs = ports.compactMap { port in port.ported.map { RulePair(old: port.rule, new: $0) } }
    if request.hasLogs, !pairs.isEmpty {
      proof = try workspace.difference(of: pairs, request: DifferenceRequest())
    }
    var report = PortReport(ports: ports, files: files, proof: proof)
    if !request.hasLogs {
      for port in ports { report.made[port.rule.place] = try workspace.madeProof(of: port) }
    }
    report.print(output, showsText: request.folder == nil, console)
    for failure in request.pack.broken { _ = FailurePrinter.print(failure, in: failure.source, console) }
    var loading = ExitCode.success
    if let proof {
      let summary = RunSummary(run: proof.queries, configuration: configuration, readsLogs: proof.readsTables)
      summary.print(output, console)
      loading = summary.exitCode(allowsPartial: request.allowsPartial)
    }
    return .gravest([
      loading, report.exitCode, request.pack.broken.isEmpty ? .success : .usage,
      request.pack.unreadable.isEmpty ? .success : .unreadable,
    ])
  }

  /// Writes the rules below a folder. Nothing that is there is lost: all names are looked at before the first is
  /// written.
  private static func written(
    _ ports: [RulePort], _ folder: String?, isForced: Bool
  ) throws -> [String: String] {
    guard let folder else { return [:] }
    var files: [String: String] = [:]
    var taken: Set<String> = []
    for rule in ports.compactMap(\.ported) {
      let path = "\(folder)/\(rule.path)"
      guard taken.insert(path).inserted else {
        throw UsageError(
          "same-name", "two rules would be written to `\(path)`", advice: ["port them one by one"],
          verb: .port)
      }
      if !isForced, InputFile.exists(path) {
        throw UsageError(
          "file-exists", "`\(path)` is there already", advice: ["--force overwrites it"], verb: .port)
      }
      files[rule.path] = path
    }
    for rule in ports.compactMap(\.ported) {
      if let path = files[rule.path] { try OutputFile.write(rule.file.text, to: path) }
    }
    return files
  }
}
