import Foundation
import Testing

/// A search that remembers what was seen, and a detection of what was not: two runs over the same folder of lookups.
@Suite struct BaselineFlowTests {
  let folder: TemporaryFolder

  private static let baseline = """
    name: Regions in use
    search: '| tstats earliest(_time) as firstSeen latest(_time) as lastSeen from datamodel=Change
      where All_Changes.action=created by All_Changes.vendor_region | `drop_dm_object_name("All_Changes")`
      | inputlookup append=t regions_in_use
      | stats min(firstSeen) as firstSeen max(lastSeen) as lastSeen by vendor_region
      | outputlookup regions_in_use'
    """

  private static let detection = """
    name: A region never used before
    search: '| tstats count min(_time) as firstTime from datamodel=Change where All_Changes.action=created
      by All_Changes.user All_Changes.vendor_region | `drop_dm_object_name("All_Changes")`
      | lookup regions_in_use vendor_region OUTPUTNEW firstSeen
      | where isnull(firstSeen) | table user vendor_region count | `a_region_never_used_before_filter`'
    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("baselines/regions.yml", BaselineFlowTests.baseline)
    try folder.write("detections/region.yml", BaselineFlowTests.detection)
    try write("past", region: "eu-west-1", day: 1)
    try write("now", region: "eu-west-1", day: 8)
    try write("new", region: "ap-south-1", day: 9)
  }

  private func write(_ name: String, region: String, day: Int) throws {
    try folder.write(
      "logs/\(name)/events.json",
      """
      {"eventVersion":"1.09","eventTime":"2026-03-0\(day)T10:00:00Z","eventSource":"ec2.amazonaws.com",\
      "eventName":"RunInstances","awsRegion":"\(region)","userIdentity":{"type":"IAMUser",\
      "arn":"arn:aws:iam::123456789012:user/ada"}}
      """)
  }

  private func run(_ rules: String, _ logs: String, _ options: String...) throws -> TrawlProcess {
    try TrawlProcess.run(
      ["run", rules, "--logs", "logs/\(logs)", "--format", "ndjson"] + options, in: folder.path)
  }

  @Test func `what the baseline saw is old, the rest is new`() throws {
    let baseline = try run("baselines", "past", "--lookup-output", "stores")
    #expect(baseline.exitCode == 0, "\(baseline.error)")
    #expect(baseline.error.contains("warning[new-lookup]: there is no lookup table `regions_in_use` yet"))
    #expect(baseline.error.contains("1 row written to `stores/regions_in_use.csv`"))
    let quiet = try run("detections", "now", "--lookups", "stores")
    #expect(quiet.output.isEmpty && quiet.exitCode == 0, "\(quiet.error)")
    let loud = try run("detections", "new", "--lookups", "stores")
    #expect(loud.output.contains(#""row":{"user":"ada","vendor_region":"ap-south-1","count":1}"#))
    // The baseline grows with each run.
    _ = try run("baselines", "new", "--lookup-output", "stores")
    #expect(try run("detections", "new", "--lookups", "stores").output.isEmpty)
  }

  @Test func `a detection without its table is listed as not run, with the file to make`() throws {
    let missing = try run("detections", "new")
    #expect(missing.exitCode == 3)
    #expect(missing.error.contains("rules: 1 loaded, 0 refused, 1 not run"))
    #expect(missing.error.contains("  not run: detections/region.yml:"))
    #expect(missing.error.contains("no folder of lookups has `regions_in_use.csv`"))
    #expect(missing.error.contains("`--lookups DIR` names such a folder"))
  }

  @Test func `a detection over an empty table says so`() throws {
    try folder.write("stores/regions_in_use.csv", "vendor_region,firstSeen\n")
    for verb in ["run", "why"] {
      let result = try TrawlProcess.run(
        [verb, "detections/region.yml", "--logs", "logs/new", "--lookups", "stores"], in: folder.path)
      #expect(result.exitCode == 0)
      #expect(
        result.error.contains(
          "the lookup table `regions_in_use` is empty: run the search that fills it first"))
    }
    let query = try TrawlProcess.run(
      ["query", "--file", "detections/region.yml", "logs/new", "--lookups", "stores"], in: folder.path)
    #expect(query.error.contains("warning[empty-lookup]"))
    #expect(query.output.contains("ap-south-1"))
  }

  @Test func `a baseline is refused where no folder is opened, and looks are free`() throws {
    let refused = try run("baselines", "past")
    #expect(refused.exitCode == 2)
    #expect(refused.error.contains("error[no-lookup-folder]"))
    #expect(refused.error.contains("`--lookup-output DIR` opens one: `regions_in_use.csv` is written there"))
    let check = try TrawlProcess.run(["check", "baselines"], in: folder.path)
    #expect(check.exitCode == 0, "\(check.output)")
    try folder.write(
      "baselines/regions.tests.yml", "- name: remembers\n  logs: ../logs/past\n  rows: 1\n")
    let test = try TrawlProcess.run(["test", "baselines"], in: folder.path)
    #expect(test.exitCode == 0, "\(test.output)")
    let why = try TrawlProcess.run(["why", "baselines/regions.yml", "--logs", "logs/past"], in: folder.path)
    #expect(why.exitCode == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/regions_in_use.csv"))
  }

  @Test func `detections for Splunk see the fields of its add-on, searches of their own the plain ones`()
    throws
  {
    try folder.write(
      "rules/caller.yml",
      "name: Callers\nsearch: sourcetype=aws:cloudtrail errorCode=success | stats count by user_arn\n")
    try folder.write(
      "rules/caller.spl", "sourcetype=aws:cloudtrail errorCode=success | stats count by user_arn\n")
    for arguments in [
      ["query", "--file", "rules/caller.yml", "logs/new"],
      ["run", "rules/caller.yml", "--logs", "logs/new", "--rows"],
      ["why", "rules/caller.yml", "--logs", "logs/new"], ["why", "--file", "rules/caller.yml", "logs/new"],
    ] {
      let result = try TrawlProcess.run(arguments, in: folder.path)
      #expect(
        result.output.contains("user/ada") || arguments[0] == "why" && result.output.contains("errorCode"),
        "\(arguments)")
      #expect(!result.error.contains("warning["), "\(arguments): \(result.error)")
      let plain = try TrawlProcess.run(arguments + ["--view", "raw"], in: folder.path)
      #expect(plain.error.contains("warning[absent-field]") || plain.error.contains("warning[absent-value]"))
    }
    try folder.write(
      "rules/caller.tests.yml", "- name: fires\n  logs: ../logs/new\n  contains:\n    - count: 1\n")
    let test = try TrawlProcess.run(["test", "rules/caller.yml"], in: folder.path)
    #expect(test.exitCode == 0, "\(test.output)")
    #expect(try TrawlProcess.run(["check", "rules/caller.yml"], in: folder.path).output.contains("1 fine"))
    let check = try TrawlProcess.run(["check", "rules/caller.spl"], in: folder.path)
    #expect(
      check.output.contains("`--view addon` has it") && check.output.contains("`--view addon` does too"))
  }
}
