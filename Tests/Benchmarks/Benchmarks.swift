import Diagnostics
import Engine
import Foundation
import Session

/// Times queries over columns in memory, one JSON line each.
///
/// ```
///   Benchmarks hot LOGS [--rule FILE]... [--now TIME] [--runs N] [--threads N] [--only NAME] [--answers DIR]
///   Benchmarks session LOGS --rule FILE [--now TIME] [--runs N]      the first question and the next ones
///   Benchmarks micro [--runs N] [--threads N] [--only NAME] [--scale FACTOR]
///   Benchmarks cases [--runs N]      the names of the micro cases
/// ```
@main
struct Benchmarks {
  private var mode = ""
  private var logs: [String] = []
  private var options: [(name: String, value: String)] = []

  static func main() {
    do {
      try Benchmarks(CommandLine.arguments.dropFirst()).run()
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private init(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument.hasPrefix("--") {
        guard let value = rest.popFirst() else { throw BenchmarkFailure("\(argument) needs a value") }
        options.append((argument, value))
      } else if mode.isEmpty {
        mode = argument
      } else {
        logs.append(argument)
      }
    }
  }

  private func option(_ name: String) -> String? { options.last { $0.name == name }?.value }
  private var runs: Int { option("--runs").flatMap { Int($0) } ?? 5 }
  private var threads: Int? { option("--threads").flatMap { Int($0) } }
  private func isWanted(_ name: String) -> Bool { option("--only").map { name.contains($0) } ?? true }

  private func run() throws {
    switch mode {
    case "hot": try runHot()
    case "session": try runSession()
    case "micro":
      let scale = option("--scale").flatMap { Double($0) } ?? 1
      for micro in MicroCase.all where isWanted(micro.name) {
        print(try micro.measure(rows: Int(Double(micro.rows) * scale), runs: runs, threads: threads).json)
      }
    case "cases": for micro in MicroCase.all { print("{\"name\":\"\(micro.name)\"}") }
    default: throw BenchmarkFailure("usage: Benchmarks hot LOGS | Benchmarks micro | Benchmarks cases")
    }
  }

  private func configuration() throws -> WorkspaceConfiguration {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs
    configuration.threads = threads
    configuration.isProfiled = option("--profile") != nil
    if let now = option("--now") {
      guard let ticks = DatetimeParsing.parseKQL(now) else { throw BenchmarkFailure("no time: \(now)") }
      configuration.now = .at(ticks)
    }
    return configuration
  }

  private func rules() throws -> [AnalystQuery] {
    try options.filter { $0.name == "--rule" }.map { _, path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return AnalystQuery(name: file, language: FrontEnds.standard.language(ofFile: path) ?? .kql, text: text)
    }
  }

  /// From the text to the rows, each time: the first question reads the files, the others find the columns in memory.
  private func runSession() throws {
    let workspace = Workspace(try configuration(), keeping: KeptTables())
    for rule in try rules() {
      var run: Workspace.Run?
      func ask() throws {
        let source = SourceText(name: rule.name, text: rule.text)
        run = try workspace.run([try workspace.compile(source, language: rule.language)])
      }
      let first = try Stopwatch.median(of: 1) { try ask() }
      let next = try Stopwatch.median(of: runs) { try ask() }
      let events = run?.report.eventsRead ?? 0
      let rows = run?.outcomes.first?.results.first?.table.rowCount ?? 0
      for (name, reading) in [("first", first), ("next", next)] {
        print(
          BenchmarkResult(name: "\(name) \(rule.name)", inputRows: events, rows: rows, reading: reading).json)
      }
    }
  }

  private func runHot() throws {
    let workspace = Workspace(try configuration())
    var queries = try AnalystQuery.all + rules()
    queries = queries.filter { isWanted($0.name) }
    // What one query reads of a text is not to change what another has to read.
    for group in [queries.filter { !$0.readsWholeRequest }, queries.filter(\.readsWholeRequest)] {
      if !group.isEmpty { try runHot(group, in: workspace) }
    }
  }

  private func runHot(_ queries: [AnalystQuery], in workspace: Workspace) throws {
    let all =
      queries + [AnalystQuery(name: "every event", text: "AWSCloudTrail | summarize count() by EventName")]
    let compiled = try all.map {
      try workspace.compile(SourceText(name: $0.name, text: $0.text), language: $0.language)
    }
    var loaded: LoadedTables?
    let loading = Stopwatch.median(of: 1) { loaded = workspace.load(compiled) }
    guard let loaded else { throw BenchmarkFailure("nothing was loaded") }
    print(BenchmarkResult(name: "load", inputRows: 0, rows: loaded.report.eventsRead, reading: loading).json)
    for (query, compiled) in zip(queries, compiled) {
      var outcome: Workspace.Run?
      let reading = try Stopwatch.median(of: runs) { outcome = try workspace.run([compiled], over: loaded) }
      guard let table = outcome?.outcomes.first?.results.first?.table else { continue }
      if option("--profile") != nil {
        for entry in outcome?.outcomes.first?.profile ?? [] {
          print("#", entry.label, entry.rows, entry.seconds * 1000)
        }
      }
      if let folder = option("--answers") { try writeAnswer(table, to: "\(folder)/\(query.name).json") }
      print(
        BenchmarkResult(
          name: query.name, inputRows: loaded.report.eventsRead, rows: table.rowCount, reading: reading,
          digest: digest(table)
        ).json)
    }
  }

  /// A sum of row hashes, so that the order of rows does not count.
  private func digest(_ table: Table) -> String {
    var sum: UInt64 = 0
    for row in 0..<table.rowCount {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in table.row(row).map(\.kqlText).joined(separator: "\u{1}").utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      sum &+= hash
    }
    return String(sum, radix: 16)
  }

  /// The rows as JSON arrays of texts, for other engines to compare with.
  private func writeAnswer(_ table: Table, to path: String) throws {
    let rows = (0..<table.rowCount).map { row in table.row(row).map(\.kqlText) }
    try JSONSerialization.data(withJSONObject: rows).write(to: URL(fileURLWithPath: path))
  }
}
