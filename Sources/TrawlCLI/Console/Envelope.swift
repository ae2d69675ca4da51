import Engine
import Session
import Trawl

/// What `--envelope` puts behind results for programs: what made them, of what input and under which limits. It is the
/// last that a run writes, so whoever finds it has all that is before it.
///
/// ```
/// {"results":[
/// [{"EventName":"SendEmail","count_":101}]              what the verb writes without it; one for each result of a query
/// ],"trawl":{
///   "version":"0.1.0","commit":"…","platform":"Linux x86_64","languageLevel":1,
///   "now":"2026-03-03T09:15:00.9999999Z",               null where nothing was read
///   "limits":{"memoryBytes":18000000000,"seconds":null,…},
///   "input":{"filesRead":48,…},                         null where nothing was read
///   "exitCode":0}}
/// ```
///
/// In ndjson the last line is the object with `trawl` alone.
struct Envelope {
  /// The formats that can hold it.
  static let formats: [OutputFormat] = [.json, .ndjson, .typedJSON]

  let format: OutputFormat
  let settings: RunSettings
  var summary: RunSummary?
  private var count = 0

  init(_ format: OutputFormat, _ settings: RunSettings) {
    self.format = format
    self.settings = settings
  }

  /// What stands before the next result.
  mutating func head() -> String {
    if format == .ndjson { return "" }
    count += 1
    return count == 1 ? "{\"results\":[\n" : ","
  }

  /// What stands behind all results.
  func foot(_ code: ExitCode) -> String {
    let start = format == .ndjson ? "{" : count == 0 ? "{\"results\":[]," : "],"
    return start + "\"trawl\":" + value(code).text + "}\n"
  }

  private func value(_ code: ExitCode) -> JSONValue {
    .object([
      .init("version", .string(TrawlVersion.text)),
      .init("commit", TrawlVersion.commit.map { .string($0) } ?? .null),
      .init("platform", .string(TrawlVersion.platform)),
      .init("languageLevel", .long(Int64(TrawlVersion.languageLevel))),
      .init("now", summary?.now.map { .string(Ticks.datetimeText($0)) } ?? .null),
      .init(
        "limits",
        .object([
          .init("memoryBytes", .long(Int64(RunLimits.memoryLimit))),
          .init("seconds", settings.timeoutSeconds.map { .real($0) } ?? .null),
          .init("textBytes", .long(Int64(TextLimit.bytes))),
          .init("listValues", .long(Int64(DynamicLimit.elements))),
          .init("fileBytes", .long(Int64(settings.fileLimits.bytes))),
          .init("fileRatio", .long(Int64(settings.fileLimits.ratio))),
          .init("queryBytes", settings.queryLimit.map { .long(Int64($0)) } ?? .null),
          .init("outputBytes", settings.outputLimit.map { .long(Int64($0)) } ?? .null),
        ])),
      .init("input", summary?.document ?? .null),
      .init("exitCode", .long(Int64(code.rawValue))),
    ])
  }
}

extension RunSummary {
  /// Ticks, where logs were read and one time is now.
  fileprivate var now: Int64? { readsLogs && showsNow ? run.now : nil }

  /// What was read and what was not, for programs.
  fileprivate var document: JSONValue? {
    guard readsLogs else { return nil }
    let report = run.report
    func time(_ ticks: Int64?) -> JSONValue { ticks.map { .string(Ticks.datetimeText($0)) } ?? .null }
    func files(_ files: [(path: String, reason: String)]) -> JSONValue {
      .array(files.map { .object([.init("path", .string($0.path)), .init("reason", .string($0.reason))]) })
    }
    func places(_ places: [LoadReport.Place]) -> JSONValue {
      .array(
        places.map {
          .object([
            .init("path", .string($0.path)), .init("offset", .long(Int64($0.offset))),
            .init("reason", .string($0.reason)),
          ])
        })
    }
    return .object([
      .init("filesRead", .long(Int64(report.filesRead))),
      .init("filesNotNeeded", .long(Int64(report.filesNotNeeded))),
      .init("skipped", files(report.skipped)),
      .init("unreadable", files(report.unreadable)),
      .init("limited", files(report.limited)),
      .init("damaged", places(report.damaged)),
      .init("emptyTables", .array(report.emptyTables.map { .string($0) })),
      .init("notes", files(report.notes)),
      .init("eventsRead", .long(Int64(report.eventsRead))),
      .init("rejected", .long(Int64(report.rejected))),
      .init("firstRejected", report.firstRejected.map { places([$0])[0] ?? .null } ?? .null),
      .init("otherRecords", .long(Int64(report.otherRecords))),
      .init("eventsWithoutTime", .long(Int64(report.eventsWithoutTime))),
      .init("earliest", time(report.earliest)),
      .init("latest", time(report.latest)),
    ])
  }
}
