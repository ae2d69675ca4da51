/// A kind of log as a table: how its records are recognised, and where the value of each column stands.
///
/// ```
///   LogSource(
///     name: "AWSCloudTrail",
///     columns: [LogColumn("EventName", .string, ["eventName"]), …],
///     shapes: [[.has("eventVersion"), .has("eventSource")]],
///     time: ["eventTime"])
/// ```
package struct LogSource: Sendable, Hashable {
  package var name: String
  package var columns: [LogColumn]
  /// Columns that no listing shows, for queries that name them.
  package var unlisted: [LogColumn] = []
  /// A record belongs to the table if all tests of one of these hold. No shape at all: every record does.
  package var shapes: [[ShapeTest]]
  /// Where the time of an event stands; the first of these that is there.
  package var time: [FieldPath]
  /// What may stand around its records.
  package var framing: RecordFraming

  package init(
    name: String, columns: [LogColumn], shapes: [[ShapeTest]], time: [FieldPath],
    framing: RecordFraming = RecordFraming()
  ) {
    self.framing = framing
    self.name = name
    self.columns = columns
    self.shapes = shapes
    self.time = time
  }

  /// What a record must have. Tests of members of the record itself cost nothing; deeper ones do.
  package enum ShapeTest: Sendable, Hashable {
    /// The field is there (in a CSV file: the header has it), even if it is null.
    case has(String)
    case equals(String, [String])
    /// The field may be missing, but its text does not begin so.
    case excludes(String, prefix: String)
  }
}

/// One column of a log's table.
package struct LogColumn: Sendable, Hashable {
  package var name: String
  package var type: DataType
  package var paths: [FieldPath]
  package var form: FieldForm
  package var summary: String

  /// The form follows from the type unless one is given.
  package init(
    _ name: String, _ type: DataType, _ paths: [FieldPath], form: FieldForm? = nil, summary: String = ""
  ) {
    self.name = name
    self.type = type
    self.paths = paths
    self.form = form ?? FieldForm(for: type)
    self.summary = summary
  }

  package var request: FieldRequest { FieldRequest(name: name, paths: paths, form: form, type: type) }
}

extension FieldPath: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}
