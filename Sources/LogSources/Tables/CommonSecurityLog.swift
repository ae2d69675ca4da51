extension SourceTable {
  /// Common Event Format of firewalls and other appliances.
  package static let commonSecurityLog = SourceTable.flat(
    "CommonSecurityLog",
    datetime: ["TimeGenerated", "EndTime", "StartTime"],
    string: [
      "Activity", "AdditionalExtensions", "ApplicationProtocol", "CollectorHostName",
      "CommunicationDirection", "Computer", "DestinationDnsDomain", "DestinationHostName",
      "DestinationIP", "DestinationMACAddress", "DestinationNTDomain", "DestinationProcessName",
      "DestinationServiceName", "DestinationTranslatedAddress", "DestinationUserID",
      "DestinationUserName", "DestinationUserPrivileges", "DeviceAction", "DeviceAddress",
      "DeviceCustomIPv6Address1", "DeviceCustomIPv6Address1Label", "DeviceCustomNumber1Label",
      "DeviceCustomNumber2Label", "DeviceCustomNumber3Label", "DeviceCustomString1",
      "DeviceCustomString1Label", "DeviceCustomString2", "DeviceCustomString2Label",
      "DeviceCustomString3", "DeviceCustomString3Label", "DeviceCustomString4",
      "DeviceCustomString4Label", "DeviceCustomString5", "DeviceCustomString5Label",
      "DeviceCustomString6", "DeviceCustomString6Label", "DeviceEventCategory",
      "DeviceEventClassID", "DeviceExternalID", "DeviceFacility", "DeviceInboundInterface",
      "DeviceMacAddress", "DeviceName", "DeviceNtDomain", "DeviceOutboundInterface",
      "DevicePayloadId", "DeviceProduct", "DeviceTimeZone", "DeviceVendor", "DeviceVersion",
      "EventOutcome", "FileHash", "FileID", "FileName", "FilePath", "FilePermission", "FileType",
      "IndicatorThreatType", "LogSeverity", "MaliciousIP", "MaliciousIPCountry", "Message",
      "OriginalLogSeverity", "ProcessName", "Protocol", "Reason", "ReportReferenceLink",
      "RequestClientApplication", "RequestContext", "RequestCookies", "RequestMethod", "RequestURL",
      "SimplifiedDeviceAction", "SourceDnsDomain", "SourceHostName", "SourceIP", "SourceMACAddress",
      "SourceNTDomain", "SourceProcessName", "SourceServiceName", "SourceTranslatedAddress",
      "SourceUserID", "SourceUserName", "SourceUserPrivileges", "ThreatConfidence",
      "ThreatDescription",
    ],
    int: [
      "DestinationPort", "DestinationProcessId", "DestinationTranslatedPort", "DeviceCustomNumber1",
      "DeviceCustomNumber2", "DeviceCustomNumber3", "FileSize", "SourcePort", "SourceProcessId",
      "SourceTranslatedPort", "ThreatSeverity",
    ],
    long: ["ReceivedBytes", "SentBytes"],
    real: ["MaliciousIPLatitude", "MaliciousIPLongitude"],
    "Common Event Format of firewalls and other appliances.")
}
