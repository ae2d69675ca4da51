package import Engine

extension TypeNameSyntax {
  /// The type that a KQL type name means; nil for an unknown name.
  package var dataType: DataType? { Self.dataTypes[text] }

  /// Every spelling of a type.
  package static let dataTypes: [String: DataType] = [
    "bool": .bool, "boolean": .bool, "int": .int, "int32": .int, "uint": .int, "uint32": .int, "int8": .int,
    "int16": .int, "uint8": .int, "uint16": .int, "long": .long, "int64": .long, "ulong": .long,
    "uint64": .long, "real": .real, "double": .real, "float": .real, "decimal": .decimal,
    "datetime": .datetime, "date": .datetime, "timespan": .timespan, "time": .timespan, "guid": .guid,
    "uuid": .guid, "uniqueid": .guid, "string": .string, "dynamic": .dynamic,
  ]
}
