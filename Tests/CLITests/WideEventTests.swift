import Testing

/// An event costs what its bytes cost, however many fields whoever made it put in.
@Suite struct WideEventTests {
  @Test(arguments: [
    "table *", "rename requestParameters.* as *", "fieldsummary", "convert auto(*)", "stats values(*) as *",
    "eventstats count | table *", "appendpipe [stats count] | table *", "append [search * | table *]",
    "join type=left eventName [search * | fields *]",
  ])
  func `fields are added and found together`(_ command: String) throws {
    let folder = try TemporaryFolder()
    let members = (0..<10_000).map { "\"key\($0)\":\($0)" }.joined(separator: ",")
    let log = try folder.write(
      "a.json", TemporaryFolder.event("Put", extra: ",\"requestParameters\":{\(members)}"))
    // One by one they took minutes here.
    let run = try TrawlProcess.run(
      "query", "-l", "spl", "* | \(command) | stats count", log, "--timeout", "60s", "--format", "csv")
    #expect(run.exitCode == 0 && run.output.hasPrefix("count\n"), "\(run.error)")
  }
}
