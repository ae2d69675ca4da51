extension SourceTable {
  /// Activity in cloud applications, from Microsoft Defender for Cloud Apps.
  package static let cloudAppEvents = SourceTable.flat(
    "CloudAppEvents",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AccountDisplayName", "AccountId", "AccountObjectId", "AccountType", "ActionType", "ActivityType",
      "Application", "City", "CountryCode", "DeviceType", "IPAddress", "IPCategory", "ISP", "OSPlatform",
      "ObjectId", "ObjectName", "ObjectType", "ReportId", "UserAgent",
    ],
    dynamic: [
      "ActivityObjects", "AdditionalFields", "IPTags", "RawEventData", "UserAgentTags",
    ],
    int: [
      "AppInstanceId", "ApplicationId",
    ],
    bool: [
      "IsAdminOperation", "IsAnonymousProxy", "IsExternalUser", "IsImpersonated",
    ],
    "Activity in cloud applications, from Microsoft Defender for Cloud Apps.")
}
