/// The type that a `typeof(…)` argument names, given as text.
enum TypeArgument {
  static func type(_ constants: [Value?], _ index: Int) -> DataType? {
    guard index < constants.count else { return .string }
    guard case .string(let name)?? = Optional(constants[index]) else { return nil }
    switch name {
    case "boolean": return .bool
    case "double": return .real
    case "date": return .datetime
    case "time": return .timespan
    case "int32": return .int
    case "int64": return .long
    case "uuid", "uniqueid": return .guid
    default: return DataType(rawValue: name)
    }
  }
}
