extension SourceTable {
  /// Accounts of users, from entity behavior analytics.
  package static let identityInfo = SourceTable.flat(
    "IdentityInfo",
    datetime: [
      "TimeGenerated", "AccountCreationTime", "DeletedDateTime", "LastSeenDate", "UserStateChangedOn",
    ],
    string: [
      "AccountCloudSID", "AccountDisplayName", "AccountDomain", "AccountName", "AccountObjectId",
      "AccountSID", "AccountTenantId", "AccountUPN", "Applications", "BlastRadius", "ChangeSource",
      "City", "CompanyName", "Country", "Department", "EmployeeId", "GivenName", "JobTitle",
      "MailAddress", "Manager", "OnPremisesDistinguishedName", "OnPremisesExtensionAttributes", "Phone",
      "RiskLevel", "RiskLevelDetails", "RiskState", "SAMAccountName", "State", "StreetAddress", "Surname",
      "Tags", "UACFlags", "UserState", "UserType",
    ],
    dynamic: [
      "AdditionalMailAddresses", "AssignedRoles", "EntityRiskScore", "ExtensionProperty",
      "GroupMembership", "RelatedAccounts", "ServicePrincipals", "UserAccountControl",
    ],
    int: [
      "InvestigationPriority", "InvestigationPriorityPercentile",
    ],
    bool: [
      "IsAccountEnabled", "IsMFARegistered", "IsServiceAccount",
    ],
    "Accounts of users, from entity behavior analytics.")
}
