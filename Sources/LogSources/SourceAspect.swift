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
  }

  package var kind: Kind
  package var expression: String

  package init(_ kind: Kind, _ expression: String) {
    self.kind = kind
    self.expression = expression
  }
}
