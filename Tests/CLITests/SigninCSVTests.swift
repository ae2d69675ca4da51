import Foundation
import Testing

@Suite struct SigninCSVTests {
  @Test func `an exported CSV of sign-ins is known by its columns`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "export.csv",
      """
      TimeGenerated,UserPrincipalName,ResultType,LocationDetails
      2026-01-01T10:00:00Z,a@contoso.example,0,"{""city"":""Bonn""}"
      2026-01-01T11:00:00Z,b@contoso.example,50126,
      """)
    let process = try TrawlProcess.run(
      "query", "SigninLogs | where ResultType == '0' | project City = tostring(LocationDetails.city)", file,
      "--format", "csv")
    #expect(process.output == "City\nBonn\n")
    #expect(process.exitCode == 0)
  }

  @Test func `rows that name another category are not taken`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "rows.json",
      """
      {"TimeGenerated":"2026-01-01T10:00:00Z","UserPrincipalName":"a","ResultType":"0","Category":"NonInteractiveUserSignInLogs"}
      {"TimeGenerated":"2026-01-01T10:00:00Z","UserPrincipalName":"b","ResultType":"0"}
      """)
    let process = try TrawlProcess.run(
      "query", "SigninLogs | project UserPrincipalName", file, "--format", "csv")
    #expect(process.output == "UserPrincipalName\nb\n")
  }
}
