import Foundation
import Testing

/// `explain`, `schema` and `functions`.
@Suite struct InspectionVerbTests {
  private let query = #"AWSCloudTrail | where EventName has "Create" | summarize count() by AWSRegion"#

  @Test(arguments: [
    ("tokens", "0..<13 word AWSCloudTrail\n"),
    ("tree", "predicate: binary"),
    ("plan", "EventName has \"Create\"\n"),
    ("optimized", "count_: long = count()"),
    ("distributed", "stage 0: tasks over the files\n  exchange 0: partial groups to 8 tasks by key\n"),
    ("physical", "1. load AWSCloudTrail: 2 columns, only records where EventName has \"Create\"\n"),
  ])
  func `every stage of a query can be shown`(_ stage: String, _ part: String) throws {
    let result = try TrawlProcess.run("explain", query, "--stage", stage)
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.output.contains(part), "\(result.output)")
  }

  @Test func `the optimized plan loads no column that nobody reads`() throws {
    let plan = try TrawlProcess.run("explain", query, "--stage", "plan").output
    let optimized = try TrawlProcess.run("explain", query).output
    #expect(plan.contains("UserAgent: string"))
    #expect(!optimized.contains("UserAgent"))
  }

  @Test(arguments: ["tokens", "tree", "plan", "optimized", "physical", "distributed"])
  func `every stage of a search can be shown`(_ stage: String) throws {
    let result = try TrawlProcess.run(
      "explain", "-l", "spl", "eventName=Create* | stats count by awsRegion", "--stage", stage)
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.output.contains("awsRegion"))
  }

  @Test(arguments: ["plan", "optimized"]) func `a plan is written as JSON`(_ stage: String) throws {
    let result = try TrawlProcess.run("explain", query, "--stage", stage, "--format", "json")
    #expect(result.exitCode == 0, "\(result.error)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(json?["trawlPlan"] as? Int == 1)
    #expect(result.output.contains("\"kql:has\""))
    #expect(
      try TrawlProcess.run("explain", query, "--stage", stage, "--format", "json").output == result.output)
  }

  @Test(arguments: ["tokens", "tree", "physical", "distributed"]) func `what is text has no JSON`(
    _ stage: String
  ) throws {
    let result = try TrawlProcess.run("explain", query, "--stage", stage, "--format", "json")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("`\(stage)`") && result.error.contains("--stage plan"))
    #expect(try TrawlProcess.run("explain", query, "--format", "csv").exitCode == 2)
  }

  @Test(arguments: ["tree", "optimized"])
  func `a wrong query cannot be explained`(_ stage: String) throws {
    let result = try TrawlProcess.run("explain", "AWSCloudTrail | where (", "--stage", stage)
    #expect(result.exitCode == 2)
    #expect(result.error.hasPrefix("error["))
  }

  @Test func `the tables are listed`() throws {
    let result = try TrawlProcess.run("schema", "--format", "csv")
    #expect(result.output.contains("\nAWSCloudTrail,55,"))
    #expect(result.output.contains("\nSigninLogs,96,"))
  }

  @Test func `a table has its columns with type and path`() throws {
    let result = try TrawlProcess.run("schema", "AWSCloudTrail", "--format", "csv")
    #expect(result.output.split(separator: "\n").count == 56)
    #expect(result.output.contains("\nTimeGenerated,datetime,\"eventTime, "))
    #expect(result.error.isEmpty)
    #expect(try TrawlProcess.run("schema", "AzureDiagnostics").error.contains("a subset of its columns"))
  }

  @Test func `an unknown table is refused with its neighbours`() throws {
    let result = try TrawlProcess.run("schema", "AWSCloudTrial")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("`AWSCloudTrail`"))
  }

  @Test func `the fields of logs are found`() throws {
    let result = try TrawlProcess.run("schema", Repository.path("examples/bursts/ses"), "--format", "csv")
    #expect(result.exitCode == 0)
    #expect(result.output.contains("\nuserIdentity,dynamic\n"))
    #expect(result.output.contains("\neventTime,datetime\n"))
  }

  @Test func `operators and commands are found beside functions of their name`() throws {
    func page(_ name: String) throws -> String { try TrawlProcess.run("functions", name).output }
    let bin = try page("bin")
    #expect(bin.contains("FIELD [as NAME]    spl, command") && bin.contains("  →  \"10-20\""))
    #expect(bin.contains("kql, scalar"))
    #expect(try page("summarize").contains("[by [NAME =] KEY, …]    kql, operator"))
    #expect(try page("stats").contains("stats AGGREGATE [as NAME] … [by FIELD …]    spl, command"))
    let join = try page("join")
    #expect(join.contains("kql, operator") && join.contains("spl, command"))
    #expect(try page("limit").contains("T | limit COUNT    kql, operator"))
  }

  @Test func `a function that is refused says why`() throws {
    let result = try TrawlProcess.run("functions", "parse_user_agent")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("error[unsupported-function]") && result.error.contains("user agents"))
  }

  @Test(arguments: [
    "iff", "dcount", "prev", "bag_unpack", "geo_info_from_ip_address", "mvmap", "searchmatch",
  ])
  func `a page has a signature, a meaning and examples`(_ name: String) throws {
    let result = try TrawlProcess.run("functions", name)
    #expect(result.output.contains("\(name)(") && result.output.contains("→"))
    let page = try TrawlProcess.run("functions", name, "--format", "markdown")
    #expect(page.output.hasPrefix("## `\(name)`\n"))
  }

  @Test func `the functions of both languages are listed`() throws {
    let all = try TrawlProcess.run("functions", "--format", "csv").output
    #expect(all.contains("\nsubstring,kql,scalar,"))
    #expect(all.contains("\nrow_number,kql,window,"))
    let spl = try TrawlProcess.run("functions", "-l", "spl", "--format", "csv").output
    #expect(spl.contains(",spl,aggregate,"))
    #expect(!spl.contains(",kql,"))
  }

  @Test(arguments: ["substring", "dcount", "row_number", "has"])
  func `a function is explained`(_ name: String) throws {
    let result = try TrawlProcess.run("functions", name)
    #expect(result.exitCode == 0)
    #expect(result.output.contains(" -> "))
    #expect(result.output.contains("kql"))
  }

  @Test func `an unknown function is refused with its neighbours`() throws {
    let result = try TrawlProcess.run("functions", "substrng")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("`substring`"))
  }
}
