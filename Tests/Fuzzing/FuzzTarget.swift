import Diagnostics
import Engine
import Formats
import Foundation
import Session

/// What is fed with random bytes. libFuzzer calls it with inputs that it grows by what code they reach; whatever they
/// are, it returns: a trap, a hang or a leak is a find. `fuzz.py` builds and runs it.
enum FuzzTarget: String, CaseIterable {
  /// The text of a query, from its bytes to its rows.
  case kql, spl
  /// A file of logs as it may lie in a folder, read by both languages.
  case logs, gzip, parquet
  /// A file that is named as a table.
  case csv, json
  /// A rule file's text.
  case yaml
  /// A pattern on the first line, a text behind it.
  case regex
  /// A time or a span.
  case dates
  /// A plan as it was written.
  case plan

  static let current: FuzzTarget = {
    guard let name = ProcessInfo.processInfo.environment["TRAWL_FUZZ_TARGET"],
      let target = FuzzTarget(rawValue: name)
    else {
      fatalError("TRAWL_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    RunLimits.set(seconds: nil, memory: 2 << 30)
    return target
  }()

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch self {
    case .kql: Self.answer(String(decoding: bytes, as: UTF8.self), KQLFrontEnd(), WorkspaceConfiguration())
    case .spl: Self.answer(String(decoding: bytes, as: UTF8.self), SPLFrontEnd(), WorkspaceConfiguration())
    case .logs: Self.read(bytes, "log.json")
    case .gzip: Self.read(bytes, "log.json.gz")
    case .parquet: Self.read(bytes, "log.parquet")
    case .csv: Self.table(bytes, "table.csv")
    case .json: Self.table(bytes, "table.json")
    case .yaml: _ = try? YAMLReader.read(String(decoding: bytes, as: UTF8.self))
    case .regex: Self.match(String(decoding: bytes, as: UTF8.self))
    case .dates:
      let text = String(decoding: bytes, as: UTF8.self)
      _ = DatetimeParsing.parseKQL(text)
      _ = TimespanParsing.parseKQL(text)
    case .plan: _ = try? PlanDocument.plan(String(decoding: bytes, as: UTF8.self))
    }
  }

  private static func answer(_ text: String, _ language: any FrontEnd, _ given: WorkspaceConfiguration) {
    var configuration = given
    configuration.threads = 1
    configuration.timeoutSeconds = 5
    let source = SourceText(name: "fuzz", text: text)
    let workspace = Workspace(configuration)
    do {
      let query = try workspace.compile(source, language: language)
      let run = try workspace.run([try workspace.resolve(query)])
      for result in run.outcomes.flatMap(\.results) {
        _ = TableRenderer(format: .typedJSON).text(result.table.slice(0..<min(100, result.table.rowCount)))
      }
    } catch let failure as QueryFailure {
      _ = DiagnosticRenderer.render(failure.diagnostics, in: source)
    } catch {}
  }

  private static let folder: String = {
    let path = NSTemporaryDirectory() + "/trawl-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }()

  private static func file(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) -> String {
    let path = "\(folder)/\(name)"
    FileManager.default.createFile(atPath: path, contents: Data(bytes))
    return path
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [file(bytes, name)]
    answer(
      "AWSCloudTrail | where EventName != 'x' | summarize count(), take_any(RequestParameters) by EventName",
      KQLFrontEnd(),
      configuration)
    answer("* | spath | stats count, values(sourceIPAddress) by eventName", SPLFrontEnd(), configuration)
  }

  private static func table(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String) {
    var configuration = WorkspaceConfiguration()
    configuration.tables = [WorkspaceConfiguration.NamedPath(name: "T", path: file(bytes, name))]
    answer("T | take 50", KQLFrontEnd(), configuration)
  }

  private static func match(_ text: String) {
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let subject = Array((lines.count > 1 ? lines[1] : "").utf8.prefix(2000))
    for dialect in [RegularExpression.Dialect.rust, .perl] {
      guard let regex = try? RegularExpression(String(lines[0].prefix(200)), options: .init(dialect: dialect))
      else {
        continue
      }
      subject.withUnsafeBufferPointer {
        _ = regex.isMatch($0)
        regex.allCaptures(in: $0) { _ in true }
      }
    }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.current.run(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
  return 0
}
