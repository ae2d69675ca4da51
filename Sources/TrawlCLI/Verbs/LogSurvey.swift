import Diagnostics
import Engine
import LogSources
import Session

/// What logs hold: the fields of their records, and what each file, or each file inside of one, was taken for.
///
/// ```
///   logs.zip/2026/a.json: AWSCloudTrail, 3 events
///   export.json: AWSCloudTrail, 1 event (HTTP Event Collector)
///   readme.txt: no events: neither JSON nor CSV with columns of a known table
/// ```
enum LogSurvey {
  static func run(
    _ paths: [String], _ limits: FileLimits, _ output: OutputSettings, _ console: Console
  ) -> ExitCode {
    let found = FileDiscovery.files(below: paths)
    for file in found.unreadable {
      console.refuse("unreadable-input", "`\(DisplayText.escaped(file.path))`: \(file.reason)")
    }
    var options = LoadOptions()
    options.limits = limits
    options.otherSources = SourceCatalog.strangers()
    options.carriers = CarrierCatalog.framing
    let survey = FieldSurvey(of: found, options: options)
    guard !found.files.isEmpty else { return found.unreadable.isEmpty ? .success : .unreadable }
    SchemaVerb.show(
      Table(
        fields: [Field("field", .string), Field("type", .string)],
        rows: survey.fields.map { [.string($0.name), .string($0.type.rawValue)] }), output, console)
    options.accountsForFiles = true
    let requests = SourceCatalog.tables.map { LoadRequest(source: $0.logSource, fields: []) }
    let report = load(found, requests: requests, options: options).report
    if !output.isQuiet {
      for file in report.files { console.printError(line(for: file)) }
      for file in found.skipped {
        console.printError("  \(DisplayText.escaped(file.path)): \(file.reason)\n")
      }
      console.printError("files: \(found.files.count) looked at\n")
    }
    for help in report.limitHelp { console.printError("  help: \(help.optionText)\n") }
    if !found.unreadable.isEmpty { return .unreadable }
    if !report.limited.isEmpty { return .limit }
    let isWhole = report.damaged.isEmpty && report.unreadable.isEmpty && report.rejected == 0
    return isWhole ? .success : .partial
  }

  private static func line(for file: LoadReport.FileAccount) -> String {
    var parts = file.events.map { "\($0.source), \($0.count) event\($0.count == 1 ? "" : "s")" }
    if parts.isEmpty { parts.append("no events") }
    if file.rejected > 0 { parts.append("\(file.rejected) rejected") }
    let carriers = file.carriers.isEmpty ? "" : " (\(file.carriers.joined(separator: ", ")))"
    let trouble = file.trouble.isEmpty ? "" : ": \(file.trouble.joined(separator: "; "))"
    return "  \(DisplayText.escaped(file.path)): "
      + DisplayText.escaped(parts.joined(separator: ", ") + carriers + trouble) + "\n"
  }
}
