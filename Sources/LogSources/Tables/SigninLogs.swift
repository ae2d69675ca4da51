import Engine

extension SourceTable {
  /// Interactive sign-ins to Microsoft Entra: 95 columns.
  ///
  /// Records come in the envelope of a diagnostic setting (`time`, `category`, …, `properties`), as rows of a
  /// workspace, or as the sign-in objects of Microsoft Graph.
  package static let signinLogs = SourceTable(
    "SigninLogs", columns: signInColumnsAToI + signInColumnsJToZ,
    shapes: [
      [.equals("category", ["SignInLogs"])],
      // Rows as an export gives them, when they name neither their table nor another category.
      [
        .has("UserPrincipalName"), .has("ResultType"), .equals("Type", [""]),
        .equals("Category", ["", "SignInLogs"]),
      ],
      [.has("userPrincipalName"), .has("appDisplayName"), .has("createdDateTime")],
    ],
    idColumn: "Id",
    aspects: [
      SourceAspect(.identity, "UserPrincipalName"), SourceAspect(.address, "IPAddress"),
      SourceAspect(.service, "AppDisplayName"), SourceAspect(.region, "Location"),
      SourceAspect(
        .error, #"iff(ResultType in ("", "0"), "", trim(" ", strcat(ResultType, " ", ResultDescription)))"#),
      SourceAspect(.client, "UserAgent"),
    ],
    "Interactive sign-ins of users, from Microsoft Entra.")

  /// The time, then the first half of the alphabet.
  private static let signInColumnsAToI: [SourceColumn] = [
    .signIn(
      "TimeGenerated", .datetime,
      from: [
        "time", "TimeGenerated", "timeGenerated", "['TimeGenerated [UTC]']", "properties.createdDateTime",
        "createdDateTime",
      ],
      "Time of the event, in UTC."),
    .signIn("AADTenantId", .string, from: ["tenantId"], "Tenant that the sign-in belongs to."),
    .signIn("Agent", .dynamic, "Agent identity that took part in the sign-in."),
    .signIn(
      "AlternateSignInName", .string,
      "Name that was typed at the sign-in, if it is not the user principal name."),
    .signIn("AppDisplayName", .string, "Name of the application."),
    .signIn("AppId", .string, "Identifier of the application."),
    .signIn(
      "AppliedConditionalAccessPolicies", .string, form: .jsonText,
      "Policies that were evaluated, as JSON text."),
    .signIn(
      "AppliedEventListeners", .dynamic, from: ["properties.appliedEventListeners"],
      "Event listeners that the sign-in triggered."),
    .signIn("AppOwnerTenantId", .string, "Tenant that owns the application."),
    .signIn(
      "AuthenticationAppDeviceDetails", .string, form: .jsonText,
      "Device of the authenticator app, as JSON text."),
    .signIn(
      "AuthenticationAppPolicyEvaluationDetails", .string, form: .jsonText,
      "Authenticator policies that were evaluated, as JSON text."),
    .signIn(
      "AuthenticationContextClassReferences", .string, form: .jsonText,
      "Authentication contexts, as JSON text."),
    .signIn(
      "AuthenticationDetails", .string, form: .jsonText,
      "Each step of the authentication, as JSON text."),
    .signIn("AuthenticationMethodsUsed", .string, "Methods that were used."),
    .signIn(
      "AuthenticationProcessingDetails", .string, form: .jsonText,
      "More on how the sign-in was processed, as JSON text."),
    .signIn("AuthenticationProtocol", .string, "Protocol, such as `deviceCode` or `ropc`."),
    .signIn("AuthenticationRequirement", .string, "singleFactorAuthentication or multiFactorAuthentication."),
    .signIn(
      "AuthenticationRequirementPolicies", .string, form: .jsonText,
      "Policies that asked for more factors, as JSON text."),
    .signIn(
      "AuthenticatorAppLocation", .string, form: .jsonText,
      "Place of the authenticator app, as JSON text."),
    .signIn("AutonomousSystemNumber", .string, "Number of the network that the sign-in came from."),
    .signIn("_BilledSize", .real, from: [], "Billed size in bytes; set by a workspace only."),
    .signIn("Category", .string, from: ["category"], constant: "SignInLogs", "Always `SignInLogs`."),
    .signIn("ClientAppUsed", .string, "Kind of client, such as `Browser`."),
    .signIn("ClientCredentialType", .string, "Kind of credential of the client."),
    .signIn(
      "ConditionalAccessAudiences", .string, form: .jsonText,
      "Audiences that policies were evaluated for, as JSON text."),
    .signIn(
      "ConditionalAccessPolicies", .dynamic,
      from: [
        "properties.appliedConditionalAccessPolicies", "properties.conditionalAccessPolicies",
        "appliedConditionalAccessPolicies",
      ],
      "Policies with their results."),
    .signIn("ConditionalAccessStatus", .string, "success, failure or notApplied."),
    .signIn(
      "CorrelationId", .string, from: ["correlationId", "properties.correlationId"],
      "Identifier that joins the events of one sign-in."),
    .signIn(
      "CreatedDateTime", .datetime,
      from: ["properties.createdDateTime", "createdDateTime", "CreatedDateTime", "time"],
      "Time of the sign-in."),
    .signIn("CrossTenantAccessType", .string, "Kind of access across tenants, such as `b2bCollaboration`."),
    .signIn(
      "DeviceDetail", .dynamic,
      "Device: deviceId, displayName, operatingSystem, browser, isCompliant, isManaged, trustType."),
    .signIn("DurationMs", .long, from: ["durationMs"], "Duration in milliseconds."),
    .signIn("FederatedCredentialId", .string, "Identifier of the federated credential."),
    .signIn("FlaggedForReview", .bool, "The user asked an administrator for help."),
    .signIn("GlobalSecureAccessIpAddress", .string, "Address of Global Secure Access."),
    .signIn("HomeTenantId", .string, "Tenant of the user."),
    .signIn("HomeTenantName", .string, "Name of the user's tenant."),
    .signIn("Id", .string, "Identifier of the sign-in."),
    .signIn("Identity", .string, from: ["identity"], "Name of who signed in."),
    .signIn("IncomingTokenType", .string, "Kind of token that was presented."),
    .signIn(
      "IPAddress", .string, from: ["properties.ipAddress", "callerIpAddress"],
      "Address that the sign-in came from."),
    .signIn(
      "IPAddressFromResourceProvider", .string, from: ["properties.ipAddressFromResourceProvider"],
      "Address that the resource saw."),
    .signIn("_ItemId", .string, from: ["_ItemId"], "Identifier of the record; set by a workspace only."),
    .signIn("_IsBillable", .string, from: [], "Whether the event is billed; set by a workspace only."),
    .signIn("IsInteractive", .bool, "The user took part."),
    .signIn("IsRisky", .bool, "The sign-in is seen as risky."),
    .signIn("IsTenantRestricted", .bool, "Tenant restrictions were applied."),
    .signIn("IsThroughGlobalSecureAccess", .bool, "The sign-in came through Global Secure Access."),
  ]

  /// The second half.
  private static let signInColumnsJToZ: [SourceColumn] = [
    .signIn("Level", .string, from: ["Level", "level"], "Severity of the event."),
    .signIn(
      "Location", .string,
      from: ["properties.location.countryOrRegion", "location.countryOrRegion", "location"],
      "Country or region, as a code."),
    .signIn(
      "LocationDetails", .dynamic,
      from: [
        "properties.locationDetails", "properties.location", "locationDetails", "LocationDetails", "location",
      ],
      "Place: city, state, countryOrRegion, geoCoordinates."),
    .signIn("MfaDetail", .dynamic, "Second factor: authMethod, authDetail."),
    .signIn("NetworkLocationDetails", .string, form: .jsonText, "Named locations that fit, as JSON text."),
    .signIn(
      "OperationName", .string, from: ["operationName"], constant: "Sign-in activity",
      "Always `Sign-in activity`."),
    .signIn("OperationVersion", .string, from: ["operationVersion"], "Version of the event format."),
    .signIn("OriginalRequestId", .string, "Identifier of the first request."),
    .signIn("OriginalTransferMethod", .string, "How the session was moved, such as `deviceCodeFlow`."),
    .signIn("ProcessingTimeInMilliseconds", .string, "Time that the request took."),
    .signIn("Resource", .string, from: [], "Name of the resource."),
    .signIn("ResourceDisplayName", .string, "Name of what was signed in to."),
    .signIn("ResourceGroup", .string, from: [], "Resource group of the log."),
    .signIn("ResourceId", .string, from: ["resourceId"], "Resource identifier of the log."),
    .signIn(
      "ResourceIdentity", .string, from: ["properties.resourceId"], "Identifier of what was signed in to."),
    .signIn("ResourceOwnerTenantId", .string, "Tenant that owns the resource."),
    .signIn("ResourceProvider", .string, from: [], "Resource provider of the log."),
    .signIn("ResourceServicePrincipalId", .string, "Service principal of the resource."),
    .signIn("ResourceTenantId", .string, "Tenant of the resource."),
    .signIn(
      "ResultDescription", .string,
      from: ["resultDescription", "properties.status.failureReason", "status.failureReason"],
      "Why the sign-in failed."),
    .signIn("ResultSignature", .string, from: ["resultSignature"], "Result of the operation."),
    .signIn(
      "ResultType", .string,
      from: ["resultType", "ResultType", "properties.status.errorCode", "status.errorCode"],
      "Error code as text; `0` is success."),
    .signIn("RiskDetail", .string, "Why a user or sign-in has its risk state."),
    .signIn("RiskEventTypes", .string, form: .jsonText, "Kinds of risk, as JSON text; older names."),
    .signIn(
      "RiskEventTypes_V2", .string,
      from: ["properties.riskEventTypes_v2", "properties.riskEventTypes_V2", "riskEventTypes_v2"],
      form: .jsonText,
      "Kinds of risk, as JSON text."),
    .signIn("RiskLevel", .string, "Risk level."),
    .signIn("RiskLevelAggregated", .string, "Risk of the user: none, low, medium, high or hidden."),
    .signIn("RiskLevelDuringSignIn", .string, "Risk of the sign-in: none, low, medium, high or hidden."),
    .signIn("RiskState", .string, "Risk state, such as `atRisk` or `remediated`."),
    .signIn("ServicePrincipalId", .string, "Service principal that signed in."),
    .signIn("ServicePrincipalName", .string, "Its name."),
    .signIn("SessionId", .string, "Identifier of the session."),
    .signIn(
      "SessionLifetimePolicies", .string, form: .jsonText,
      "Policies on the session's lifetime, as JSON text."),
    .signIn("SignInIdentifier", .string, "What the user typed as a name."),
    .signIn("SignInIdentifierType", .string, "Kind of that name."),
    .signIn("SourceAppClientId", .string, "Application that started the sign-in."),
    .signIn("SourceSystem", .string, from: [], constant: "Azure AD", "Always `Azure AD`."),
    .signIn("Status", .dynamic, "Result: errorCode, failureReason, additionalDetails."),
    .signIn("TokenIssuerName", .string, "Identity provider."),
    .signIn("TokenIssuerType", .string, "Kind of identity provider, such as `AzureAD`."),
    .signIn("TokenProtectionStatusDetails", .dynamic, "Whether the token was bound to the device."),
    .signIn("Type", .string, from: [], constant: "SigninLogs", "Name of the table."),
    .signIn("UniqueTokenIdentifier", .string, "Identifier of the token."),
    .signIn("UserAgent", .string, "Program that the user signed in with."),
    .signIn("UserDisplayName", .string, "Name of the user."),
    .signIn("UserId", .string, "Identifier of the user."),
    .signIn("UserPrincipalName", .string, "User principal name."),
    .signIn("UserType", .string, "Member or Guest."),
  ]
}

extension SourceColumn {
  /// A column of a sign-in log; without paths it stands under its name in `properties`.
  fileprivate static func signIn(
    _ name: String, _ type: DataType, from paths: [String]? = nil, constant: String? = nil,
    form: SourceForm = .value,
    _ documentation: String
  ) -> SourceColumn {
    var all = paths ?? ["properties.\(jsonKey(of: name))"]
    for path in flatPaths(of: name) where !all.contains(path) { all.append(path) }
    return SourceColumn(name, type, from: all, form: constant.map { .constant($0) } ?? form, documentation)
  }
}
