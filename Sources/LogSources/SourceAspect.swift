/// What an overview asks of the events of a table, and the KQL over its columns that answers.
///
/// Example: `SourceAspect(.address, "SourceIpAddress")`.
package struct SourceAspect: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Who.
    case identity
    /// From where.
    case address
    /// Of which service.
    case service
    /// What.
    case action
    case region
    /// Why it failed; empty where it did not.
    case error
    /// By which program.
    case client
    case account

    /// What authors of rules call it, whatever the log; in lower case.
    var usualColumns: [String] {
      switch self {
      case .identity:
        [
          "account", "accountname", "arn", "callerarn", "identity", "principal", "user", "user_name",
          "username",
        ]
      case .address: ["callerip", "ip", "ipaddress", "ipaddresses", "sourceip", "sourceips", "src", "src_ip"]
      case .service, .action, .region, .error, .client, .account: []
      }
    }
  }

  package var kind: Kind
  package var expression: String
  /// The columns of results that hold it, under the names that either language has for them.
  package var columns: [String]

  /// - Parameter columns: what else than the expression names it.
  package init(_ kind: Kind, _ expression: String, columns: [String] = []) {
    self.kind = kind
    self.expression = expression
    self.columns = [expression] + columns
  }
}
