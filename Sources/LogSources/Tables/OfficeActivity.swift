extension SourceTable {
  /// Activity of users and administrators in Exchange, SharePoint and Teams.
  package static let officeActivity = SourceTable.flat(
    "OfficeActivity",
    datetime: ["TimeGenerated", "Start_Time"],
    string: [
      "AADGroupId", "AADTarget", "Activity", "Actor", "ActorContextId", "ActorIpAddress",
      "AddOnType", "AddonGuid", "AddonName", "AffectedItems", "AppDistinguishedName", "Application",
      "ApplicationId", "AzureActiveDirectory_EventType", "ChannelGuid", "ChannelName",
      "ChannelType", "ChatName", "ChatThreadId", "Client", "ClientAppId", "ClientIP",
      "ClientInfoString", "ClientMachineName", "ClientProcessName", "ClientVersion",
      "Client_IPAddress", "CmdletModifiedObjectName", "CommunicationId", "CommunicationType",
      "CustomEvent", "CustomUniqueId", "DestFolder", "DestMailboxId", "DestMailboxOwnerUPN",
      "DestinationFileExtension", "DestinationFileName", "DestinationRelativeUrl", "ElevationTime",
      "EventSource", "ExtendedProperties", "ExternalAccess", "Folder", "Folders",
      "InternalLogonType", "Item", "ItemName", "ItemType", "LoginStatus", "LogonUserDisplayName",
      "LogonUserSid", "Logon_Type", "MachineDomainInfo", "MachineId", "MailboxGuid",
      "MailboxOwnerMasterAccountSid", "MailboxOwnerSid", "MailboxOwnerUPN", "Members",
      "ModifiedProperties", "Name", "NewValue", "OfficeId", "OfficeObjectId", "OfficeTenantId",
      "OfficeWorkload", "OldValue", "Operation", "OrganizationId", "OrganizationName",
      "OriginatingServer", "Parameters", "RecordType", "ResultReasonType", "ResultStatus",
      "SRPolicyId", "SRPolicyName", "SendAsUserMailboxGuid", "SendAsUserSmtp",
      "SendOnBehalfOfUserSmtp", "SendonBehalfOfUserMailboxGuid", "SharingType", "SiteUrl", "Site_",
      "SourceFileExtension", "SourceFileName", "SourceRecordId", "SourceRelativeUrl",
      "SupportTicketId", "TabType", "TargetUserOrGroupName", "TargetUserOrGroupType", "TeamGuid",
      "TeamName", "UserAgent", "UserDomain", "UserId", "UserKey", "UserSharedWith", "UserType",
    ],
    "Activity of users and administrators in Exchange, SharePoint and Teams.")
}
