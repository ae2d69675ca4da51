extension SourceTable {
  /// Accounts of users, from entity behavior analytics.
  package static let identityInfo = SourceTable.flat(
    "IdentityInfo",
    datetime: ["TimeGenerated", "AccountCreationTime"],
    string: [
      "AccountCloudSID", "AccountDisplayName", "AccountDomain", "AccountName", "AccountObjectId",
      "AccountSID", "AccountTenantId", "AccountUPN", "Application", "BlastRadius", "City",
      "Country", "Department", "EmployeeId", "GivenName", "JobTitle", "MailAddress", "Manager",
      "OnPremisesDistinguishedName", "Phone", "RiskLevel", "RiskLevelDetails", "RiskState", "State",
      "StreetAddress", "Surname", "UserState", "UserType",
    ],
    dynamic: [
      "AdditionalMailAddresses", "AssignedRoles", "GroupMembership", "RelatedAccounts",
      "ServicePrincipals", "Tags", "UACFlags",
    ],
    int: ["InvestigationPriority"],
    bool: ["IsAccountEnabled", "IsMFARegistered", "IsServiceAccount"],
    "Accounts of users, from entity behavior analytics.")
}
