extension SourceTable {
  /// Messages that were sent and received, from Microsoft Defender for Office 365.
  package static let emailEvents = SourceTable.flat(
    "EmailEvents",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AuthenticationDetails", "ConfidenceLevel", "Connectors", "DeliveryAction", "DeliveryLocation",
      "DetectionMethods", "EmailAction", "EmailActionPolicy", "EmailActionPolicyGuid", "EmailDirection",
      "EmailLanguage", "InternetMessageId", "LatestDeliveryAction", "LatestDeliveryLocation",
      "NetworkMessageId", "OrgLevelAction", "OrgLevelPolicy", "RecipientEmailAddress",
      "RecipientObjectId", "ReportId", "SenderDisplayName", "SenderFromAddress", "SenderFromDomain",
      "SenderIPv4", "SenderIPv6", "SenderMailFromAddress", "SenderMailFromDomain", "SenderObjectId",
      "Subject", "ThreatNames", "ThreatTypes", "UserLevelAction", "UserLevelPolicy",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "AttachmentCount", "BulkComplaintLevel", "UrlCount",
    ],
    long: [
      "EmailClusterId"
    ],
    "Messages that were sent and received, from Microsoft Defender for Office 365.")
}
