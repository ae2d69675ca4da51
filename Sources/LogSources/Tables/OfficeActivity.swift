extension SourceTable {
  /// Activity of users and administrators in Exchange, SharePoint and Teams.
  package static let officeActivity = SourceTable.flat(
    "OfficeActivity",
    datetime: [
      "TimeGenerated", "ElevationApprovedTime", "ElevationTime", "Start_Time",
    ],
    string: [
      "AADGroupId", "AADTarget", "Activity", "Actor", "ActorContextId", "ActorIpAddress", "AddOnGuid",
      "AddOnType", "AddonName", "AffectedItems", "AppDistributionMode", "AppId", "AppPoolName",
      "Application", "ApplicationId", "AzureADAppId", "AzureActiveDirectory_EventType", "ChannelGuid",
      "ChannelName", "ChannelType", "ChatName", "ChatThreadId", "Client", "ClientAppId", "ClientIP",
      "ClientInfoString", "ClientMachineName", "ClientProcessName", "ClientVersion", "Client_IPAddress",
      "CommunicationType", "CustomEvent", "DestFolder", "DestMailboxId",
      "DestMailboxOwnerMasterAccountSid", "DestMailboxOwnerSid", "DestMailboxOwnerUPN",
      "DestinationFileExtension", "DestinationFileName", "DestinationRelativeUrl",
      "EffectiveOrganization", "ElevationApprover", "ElevationRequestId", "ElevationRole", "EventSource",
      "Event_Data", "ExtendedProperties", "ExternalAccess", "Folder", "Folders", "GenericInfo",
      "InterSystemsId", "IntraSystemId", "Item", "ItemName", "ItemType", "LogonUserDisplayName",
      "LogonUserSid", "Logon_Type", "MachineDomainInfo", "MachineId", "MailboxGuid",
      "MailboxOwnerMasterAccountSid", "MailboxOwnerSid", "MailboxOwnerUPN", "MessageId",
      "ModifiedObjectResolvedName", "ModifiedProperties", "Name", "NewValue", "OfficeId",
      "OfficeObjectId", "OfficeTenantId", "OfficeWorkload", "OldValue", "Operation", "OperationScope",
      "OrganizationId", "OrganizationName", "OriginatingServer", "Parameters", "RecordType",
      "ResultReasonType", "ResultStatus", "SRPolicyId", "SRPolicyName", "SendAsUserMailboxGuid",
      "SendAsUserSmtp", "SendOnBehalfOfUserSmtp", "SendonBehalfOfUserMailboxGuid", "SharingType", "Site_",
      "Site_Url", "SourceFileExtension", "SourceFileName", "SourceRecordId", "SourceRelativeUrl",
      "Source_Name", "SupportTicketId", "TabType", "TargetContextId", "TargetUserId",
      "TargetUserOrGroupName", "TargetUserOrGroupType", "TeamGuid", "TeamName", "UserAgent", "UserDomain",
      "UserId", "UserKey", "UserSharedWith", "UserType", "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "ExtraProperties", "Members", "OperationProperties", "SRRuleMatchDetails",
    ],
    int: [
      "DataCenterSecurityEventType", "ElevationDuration", "InternalLogonType", "LoginStatus",
    ],
    bool: [
      "CrossMailboxOperations", "IsManagedDevice",
    ],
    "Activity of users and administrators in Exchange, SharePoint and Teams.")
}
