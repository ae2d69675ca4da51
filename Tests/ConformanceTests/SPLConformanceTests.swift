import Foundation
import Testing

/// Runs searches whose answers by a Splunk are known, and keeps score.
///
///     TRAWL_CONFORMANCE=folder CONFORMANCE_VERBOSE=1 swift test --filter SPLConformanceTests
@Suite struct SPLConformanceTests {
  /// How many vectors of each tier gave the answer when this was last raised.
  static let floors = ["A": 240, "B": 26, "C": 405]

  @Test(.enabled(if: ConformanceVector.folder != nil)) func `what Splunk answers is answered so`()
    async throws
  {
    let environment = ProcessInfo.processInfo.environment
    let wanted = environment["CONFORMANCE_CASE"]
    let isVerbose = environment["CONFORMANCE_VERBOSE"] == "1"
    let vectors = try SPLVector.all().filter { wanted.map($0.id.contains) ?? true }
    try #require(!vectors.isEmpty)
    let verdicts = try await verdicts(of: vectors)
    for tier in Set(vectors.map(\.tier)).sorted() {
      let members = vectors.indices.filter { vectors[$0].tier == tier }
      var right = 0
      var alike = 0
      var failures: [String] = []
      for index in members {
        let id = vectors[index].id
        let reason = SPLKnownDifferences.reasons[id]
        switch verdicts[index] {
        case .equal:
          right += 1
          #expect(reason == nil, "\(id) gives what Splunk gives")
        case .alike(let difference), .different(let difference):
          if verdicts[index].rank == 1 { alike += 1 }
          failures.append("\(id)\(isVerbose ? ": " + difference : "") (\(reason ?? "not explained"))")
          if wanted == nil { #expect(reason != nil, "\(id): \(difference)") }
        }
      }
      print("SPL conformance tier \(tier): \(right) of \(members.count), \(alike) more but for spelling")
      for failure in failures { print("  \(failure)") }
      if wanted == nil { #expect(right >= SPLConformanceTests.floors[tier] ?? 0, "tier \(tier)") }
    }
  }

  private func verdicts(of vectors: [SPLVector]) async throws -> [SPLTableComparison.Verdict] {
    var result = [SPLTableComparison.Verdict](repeating: .equal, count: vectors.count)
    try await withThrowingTaskGroup(of: (Int, SPLTableComparison.Verdict).self) { group in
      for index in vectors.indices {
        group.addTask { (index, try SPLConformanceRun.verdict(of: vectors[index])) }
      }
      for try await (index, verdict) in group { result[index] = verdict }
    }
    return result
  }
}

/// One search by the built program, which stands beside the test bundle.
enum SPLConformanceRun {
  static func verdict(of vector: SPLVector) throws -> SPLTableComparison.Verdict {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(["query.spl": vector.search], to: folder)
    var arguments = [
      "query", "-l", "spl", "--file", folder.appending(path: "query.spl").path, "--format", "typed-json",
      "-q",
    ]
    if let now = vector.now { arguments += ["--now", now] }
    arguments += vector.arguments
    for (name, option, files) in [("lookups", ["--lookups"], vector.lookups), ("logs", [], vector.logs)]
    where !files.isEmpty {
      try write(files, to: folder.appending(path: name))
      arguments += option + [folder.appending(path: name).path]
    }
    let (output, error, exitCode) = try run(arguments)
    if exitCode == 2 {
      return vector.isRefused ? .equal : .different("refused: \(error.prefix { $0 != "\n" })")
    }
    guard exitCode == 0, let document = try JSONSerialization.jsonObject(with: output) as? [String: Any],
      let columns = document["columns"] as? [[String: Any]], let rows = document["rows"] as? [[Any]]
    else { return .different("exit code \(exitCode): \(error.prefix { $0 != "\n" })") }
    if vector.isRefused { return .different("answers what Splunk refuses") }
    return SPLTableComparison.compare(
      vector, columns.compactMap { $0["name"] as? String }, rows.map { $0.map { SPLCell($0) } })
  }

  private static func write(_ files: [String: String], to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
  }

  private static func run(_ arguments: [String]) throws -> (output: Data, error: String, exitCode: Int32) {
    let process = Process()
    let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(filePath: here).deletingLastPathComponent().appending(path: "trawl")
    process.arguments = arguments
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (outputData, String(decoding: errorData, as: UTF8.self), process.terminationStatus)
  }
}
