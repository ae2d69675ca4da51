import Foundation
import Testing

/// Logs that come through pipes, and those that no path leads to.
@Suite struct PipeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a line of the shell in which `$0` is the program.
  private func shell(_ line: String) throws -> TrawlProcess {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line, try TrawlProcess.executable().path]
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return TrawlProcess(
      output: String(decoding: outputData, as: UTF8.self), error: String(decoding: errorData, as: UTF8.self),
      exitCode: process.terminationStatus)
  }

  @Test(arguments: [
    "cat a.json | $0 query 'AWSCloudTrail | count' - --format csv",
    "$0 query 'AWSCloudTrail | count' - --format csv < a.json",
    "gzip -c a.json | $0 query 'AWSCloudTrail | count' - --format csv",
    "$0 query 'AWSCloudTrail | count' <(cat a.json) --format csv",
    "mkfifo p; (cat a.json > p &); $0 query 'AWSCloudTrail | count' p --format csv",
    // The files are read more than once: for the columns, and for the rows.
    "cat a.json | $0 query 'T | count' --table T=- --format csv",
  ])
  func `a pipe is a file of logs`(line: String) throws {
    try folder.writeEvents("a.json", ["SendEmail", "Publish"])
    let result = try shell(line)
    #expect(result.output == "Count\n2\n", "\(line): \(result.error)")
    #expect(result.exitCode == 0)
  }

  @Test func `a pipe within a folder is not waited for`() throws {
    try folder.writeEvents("a.json", ["SendEmail"])
    let result = try shell("mkfifo p; $0 query 'AWSCloudTrail | count' . --format csv")
    #expect(result.output == "Count\n1\n")
    #expect(result.error.contains("skipped: ./p: neither a file nor a folder"))
  }

  @Test func `what is cut in a pipe is named`() throws {
    try folder.writeEvents("a.json", ["SendEmail", "Publish"])
    let result = try shell("head -c 200 a.json | $0 query 'AWSCloudTrail | count' - --format csv")
    #expect(result.exitCode == 4 && result.output == "Count\n1\n", "\(result.error)")
    #expect(result.error.contains("(first: - at byte"))
  }

  @Test(arguments: ["s3://bucket/AWSLogs/", "https://example.org/a.json"])
  func `an address says what to do instead`(address: String) throws {
    let result = try TrawlProcess.run("query", "AWSCloudTrail | count", address)
    #expect(result.exitCode == 3)
    #expect(result.error.contains("nothing is fetched"), "\(result.error)")
  }
}
