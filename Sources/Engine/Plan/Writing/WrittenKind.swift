/// What the values of a column are in a text that was written of a plan.
package enum WrittenKind: Hashable, Sendable {
  case text, number
  /// A point in time.
  case moment
  /// A length of time.
  case span
  /// True or false.
  case truth
  /// Several values.
  case list
  /// An object or array, or one value of JSON.
  case json

  /// - Parameter dynamic: what a value of any shape is.
  package init(_ type: DataType, dynamic: WrittenKind) {
    self =
      switch type {
      case .string, .guid: .text
      case .int, .long, .real, .decimal: .number
      case .datetime: .moment
      case .timespan: .span
      case .bool: .truth
      case .dynamic: dynamic
      }
  }
}
