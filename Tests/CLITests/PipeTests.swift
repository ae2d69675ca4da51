import Foundation
import Testing

/// Logs that come through pipes, and those that no path leads to.
@Suite struct PipeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func shell(_ line: String) throws -> TrawlProcess {
    try TrawlProcess.shell(line, in: folder.path)
  }

  @Test(arguments: [
    "cat a.json | $0 query 'AWSCloudTrail | count' - --format csv",
    "$0 query 'AWSCloudTrail | count' - --format csv < a.json",
    "gzip -c a.json | $0 query 'AWSCloudTrail | count' - --format csv",
    "$0 query 'AWSCloudTrail | count' <(cat a.json) --format csv",
    "mkfifo p; (cat a.json > p &); $0 query 'AWSCloudTrail | count' p --format csv",
    // A writer that waits would be gone if a pipe were opened only to look what it is.
    "mkfifo p; (sleep 0.2; cat a.json > p &); $0 query 'AWSCloudTrail | count' p --format csv",
    "mkfifo p; (cat a.json > p &); sleep 0.3; $0 query 'AWSCloudTrail | count' p --format csv",
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
