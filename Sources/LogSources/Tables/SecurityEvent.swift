extension SourceTable {
  /// Security events of Windows.
  package static let securityEvent = SourceTable.flat(
    "SecurityEvent",
    datetime: ["TimeGenerated"],
    string: [
      "AccessMask", "Account", "AccountDomain", "AccountName", "AccountType", "Activity",
      "AuditSourceName", "AuthenticationPackageName", "CallerProcessId", "CallerProcessName",
      "Channel", "CommandLine", "Computer", "DomainSid", "ElevatedToken", "EventData",
      "EventOriginId", "EventSourceName", "FailureReason", "FileHash", "FilePath", "Fqbn",
      "GroupMembership", "HandleId", "ImpersonationLevel", "IpAddress", "IpPort", "KeyLength",
      "LmPackageName", "LogonGuid", "LogonProcessName", "LogonTypeName", "MandatoryLabel",
      "MemberName", "MemberSid", "NewProcessId", "NewProcessName", "ObjectName", "ObjectServer",
      "ObjectType", "OperationType", "ParentProcessName", "PrivilegeList", "Process", "ProcessId",
      "ProcessName", "Properties", "RelativeTargetName", "SamAccountName", "ServiceAccount",
      "ServiceFileName", "ServiceName", "ServiceStartType", "ServiceType", "SessionName",
      "ShareLocalPath", "ShareName", "SourceComputerId", "Status", "SubStatus", "SubjectAccount",
      "SubjectDomainName", "SubjectLogonId", "SubjectUserName", "SubjectUserSid", "TargetAccount",
      "TargetDomainName", "TargetInfo", "TargetLinkedLogonId", "TargetLogonGuid", "TargetLogonId",
      "TargetOutboundDomainName", "TargetOutboundUserName", "TargetServerName", "TargetSid",
      "TargetUser", "TargetUserName", "TargetUserSid", "TokenElevationType", "TransmittedServices",
      "UserPrincipalName", "VirtualAccount", "Workstation", "WorkstationName",
    ],
    int: ["EventID", "LogonType", "Task"],
    "Security events of Windows.")
}
