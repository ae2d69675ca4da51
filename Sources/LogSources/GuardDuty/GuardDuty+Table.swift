import Engine

extension SourceTable {
  /// Findings of Amazon GuardDuty.
  package static let awsGuardDuty = SourceTable(
    "AWSGuardDuty",
    columns: [
      SourceColumn("TimeGenerated", .datetime, from: ["updatedAt", "TimeGenerated"], "Time of the finding."),
      SourceColumn("AccountId", .string, from: ["accountId", "AccountId"], "Account of the finding."),
      SourceColumn("ActivityType", .string, from: ["type", "ActivityType"], "Kind of finding."),
      SourceColumn("Arn", .string, from: ["arn", "Arn"], "ARN of the finding."),
      SourceColumn("Description", .string, from: ["description", "Description"], "What happened."),
      SourceColumn("Id", .string, from: ["id", "Id"], "Identifier of the finding."),
      SourceColumn("Partition", .string, from: ["partition", "Partition"], "Partition of AWS."),
      SourceColumn("Region", .string, from: ["region", "Region"], "Region of the finding."),
      SourceColumn("ResourceDetails", .dynamic, from: ["resource", "ResourceDetails"], "What was affected."),
      SourceColumn(
        "SchemaVersion", .string, from: ["schemaVersion", "SchemaVersion"], "Version of the format."),
      SourceColumn("ServiceDetails", .dynamic, from: ["service", "ServiceDetails"], "What GuardDuty saw."),
      SourceColumn("Severity", .int, from: ["severity", "Severity"], "Severity of the finding."),
      SourceColumn(
        "TimeCreated", .datetime, from: ["createdAt", "TimeCreated"], "Time when it was first seen."),
      SourceColumn("Title", .string, from: ["title", "Title"], "Short description."),
    ] + standardColumns(of: "AWSGuardDuty", except: []),
    shapes: [[.has("schemaVersion"), .has("accountId"), .has("service"), .has("severity")]],
    framing: RecordFraming(timeMembers: ["updatedAt"]), idColumn: "Id",
    aspects: [
      SourceAspect(.identity, "ResourceDetails.accessKeyDetails.userName"),
      SourceAspect(
        .address,
        "coalesce(tostring(ServiceDetails.action.awsApiCallAction.remoteIpDetails.ipAddressV4),"
          + " tostring(ServiceDetails.action.networkConnectionAction.remoteIpDetails.ipAddressV4),"
          + " tostring(ServiceDetails.action.portProbeAction.portProbeDetails[0].remoteIpDetails.ipAddressV4))"
      ),
      SourceAspect(.action, "ActivityType"), SourceAspect(.region, "Region"),
      SourceAspect(.account, "AccountId"),
    ],
    "Findings of Amazon GuardDuty.")
}
