import Engine
import Testing

@testable import LogSources

@Suite struct SourceCatalogTests {
  @Test func `CloudTrail has the 55 columns of the workspace table`() throws {
    let table = try #require(SourceCatalog.table("AWSCloudTrail"))
    #expect(table.columns.count == 55)
    #expect(!table.isSubset)
    let typed = table.columns.filter { $0.type != .string }.map { "\($0.name) \($0.type)" }
    #expect(
      Set(typed) == [
        "TimeGenerated datetime", "SessionMfaAuthenticated bool", "SessionCreationDate datetime",
        "ReadOnly bool",
        "ManagementEvent bool", "_BilledSize real",
      ])
  }

  @Test func `SigninLogs has the 95 columns of the workspace table and the record identifier`() throws {
    let table = try #require(SourceCatalog.table("SigninLogs"))
    #expect(table.columns.count == 96)
    let dynamic = table.columns.filter { $0.type == .dynamic }.map(\.name)
    #expect(
      Set(dynamic) == [
        "Agent", "AppliedEventListeners", "ConditionalAccessPolicies", "DeviceDetail", "LocationDetails",
        "MfaDetail",
        "Status", "TokenProtectionStatusDetails",
      ])
    #expect(table.column("ResultType")?.type == .string)
  }

  @Test(arguments: [
    ("AWSCloudTrail", "TimeGenerated", "eventTime"), ("AWSCloudTrail", "UserIdentityArn", "userIdentity.arn"),
    ("AWSCloudTrail", "UserIdentityPrincipalid", "userIdentity.principalId"),
    ("AWSCloudTrail", "SessionMfaAuthenticated", "userIdentity.sessionContext.attributes.mfaAuthenticated"),
    ("AWSCloudTrail", "AwsRequestId_", "requestID"), ("AWSCloudTrail", "EventTypeName", "eventType"),
    ("SigninLogs", "TimeGenerated", "time"), ("SigninLogs", "IPAddress", "properties.ipAddress"),
    ("SigninLogs", "UserPrincipalName", "properties.userPrincipalName"),
    ("SigninLogs", "AADTenantId", "tenantId"),
    ("SigninLogs", "RiskEventTypes_V2", "properties.riskEventTypes_v2"),
    ("SigninLogs", "IsInteractive", "properties.isInteractive"),
    ("SigninLogs", "LocationDetails", "properties.locationDetails"),
    ("AuditLogs", "TargetResources", "properties.targetResources"),
  ])
  func `a column is read first from where the service writes it`(
    _ table: String, _ column: String, _ path: String
  ) throws {
    let found = try #require(SourceCatalog.table(table)?.column(column))
    #expect(found.paths.first == path)
    #expect(found.paths.contains(column))
  }

  @Test(arguments: SourceCatalog.tables.map(\.name))
  func `a table is sound`(_ name: String) throws {
    let table = try #require(SourceCatalog.table(name))
    #expect(Set(table.columns.map(\.name)).count == table.columns.count)
    #expect(table.column(table.timeColumn)?.type == .datetime)
    #expect(table.column("Type")?.form == .constant(name))
    #expect(table.documentation.hasSuffix("."))
    for column in table.columns {
      #expect(Set(column.paths).count == column.paths.count, "\(column.name)")
      #expect(!column.name.contains(" ") && !column.name.isEmpty)
      for path in column.paths {
        let isPlain = !path.contains("[") && !path.contains(".")
        #expect(isPlain || FieldPath(path) != .field([.key(path)]), "\(path)")
      }
    }
    #expect(table.logSource.columns.map(\.name) == table.columns.map(\.name))
    #expect(!table.logSource.time.isEmpty)
  }

  @Test(arguments: [
    ("SecurityEvent", "EventID", DataType.int), ("SecurityEvent", "SubjectUserName", .string),
    ("SecurityEvent", "KeyLength", .int), ("CommonSecurityLog", "DeviceCustomNumber1", .int),
    ("OfficeActivity", "Members", .dynamic), ("DeviceProcessEvents", "ProcessId", .long),
    ("DeviceEvents", "AdditionalFields", .dynamic), ("IdentityLogonEvents", "DestinationPort", .string),
    ("AzureActivity", "Claims_d", .dynamic), ("SecurityIncident", "Labels", .dynamic),
    ("AADNonInteractiveUserSignInLogs", "DeviceDetail", .string), ("Syslog", "_ResourceId", .string),
  ])
  func `a column has the type of the reference`(_ table: String, _ column: String, _ type: DataType) throws {
    #expect(try #require(SourceCatalog.table(table)).column(column)?.type == type)
  }

  @Test func `tables that are not all there say so`() {
    let subsets: Set = [
      "AADSignInEventsBeta", "AzureDiagnostics", "EmailUrlInfo", "Event", "IdentityDirectoryEvents",
      "LAQueryLogs",
      "Usage", "WindowsEvent",
    ]
    #expect(Set(SourceCatalog.tables.filter(\.isSubset).map(\.name)) == subsets)
  }

  @Test func `events of advanced hunting have their time under another name`() throws {
    let table = try #require(SourceCatalog.table("DeviceEvents"))
    #expect(table.column("TimeGenerated")?.paths.contains("Timestamp") == true)
    #expect(table.column("Timestamp")?.paths.contains("TimeGenerated") == true)
  }

  @Test func `no two tables share a name`() {
    #expect(Set(SourceCatalog.tables.map(\.name)).count == SourceCatalog.tables.count)
  }

  @Test func `flat rows may spell the first letters of a column either way`() {
    #expect(SourceColumn.flatPaths(of: "UserAgent") == ["UserAgent", "userAgent"])
    #expect(SourceColumn.flatPaths(of: "IPAddress") == ["IPAddress", "iPAddress", "ipAddress"])
    #expect(SourceColumn.jsonKey(of: "ISP") == "isp")
  }

  @Test func `a misspelt table finds its name, and case counts`() {
    #expect(SourceCatalog.table("awscloudtrail") == nil)
    #expect(SourceCatalog.nearest("awscloudtrail").first == "AWSCloudTrail")
    #expect(SourceCatalog.nearest("SignInLog").first == "SigninLogs")
  }

  @Test func `a constant stands behind the value of the record`() throws {
    let column = try #require(SourceCatalog.table("AWSCloudTrail")?.column("OperationName"))
    #expect(column.logColumn.paths == ["OperationName", .constant("CloudTrail")])
  }
}
