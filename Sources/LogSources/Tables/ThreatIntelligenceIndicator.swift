extension SourceTable {
  /// Indicators of compromise.
  package static let threatIntelligenceIndicator = SourceTable.flat(
    "ThreatIntelligenceIndicator",
    datetime: [
      "TimeGenerated", "ExpirationDateTime", "ExternalLastUpdatedDateTimeUtc", "FileCompileDateTime",
      "FileCreatedDateTime",
    ],
    string: [
      "Action", "ActivityGroupNames", "AdditionalInformation", "AzureTenantId", "Description",
      "DiamondModel", "DomainName", "EmailEncoding", "EmailLanguage", "EmailRecipient",
      "EmailSenderAddress", "EmailSenderName", "EmailSourceDomain", "EmailSourceIpAddress",
      "EmailSubject", "EmailXMailer", "ExternalIndicatorId", "FileHashType", "FileHashValue",
      "FileMutexName", "FileName", "FilePacker", "FilePath", "FileType", "IndicatorId",
      "IndicatorProvider", "KnownFalsePositives", "MalwareNames", "NetworkCidrBlock",
      "NetworkDestinationCidrBlock", "NetworkDestinationIP", "NetworkIP", "NetworkSourceCidrBlock",
      "NetworkSourceIP", "Tags", "ThreatType", "TrafficLightProtocolLevel", "Url", "UserAgent",
    ],
    int: [
      "FileSize", "NetworkDestinationAsn", "NetworkDestinationPort", "NetworkPort", "NetworkProtocol",
      "NetworkSourceAsn", "NetworkSourcePort", "ThreatSeverity",
    ],
    real: [
      "ConfidenceScore"
    ],
    bool: [
      "Active", "KillChainActions", "KillChainC2", "KillChainDelivery", "KillChainExploitation",
      "KillChainReconnaissance", "KillChainWeaponization", "PassiveOnly",
    ],
    "Indicators of compromise.")
}
