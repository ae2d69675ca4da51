import Foundation
import Testing

@Suite struct CheckVerbTests {
  @Test func `the shipped rules have no errors`() throws {
    let process = try TrawlProcess.run("check", Repository.path("rules"))
    #expect(process.exitCode == 0)
    #expect(process.output.contains("rules: 11 checked, 0 wrong"))
  }

  @Test func `strict makes a warning an error`() throws {
    let process = try TrawlProcess.run("check", "--strict", Repository.path("rules"))
    #expect(process.exitCode == 2)
    #expect(process.output.contains("column-case"))
  }

  @Test func `a wrong rule is shown with its place`() throws {
    let folder = try TemporaryFolder()
    let rule = try folder.write("wrong.kql", "AWSCloudTrail | where EvntName == \"x\"")
    let process = try TrawlProcess.run("check", rule)
    #expect(process.exitCode == 2)
    #expect(process.output.contains("wrong.kql:1:23"))
    #expect(process.output.contains("the nearest is `EventName`"))
  }
}
