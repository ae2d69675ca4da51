import Engine

extension SourceTable {
  /// Sign-ins of clients on behalf of users. Columns of `SigninLogs`, with nested values as JSON text.
  package static let aadNonInteractiveUserSignInLogs = signInVariant(
    "AADNonInteractiveUserSignInLogs", category: "NonInteractiveUserSignInLogs",
    without: [
      "AADTenantId", "Agent", "AppliedConditionalAccessPolicies", "ConditionalAccessAudiences",
      "FlaggedForReview", "IPAddressFromResourceProvider", "ProcessingTimeInMilliseconds", "Resource",
      "ResourceId", "ResourceProvider", "RiskLevel", "ServicePrincipalName", "SignInIdentifier",
    ],
    more: [
      signIn("ProcessingTimeInMs", "Time that the request took."),
      signIn("SignInEventTypes", "Kinds of sign-in, as JSON."),
    ],
    "Sign-ins of clients on behalf of users, from Microsoft Entra.")

  /// Sign-ins of applications with their own credentials.
  package static let aadServicePrincipalSignInLogs = serviceSignIns(
    "AADServicePrincipalSignInLogs", category: "ServicePrincipalSignInLogs",
    "Sign-ins of applications with their own credentials, from Microsoft Entra.")

  /// Sign-ins of managed identities.
  package static let aadManagedIdentitySignInLogs = serviceSignIns(
    "AADManagedIdentitySignInLogs", category: "ManagedIdentitySignInLogs",
    "Sign-ins of managed identities, from Microsoft Entra.")

  private static let serviceColumns: Set<String> = [
    "TimeGenerated", "AppId", "AuthenticationContextClassReferences", "AuthenticationProcessingDetails",
    "Category", "ConditionalAccessPolicies", "ConditionalAccessStatus", "CorrelationId", "DurationMs",
    "FederatedCredentialId", "Id", "Identity", "IPAddress", "Level", "Location", "LocationDetails",
    "OperationName", "OperationVersion", "ResourceDisplayName", "ResourceGroup", "ResourceIdentity",
    "ResourceServicePrincipalId", "ResultDescription", "ResultSignature", "ResultType", "ServicePrincipalId",
    "ServicePrincipalName", "UniqueTokenIdentifier", "SourceSystem", "Type", "_BilledSize", "_IsBillable",
  ]

  private static func serviceSignIns(
    _ name: String, category: String, _ documentation: String
  ) -> SourceTable {
    signInVariant(
      name, category: category,
      without: Set(signinLogs.columns.map(\.name)).subtracting(serviceColumns),
      more: [
        signIn("ServicePrincipalCredentialKeyId", "Identifier of the key or certificate that was used."),
        signIn("ServicePrincipalCredentialThumbprint", "Thumbprint of the certificate that was used."),
      ], documentation)
  }

  /// A text that stands in a record's `properties`, or under its own name.
  private static func signIn(_ name: String, _ documentation: String) -> SourceColumn {
    SourceColumn(
      name, .string,
      from: ["properties.\(SourceColumn.jsonKey(of: name))"] + SourceColumn.flatPaths(of: name),
      form: .jsonText, documentation)
  }

  private static func signInVariant(
    _ name: String, category: String, without missing: @autoclosure @escaping @Sendable () -> Set<String>,
    more: @autoclosure @escaping @Sendable () -> [SourceColumn], _ documentation: String
  ) -> SourceTable {
    SourceTable(
      name, columns: variantColumns(of: name, category: category, without: missing(), more: more()),
      shapes: [[.equals("category", [category])]], documentation)
  }

  private static func variantColumns(
    of name: String, category: String, without missing: Set<String>, more: [SourceColumn]
  ) -> [SourceColumn] {
    let columns = signinLogs.columns.filter { !missing.contains($0.name) }.map { column in
      var column = column
      // The one column that stays dynamic here too.
      if column.type == .dynamic, column.name != "AppliedEventListeners" {
        column.type = .string
        column.form = .jsonText
      }
      switch column.name {
      case "Type": column.form = .constant(name)
      case "Category":
        column.form = .constant(category)
        column.documentation = "Always `\(category)`."
      default: break
      }
      return column
    }
    let all = columns + more
    return all + standardColumns(of: name, except: all)
  }
}
