import Foundation
import Testing

/// Each limit ends a run by an error that names it, whatever the run is doing.
@Suite struct LimitTests {
  static let doubled =
    "print s='abcdefgh' | " + (0..<40).map { _ in "extend s=strcat(s,s)" }.joined(separator: " | ")

  @Test(arguments: [
    ("kql", doubled + " | project n=strlen(s)", "text-limit"),
    ("kql", "print n=strlen(strcat_array(range(1,1000000), strrep('x',100000)))", "text-limit"),
    ("kql", "print n=strlen(strrep('abc', 1000000000000))", "text-limit"),
    ("kql", "print n=strlen(replace_string(strrep('a',1000000), 'a', strrep('b', 1000)))", "text-limit"),
    ("kql", "print n=array_length(repeat(1, 100000000))", "list-limit"),
    (
      "kql", "range i from 1 to 90000000 step 1 | extend s=strcat('text of the row ', i) | count",
      "memory-limit"
    ),
    (
      "spl",
      "| makeresults | eval x=\"abcdefgh\" | " + (0..<40).map { _ in "eval x=x.x" }.joined(separator: " | "),
      "text-limit"
    ),
    ("spl", "| makeresults | eval x=mvrange(0,5000000) | eval n=mvcount(x)", "list-limit"),
    (
      "spl",
      "| makeresults count=7000 | streamstats count as n | streamstats list(n) as l | eval c=mvcount(l) | stats max(c)",
      "list-limit"
    ),
    (
      "spl", "| makeresults count=2 | streamstats count as n | eval x=printf(\"%*d\", n*5000, n)",
      "function-limit"
    ),
  ])
  func `a limit is an error that names it`(language: String, query: String, limit: String) throws {
    let result = try TrawlProcess.run(
      "query", "-l", language, query, "--memory-limit", "700M", "--timeout", "120s")
    #expect(result.exitCode == 5, "\(query): \(result.output) \(result.error)")
    #expect(result.error.contains("error[\(limit)]") && result.error.contains("help:"), "\(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func `a gzip bomb ends at the memory limit`() throws {
    let folder = try TemporaryFolder()
    // 600 MB of blanks, 600 times smaller.
    let member = try gzip(Data(repeating: 0x20, count: 60_000_000), in: folder)
    var bomb = Data()
    for _ in 0..<10 { bomb += member }
    let file = try folder.write("bomb.json.gz", bomb)
    let result = try TrawlProcess.run("query", "AWSCloudTrail | count", file, "--memory-limit", "150M")
    #expect(result.exitCode == 5, "\(result.error)")
    #expect(
      result.error.contains("memory limit of 150.0 MiB") && result.error.contains(file), "\(result.error)")
  }

  private func gzip(_ bytes: Data, in folder: TemporaryFolder) throws -> Data {
    let plain = try folder.write("plain", bytes)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-k", plain]
    try process.run()
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: plain) }
    return try Data(contentsOf: URL(fileURLWithPath: plain + ".gz"))
  }

  @Test(arguments: [
    ("kql", "range i from 1 to 90000000 step 1 | extend a=i*2 | summarize max(a)"),
    ("kql", "range i from 1 to 30000000 step 1 | extend s=tostring(i) | sort by s desc | take 1"),
    ("spl", "| makeresults count=900000 | streamstats count as n | eval x=md5(n) | stats dc(x)"),
  ])
  func `the time limit holds`(language: String, query: String) throws {
    let start = ContinuousClock.now
    let result = try TrawlProcess.run("query", "-l", language, query, "--timeout", "1s")
    #expect(result.exitCode == 5, "\(result.output) \(result.error)")
    #expect(
      result.error.contains("error[time-limit]") && result.error.contains("--timeout"), "\(result.error)")
    // The machine that tests may be busy.
    #expect(ContinuousClock.now - start < .seconds(8))
  }

  @Test func `one rule that meets a limit leaves the alerts of the others`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["SendEmail"])
    try folder.write("rules/a.kql", "AWSCloudTrail | where EventName == 'SendEmail'")
    try folder.write("rules/b.kql", "AWSCloudTrail | extend n=strlen(strrep(EventName, 1000000000000))")
    try folder.write("rules/c.kql", "AWSCloudTrail | take 1")
    let result = try TrawlProcess.run("run", folder.path + "/rules", "--logs", folder.path + "/logs")
    #expect(result.exitCode == 5, "\(result.error)")
    #expect(
      result.error.contains("fired: 2 rules") && result.error.contains("b.kql: a text would be longer"),
      "\(result.error)")
  }

  /// Also where memory grows in steps that nothing asks for, and where what the first rule gave back is still with the
  /// allocator.
  @Test func `rules that take all memory leave the alerts of the others`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["SendEmail"])
    let texts = "| makeresults count=600000 | streamstats count as n | eval s=md5(n).sha512(n)"
    try folder.write("rules/a.spl", texts + " | stats count by s | stats count")
    try folder.write("rules/b.kql", "AWSCloudTrail | where EventName == 'SendEmail'")
    try folder.write("rules/c.spl", texts + " | stats values(s) as s by n | mvcombine s | stats count")
    try folder.write("rules/d.kql", "AWSCloudTrail | take 1")
    let result = try TrawlProcess.run(
      "run", folder.path + "/rules", "--logs", folder.path + "/logs", "--memory-limit", "150M")
    #expect(result.exitCode == 5, "\(result.error)")
    #expect(
      result.error.contains("fired: 2 rules")
        && result.error.contains("a.spl: the memory limit of 150.0 MiB is reached: ")
        && result.error.contains("c.spl: the memory limit of 150.0 MiB is reached: "), "\(result.error)")
  }

  // MARK: - Sizes

  private func log(_ folder: TemporaryFolder) throws -> String {
    try folder.writeEvents("logs/a.json", ["A"])
    return "\(folder.path)/logs"
  }

  @Test(arguments: [
    ["query", "AWSCloudTrail | count"], ["query", "-l", "spl", "| stats count"], ["schema"],
  ])
  func `files beyond the limits of their size are named`(verb: [String]) throws {
    let folder = try TemporaryFolder()
    let logs = try log(folder)
    let large = try folder.write(
      "logs/b.json", "[" + TemporaryFolder.event("B") + String(repeating: " ", count: 9000) + "]")
    let packed = try gzip(Data(repeating: 0x20, count: 3_000_000), in: folder)
    let bomb = try folder.write("bomb.json.gz", packed)
    #expect(try TrawlProcess.run(verb + [logs, bomb]).exitCode != 5)
    let byFile = try TrawlProcess.run(verb + [logs, "--file-limit", "4K", "-q"])
    #expect(byFile.exitCode == 5, "\(byFile.error)")
    if verb[0] == "query" {
      #expect(byFile.error.contains("\(large): larger than the limit of 4096 bytes"), "\(byFile.error)")
    }
    #expect(byFile.error.contains("help: `--file-limit SIZE` sets another limit"), "\(byFile.error)")
    let unpacked = try TrawlProcess.run(verb + [bomb, "--file-limit", "1M"])
    #expect(unpacked.exitCode == 5, "\(unpacked.error)")
    #expect(
      unpacked.error.contains("decompressed size exceeds the limit of 1048576 bytes"), "\(unpacked.error)")
    #expect(unpacked.error.contains("`--file-limit SIZE`"), "\(unpacked.error)")
    let grown = try TrawlProcess.run(verb + [bomb, "--ratio-limit", "100"])
    #expect(grown.exitCode == 5, "\(grown.error)")
    #expect(grown.error.contains("decompressed size exceeds 100 times the stored one"), "\(grown.error)")
    #expect(grown.error.contains("`--ratio-limit N`"), "\(grown.error)")
    #expect(try TrawlProcess.run(verb + [logs, bomb, "--ratio-limit", "5000"]).exitCode != 5)
  }

  @Test func `a pack names files beyond the limit too`() throws {
    let folder = try TemporaryFolder()
    let logs = try log(folder)
    let made = try TrawlProcess.run("pack", logs, "--out", "\(folder.path)/packed", "--file-limit", "100")
    #expect(made.exitCode == 5, "\(made.error)")
    #expect(made.error.contains("a.json") && made.error.contains("`--file-limit SIZE`"), "\(made.error)")
  }

  @Test func `a query beyond the limit of its length is refused, and the other rules run`() throws {
    let folder = try TemporaryFolder()
    let logs = try log(folder)
    let long = "AWSCloudTrail | where EventName != '\(String(repeating: "x", count: 2000))'"
    let refused = try TrawlProcess.run("query", long, logs, "--query-limit", "1K")
    #expect(refused.exitCode == 5 && refused.output.isEmpty, "\(refused.error)")
    #expect(refused.error.contains("error[query-limit]: the query is 2,0"), "\(refused.error)")
    #expect(
      refused.error.contains("the limit is 1,024 bytes") && refused.error.contains("`--query-limit SIZE`"),
      "\(refused.error)")
    try folder.write("rules/a.kql", "AWSCloudTrail | take 1")
    try folder.write("rules/b.kql", long)
    let run = try TrawlProcess.run("run", "\(folder.path)/rules", "--logs", logs, "--query-limit", "1K")
    #expect(run.exitCode == 5, "\(run.error)")
    #expect(run.error.contains("fired: 1 rule") && run.error.contains("query-limit"), "\(run.error)")
    let check = try TrawlProcess.run("check", "\(folder.path)/rules", "--query-limit", "1K")
    #expect(check.exitCode != 0 && (check.output + check.error).contains("query-limit"), "\(check)")
  }

  @Test func `results beyond the limit of the output are not written, nor cut`() throws {
    let folder = try TemporaryFolder()
    let logs = try log(folder)
    let query = ["query", "AWSCloudTrail | extend n = range(1, 500) | project EventName, n", logs]
    for format in ["table", "json", "ndjson", "csv", "typed-json"] {
      let whole = try TrawlProcess.run(query + ["--format", format, "--width", "0"])
      let size = whole.output.utf8.count
      let fits = try TrawlProcess.run(
        query + ["--format", format, "--width", "0", "--output-limit", "\(size)"])
      #expect(fits.exitCode == 0 && fits.output == whole.output, "\(format): \(fits.error)")
      let over = try TrawlProcess.run(
        query + ["--format", format, "--width", "0", "--output-limit", "\(size - 1)"])
      #expect(over.exitCode == 5 && over.output.isEmpty, "\(format): \(over.error)")
      #expect(
        over.error.contains("error[output-limit]") && over.error.contains("`--output-limit SIZE`"),
        "\(over.error)")
    }
  }

  @Test func `a size that is none is refused`() throws {
    for text in ["0", "-1G", "lots", "1.5X"] {
      let result = try TrawlProcess.run("query", "print 1", "--memory-limit", text)
      #expect(result.exitCode == 2 && result.error.contains("a size such as 512M or 4G"))
      let output = try TrawlProcess.run("query", "print 1", "--output-limit", text)
      #expect(output.exitCode == 2 && output.error.contains("`--output-limit` cannot be"))
    }
  }

  /// Every process has its own seed of hashes.
  @Test func `no answer depends on the seed of hashes`() throws {
    for (language, query) in [
      (
        "kql",
        "AWSCloudTrail | summarize count(), make_set(EventName), take_any(UserAgent) by SourceIpAddress, bin(TimeGenerated, 1h)"
      ),
      (
        "kql",
        "AWSCloudTrail | join kind=inner (AWSCloudTrail | distinct EventName) on EventName | summarize dcount(AwsEventId) by EventName"
      ),
      ("kql", "AWSCloudTrail | distinct EventName, UserIdentityArn"),
      (
        "spl",
        "sourcetype=aws:cloudtrail | stats count values(awsRegion) dc(eventID) by eventName userIdentity.arn"
      ),
      ("spl", "sourcetype=aws:cloudtrail | top eventName by eventSource"),
    ] {
      let answers = try (0..<4).map { _ in
        try TrawlProcess.run([
          "query", "-l", language, query, "--format", "ndjson", Repository.path("examples/bursts"),
        ]).output
      }
      #expect(Set(answers).count == 1 && !answers[0].isEmpty, "\(query)")
    }
  }
}
