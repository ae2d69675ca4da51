import Foundation
import Testing

/// Logs that hide something, by accident or on purpose: it is said, and nothing that was kept is lost.
@Suite struct HostileLogTests {
  let folder: TemporaryFolder
  let good: String

  init() throws {
    folder = try TemporaryFolder()
    good = try folder.writeEvents("good.json", ["SendEmail", "Publish"])
  }

  private func count(_ logs: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["query", "-q", "AWSCloudTrail | count", "--format", "csv"] + logs)
  }

  @Test func `damage is named without a summary too`() throws {
    let cut = try folder.write("cut.json.gz", Data([0x1F, 0x8B]))
    let damaged = try count(cut, good)
    #expect(damaged.exitCode == 4 && damaged.output == "Count\n2\n")
    #expect(damaged.error.contains(cut) && !damaged.error.contains("now:"))
    let missing = try count(folder.path + "/missing")
    #expect(missing.exitCode == 3 && missing.error.contains("/missing: no such file"))
    let other = try count(try folder.write("readme.txt", "nothing here\n"))
    #expect(other.exitCode == 3 && other.error.contains("readme.txt"))
    #expect(try count(good).error.isEmpty)
  }

  private func event(_ name: String, _ time: String) -> String {
    #"{"eventVersion":"1.09","eventTime":"\#(time)","eventSource":"s","eventName":"\#(name)"}"#
  }

  @Test func `a newest event in the future, or far from all others, is said`() throws {
    let plain = (0..<30).map { event("E", "2026-03-0\(1 + $0 % 9)T10:00:00Z") }
    for (time, words) in [
      ("2099-01-01T00:00:00Z", "lies in the future"),
      ("2026-04-20T00:00:00Z", "1 event lies far behind the 30 others"),
    ] {
      let file = try folder.write("late.json", (plain + [event("Late", time)]).joined(separator: "\n"))
      let result = try count(file)
      #expect(result.exitCode == 0)
      #expect(result.error.contains("warning:") && result.error.contains(words), "\(result.error)")
      #expect(result.error.contains(file))
      let set = try TrawlProcess.run(
        "query", "-q", "AWSCloudTrail | count", "--now", "2026-03-09T12:00:00Z", file)
      #expect(set.error.isEmpty)
    }
  }

  @Test func `an event without a readable time is damage, and its file is named`() throws {
    let file = try folder.write(
      "times.json", "\(event("A", "redacted"))\n\(event("B", "2026-03-01T00:00:00Z"))\n")
    let result = try count(file, good)
    #expect(result.exitCode == 4 && result.output == "Count\n4\n")
    #expect(result.error.contains("\(file): 1 event without a readable time"))
  }

  @Test func `a table is not replaced from logs that were not read`() throws {
    let store = try folder.write("store/base.csv", "eventName\nOld\n")
    func write(_ logs: String..., options: [String] = []) throws -> TrawlProcess {
      try TrawlProcess.run(
        [
          "query", "-l", "spl", "sourcetype=aws:cloudtrail | table eventName | outputlookup base",
          "--lookup-output", folder.path + "/store",
        ] + options + logs)
    }
    func kept() throws -> String { try String(contentsOfFile: store, encoding: .utf8) }
    let mistyped = try write(folder.path + "/mistyped")
    #expect(mistyped.exitCode == 3)
    #expect(mistyped.error.contains("`base` is not replaced: no event was read"), "\(mistyped.error)")
    #expect(try kept() == "eventName\nOld\n")
    let cut = try folder.write("cut.json", TemporaryFolder.event("Part") + "\n{\"eventName\":")
    #expect(try write(cut).exitCode == 4)
    #expect(try kept() == "eventName\nOld\n")
    #expect(try write(cut, options: ["--allow-partial"]).exitCode == 0)
    #expect(try kept() == "eventName\nPart\n")
    #expect(try write(good).exitCode == 0)
    #expect(try kept() == "eventName\nSendEmail\nPublish\n" || kept() == "eventName\nPublish\nSendEmail\n")
  }

  @Test func `a link among lookup tables is not written through`() throws {
    let secret = try folder.write("secret.csv", "keep\n")
    try folder.write("store/x.csv", "a\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/store/base.csv", withDestinationPath: secret)
    let result = try TrawlProcess.run(
      "query", "-l", "spl", "| makeresults | eval a=1 | outputlookup base", "--lookup-output",
      folder.path + "/store")
    #expect(result.exitCode == 2 && result.error.contains("it is a link"), "\(result.error)")
    #expect(try String(contentsOfFile: secret, encoding: .utf8) == "keep\n")
  }

  @Test func `one file is read for two tables, in two spellings`() throws {
    let other = folder.path + "/./good.json"
    let result = try TrawlProcess.run(
      "query", "union (AWSCloudTrail | count), (X | count), (Y | count)", "--table", "X=\(good)", "--table",
      "Y=\(other)", "--logs", folder.path, "--format", "csv")
    #expect(result.output == "Count\n2\n2\n2\n", "\(result.error)")
    #expect(result.exitCode == 0)
  }

  @Test func `a table without rows is said to be one`() throws {
    for text in ["a,b\n", "[]"] {
      let file = try folder.write("table.txt", text)
      let result = try TrawlProcess.run("query", "X | count", "--table", "X=\(file)", "--format", "csv")
      #expect(result.exitCode == 0 && result.output == "Count\n0\n")
      #expect(result.error.contains("empty: \(file): it has no rows"), "\(result.error)")
      #expect(!result.error.contains("nothing was read"))
    }
  }

  @Test func `a CSV of many columns is loaded in no time`() throws {
    let names = (0..<20_000).map { "c\($0)" }.joined(separator: ",")
    let cells = (0..<20_000).map(String.init).joined(separator: ",")
    let file = try folder.write("wide.csv", "\(names)\n\(cells)\n")
    let result = try TrawlProcess.run(
      "query", "T | take 1 | project c0, c19999", "--table", "T=\(file)", "--format", "csv", "--timeout",
      "40s")
    #expect(result.output == "c0,c19999\n0,19999\n", "\(result.error)")
  }

  @Test func `results written to a device leave it a device`() throws {
    try folder.write("r.kql", "AWSCloudTrail | count")
    try folder.write(
      "r.tests.yml", "- name: one\n  events:\n    - \(TemporaryFolder.event("A"))\n  rows: 1\n")
    let result = try TrawlProcess.run("test", folder.path + "/r.kql", "--junit", "/dev/stdout")
    #expect(result.output.contains("<testsuite"), "\(result.error)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/dev/stdout").contains("fd/1"))
  }

  @Test(arguments: [
    ("sort -5 n", "`sort 5 -n` keeps the 5 largest"), ("sort limit=-5 n", "not negative"),
    ("top -3 n", "at least 0"), ("top limit=-3 n", "not negative"), ("dedup -1 n", "at least 1"),
    ("streamstats window=-2 sum(n)", "not negative"), ("mvexpand n limit=-1", "not negative"),
    ("head limit=-1", "not negative"),
  ])
  func `a negative count is refused`(command: String, help: String) throws {
    let result = try TrawlProcess.run(
      "query", "-l", "spl", "| makeresults count=3 | streamstats count as n | \(command)")
    #expect(result.exitCode == 2 && result.error.contains(help), "\(result.error)")
    let made = try TrawlProcess.run("query", "-l", "spl", "| makeresults count=-5")
    #expect(made.exitCode == 2)
  }
}
