import Engine

extension SourceTable {
  /// Sign-ins of clients on behalf of users. The columns of `SigninLogs`, with nested values as JSON text.
  package static let aadNonInteractiveUserSignInLogs = signInVariant(
    "AADNonInteractiveUserSignInLogs", category: "NonInteractiveUserSignInLogs",
    without: ["Agent", "AppliedEventListeners", "ConditionalAccessAudiences", "FlaggedForReview"],
    "Sign-ins of clients on behalf of users, from Microsoft Entra.")

  /// Sign-ins of applications with their own credentials.
  package static let aadServicePrincipalSignInLogs = serviceSignIns(
    "AADServicePrincipalSignInLogs", category: "ServicePrincipalSignInLogs",
    more: ["ConditionalAccessPolicies", "ConditionalAccessStatus", "Location", "LocationDetails"],
    "Sign-ins of applications with their own credentials, from Microsoft Entra.")

  /// Sign-ins of managed identities.
  package static let aadManagedIdentitySignInLogs = serviceSignIns(
    "AADManagedIdentitySignInLogs", category: "ManagedIdentitySignInLogs", more: [],
    "Sign-ins of managed identities, from Microsoft Entra.")

  private static func serviceSignIns(
    _ name: String, category: String, more: Set<String>, _ documentation: String
  ) -> SourceTable {
    let shared: Set<String> = [
      "TimeGenerated", "AppId", "AuthenticationProcessingDetails", "Category", "CorrelationId", "DurationMs",
      "Id",
      "Identity", "IPAddress", "Level", "OperationName", "OperationVersion", "ResourceDisplayName",
      "ResourceGroup", "ResourceIdentity", "ResourceServicePrincipalId", "ResultDescription",
      "ResultSignature",
      "ResultType", "ServicePrincipalId", "ServicePrincipalName", "UniqueTokenIdentifier", "SourceSystem",
      "Type",
    ]
    var table = signInVariant(name, category: category, without: [], documentation)
    table.columns = table.columns.filter { shared.contains($0.name) || more.contains($0.name) }
    table.columns.append(
      SourceColumn(
        "ServicePrincipalCredentialKeyId", .string,
        from: ["properties.servicePrincipalCredentialKeyId", "ServicePrincipalCredentialKeyId"],
        "Identifier of the key or certificate that was used."))
    return table
  }

  private static func signInVariant(
    _ name: String, category: String, without missing: Set<String>, _ documentation: String
  ) -> SourceTable {
    let columns = signinLogs.columns.filter { !missing.contains($0.name) }.map { column in
      var column = column
      if column.type == .dynamic {
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
    return SourceTable(
      name, columns: columns, shapes: [[.equals("category", [category])]], isSubset: true, documentation)
  }
}
