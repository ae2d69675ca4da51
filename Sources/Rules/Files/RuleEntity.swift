/// An entity that an alert is about, and the columns that identify it: `Account` by `FullName` from `UserIdentityArn`.
package struct RuleEntity: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package var identifier: String
    package var column: String
    /// Where the rule file names the column; 1-based.
    package var line: Int?
    package var columnNumber: Int?

    package init(identifier: String, column: String, line: Int? = nil, columnNumber: Int? = nil) {
      self.identifier = identifier
      self.column = column
      self.line = line
      self.columnNumber = columnNumber
    }
  }

  package var type: String
  package var fields: [Field]

  package init(type: String, fields: [Field]) {
    self.type = type
    self.fields = fields
  }

  /// `Account=UserIdentityArn` of a header: the column identifies the entity by what its type is known by.
  init(header field: Field) {
    let identifier =
      switch field.identifier.lowercased() {
      case "account", "user": "FullName"
      case "ip": "Address"
      case "host": "HostName"
      case "url": "Url"
      case "dns": "DomainName"
      case "azureresource": "ResourceId"
      case "filehash", "hash": "Value"
      default: "Name"
      }
    self.init(type: field.identifier, fields: [Field(identifier: identifier, column: field.column)])
  }
}

/// What a rule puts in place of its own title, description and severity, alert by alert.
package struct AlertDetails: Hashable, Sendable {
  package var title: AlertTemplate?
  package var description: AlertTemplate?
  package var severityColumn: String?
  package var tacticsColumn: String?

  package init() {}

  /// All columns that it reads.
  package var columns: [String] {
    (title?.columns ?? []) + (description?.columns ?? []) + [severityColumn, tacticsColumn].compactMap { $0 }
  }
}
