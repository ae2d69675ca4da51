/// One value that a column of a table wants from each record.
package struct FieldRequest: Sendable, Hashable {
  package var name: String
  /// The first that is there and not null wins.
  package var paths: [FieldPath]
  package var form: FieldForm
  package var type: DataType
  /// If known: of JSON objects nothing is wanted but these members.
  package var members: Set<String>?

  package init(name: String, paths: [FieldPath], form: FieldForm, type: DataType) {
    self.name = name
    self.paths = paths
    self.form = form
    self.type = type
  }
}

/// How the JSON value of a field becomes the value of a column.
package enum FieldForm: Sendable, Hashable {
  /// KQL: absent and null are "", objects and arrays their JSON text as it stood, numbers and bools their text.
  case text
  /// SPL: absent is null, JSON null is the text `null`; several values of a `{}` path are a dynamic array (if the
  /// type is dynamic) or its text. Objects and arrays are no values: their members have names of their own.
  case optionalText
  /// A dynamic value. Text that is an object or array in JSON is taken as that.
  case json
  case bool
  /// int or long.
  case long
  case real
  case datetime
  /// Any other type, made from its text.
  case other

  package init(for type: DataType) {
    switch type {
    case .bool: self = .bool
    case .int, .long: self = .long
    case .real: self = .real
    case .datetime: self = .datetime
    case .string: self = .text
    case .dynamic: self = .json
    case .decimal, .timespan, .guid: self = .other
    }
  }
}
