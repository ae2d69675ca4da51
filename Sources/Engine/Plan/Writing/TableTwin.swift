/// A log as both kinds of languages know it: a table with columns, and events with fields at paths.
///
/// ```
///   table AWSCloudTrail, column EventName      sourcetype aws:cloudtrail, field eventName
/// ```
package struct TableTwin: Sendable {
  package struct Column: Sendable {
    package enum Form: Sendable {
      case value
      /// An object or array as its text.
      case json
      case constant(String)
    }

    package var name: String
    package var type: DataType
    /// Where its value may stand in an event, the likeliest first.
    package var paths: [String]
    package var form: Form

    package init(name: String, type: DataType, paths: [String], form: Form) {
      self.name = name
      self.type = type
      self.paths = paths
      self.form = form
    }
  }

  package var table: String
  package var sourcetype: String
  package var timeColumn: String
  /// Tells events apart; nil where nothing does.
  package var idColumn: String?
  package var columns: [Column]
  /// Fields that an add-on makes of others: paths of which the first that has a value is taken, or what is made in
  /// another way.
  package var addonFields: [String: AddonValue]

  package enum AddonValue: Sendable {
    case paths([String], otherwise: String?)
    /// An expression in the language of events.
    case expression(String)
  }

  package init(
    table: String, sourcetype: String, timeColumn: String, idColumn: String?, columns: [Column],
    addonFields: [String: AddonValue] = [:]
  ) {
    self.table = table
    self.sourcetype = sourcetype
    self.timeColumn = timeColumn
    self.idColumn = idColumn
    self.columns = columns
    self.addonFields = addonFields
  }

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
