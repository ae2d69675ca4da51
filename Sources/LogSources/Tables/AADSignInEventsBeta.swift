extension SourceTable {
  /// Sign-ins of Entra ID as advanced hunting has them.
  package static let aadSignInEventsBeta = SourceTable.flat(
    "AADSignInEventsBeta",
    datetime: [
      "LastPasswordChangeTimestamp", "TimeGenerated", "Timestamp",
    ],
    string: [
      "AadDeviceId", "AccountDisplayName", "AccountObjectId", "AccountUpn", "AlternateSignInName",
      "Application", "ApplicationId", "AuthenticationProcessingDetails", "AuthenticationRequirement",
      "Browser", "City", "ClientAppUsed", "ConditionalAccessPolicies", "CorrelationId", "Country",
      "DeviceName", "DeviceTrustType", "EndpointCall", "IPAddress", "Latitude", "LogonType", "Longitude",
      "NetworkLocationDetails", "OSPlatform", "ReportId", "RequestId", "RiskEventTypes",
      "ResourceDisplayName",
      "ResourceId", "ResourceTenantId", "SessionId", "State", "UserAgent",
    ],
    int: [
      "ConditionalAccessStatus", "ErrorCode", "IsCompliant", "IsExternalUser", "IsManaged", "RiskDetails",
      "RiskLevelAggregated", "RiskLevelDuringSignIn", "RiskState", "TokenIssuerType",
    ],
    bool: [
      "IsConfidentialClient", "IsGuestUser",
    ],
    isSubset: true, "Sign-ins of Entra ID as advanced hunting has them.")
}
