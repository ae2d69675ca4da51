import Foundation
import Testing

@Suite struct FormatVerbTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func format(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["fmt"] + arguments, in: folder.path)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + path, encoding: .utf8)
  }

  @Test func `files are rewritten, and those that were are named`() throws {
    try folder.write("rules/a.kql", "// title: A\nAWSCloudTrail|where EventName=='x'|take 5")
    try folder.write("rules/b.spl", "eventName=x\n| head 5\n")
    let result = try format("rules")
    #expect(result.exitCode == 0 && result.output == "rules/a.kql\n" && result.error == "1 of 2 laid out\n")
    #expect(
      try text("rules/a.kql") == "// title: A\nAWSCloudTrail\n| where EventName == 'x'\n| take 5\n")
    #expect(try format("rules", "--check").exitCode == 0)
  }

  @Test func `a check writes nothing`() throws {
    try folder.write("a.kql", "AWSCloudTrail|take 5")
    let result = try format("a.kql", "--check")
    #expect(result.exitCode == 1 && result.output == "a.kql\n")
    #expect(try text("a.kql") == "AWSCloudTrail|take 5")
  }

  @Test func `of a rule in YAML the query's block is laid out`() throws {
    try folder.write(
      "a.yaml", "name: A # kept\nquery: |\n  AWSCloudTrail|take 5\n\n  | count\n\nseverity: High\n")
    #expect(try format("a.yaml").exitCode == 0)
    #expect(
      try text("a.yaml")
        == "name: A # kept\nquery: |\n  AWSCloudTrail\n  | take 5\n\n  | count\n\nseverity: High\n")
  }

  @Test func `a blank line before the query is no part of it`() throws {
    try folder.write("a.yaml", "query: |\n\n  AWSCloudTrail|take 5\n  | count\nseverity: High\n")
    #expect(try format("a.yaml").exitCode == 0)
    #expect(
      try text("a.yaml") == "query: |\n  AWSCloudTrail\n  | take 5\n  | count\nseverity: High\n")
  }

  @Test func `a query that has no lines of its own stays as it is, and that is said`() throws {
    try folder.write("a.yml", "name: A\nsearch: 'eventName=x|head 5'\n")
    let result = try format("a.yml")
    #expect(
      result.exitCode == 0 && result.error.contains("a.yml: not laid out: its query stands in no block"))
    #expect(try text("a.yml") == "name: A\nsearch: 'eventName=x|head 5'\n")
  }

  @Test func `a rule that is wrong stays as it is, and the others are laid out`() throws {
    try folder.write("rules/a.kql", "AWSCloudTrail | where (")
    try folder.write("rules/b.kql", "AWSCloudTrail|take 5")
    let result = try format("rules")
    #expect(result.exitCode == 2 && result.error.contains("rules/a.kql:1:"))
    #expect(try text("rules/a.kql") == "AWSCloudTrail | where (")
    #expect(try text("rules/b.kql") == "AWSCloudTrail\n| take 5\n")
  }

  @Test func `ends of lines stay those of the file`() throws {
    try folder.write("a.kql", "AWSCloudTrail // all\r\n|take 5\r\n")
    #expect(try format("a.kql").exitCode == 0)
    #expect(try text("a.kql") == "AWSCloudTrail // all\r\n| take 5\r\n")
  }

  @Test func `a constant keeps its ends of lines, whatever the others are`() throws {
    try folder.write("mixed.kql", "print a=```x\r\ny\nz```\n|take 5\r\n")
    #expect(try format("mixed.kql").exitCode == 0)
    #expect(try text("mixed.kql") == "print a=```x\r\ny\nz```\n| take 5\n")
    try folder.write("windows.kql", "print a=```x\r\ny```\r\n|take 5\r\n")
    #expect(try format("windows.kql").exitCode == 0)
    #expect(try text("windows.kql") == "print a=```x\r\ny```\r\n| take 5\r\n")
    try folder.write("a.spl", "eventName=x ```one\r\ntwo```\r\n|head 5\r\n")
    #expect(try format("a.spl").exitCode == 0)
    #expect(try text("a.spl") == "eventName=x ```one\r\ntwo```\r\n| head 5\r\n")
  }

  @Test func `a rule in YAML keeps its ends of lines`() throws {
    try folder.write("a.yaml", "name: A\r\nquery: |\r\n  T|take 5\r\n\r\n  | count\r\nseverity: High\r\n")
    let result = try format("a.yaml")
    #expect(result.exitCode == 0 && result.output == "a.yaml\n", "\(result.error)")
    #expect(
      try text("a.yaml")
        == "name: A\r\nquery: |\r\n  T\r\n  | take 5\r\n\r\n  | count\r\nseverity: High\r\n")
    #expect(try format("a.yaml", "--check").exitCode == 0)
    // Of both kinds: all but the query is as it was.
    try folder.write("b.yaml", "name: A\r\nquery: |\n  T|take 5\n  | count\nseverity: High\r\n")
    #expect(try format("b.yaml").output == "b.yaml\n")
    #expect(
      try text("b.yaml") == "name: A\r\nquery: |\n  T\n  | take 5\n  | count\nseverity: High\r\n")
  }

  @Test func `a client directive stays, on a line of its own`() throws {
    try folder.write("a.kql", "#connect cluster('x') // y\nT|take 5\n")
    #expect(try format("a.kql").exitCode == 0)
    #expect(try text("a.kql") == "#connect cluster('x') // y\nT\n| take 5\n")
  }

  @Test func `a run of comments and a large file of macros take no time of their own`() throws {
    let comments = (0..<32_000).map { "// \($0)\n" }.joined()
    try folder.write("rules/a.kql", "T\n\(comments)| take 5\n\(comments)")
    let macros = (0..<4000).map { "[m\($0)]\ndefinition = eventName=x\($0)\n" }.joined()
    try folder.write("macros.conf", macros)
    for number in 0..<300 { try folder.write("rules/\(number).spl", "`m\(number)`|head 5\n") }
    let start = Date()
    let result = try format("rules", "--macros", "macros.conf")
    #expect(result.exitCode == 0 && result.error == "300 of 301 laid out\n", "\(result.error)")
    #expect(Date().timeIntervalSince(start) < 60)
  }

  @Test func `the standard input keeps its ends of lines`() throws {
    let result = try TrawlProcess.shell(
      "printf 'T|take 5\\r\\n' | $0 fmt - | od -c | head -1", in: folder.path)
    #expect(result.output.contains("T  \\r  \\n   |       t"))
  }

  @Test func `the standard input goes to the standard output`() throws {
    let result = try TrawlProcess.shell("echo 'eventName=x|head 5' | $0 fmt -l spl -", in: folder.path)
    #expect(result.exitCode == 0 && result.output == "eventName=x\n| head 5\n")
  }

  @Test func `a link is not written through`() throws {
    try folder.write("real.kql", "AWSCloudTrail|take 5")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.kql", withDestinationPath: "real.kql")
    #expect(try format("link.kql").exitCode == 3)
    #expect(try text("real.kql") == "AWSCloudTrail|take 5")
  }

  @Test(arguments: ["rules", "examples"]) func `what is shipped is laid out`(_ folder: String) throws {
    let result = try TrawlProcess.run(["fmt", "--check", folder], in: Repository.root.path)
    #expect(result.exitCode == 0, "\(result.output)\(result.error)")
  }
}
