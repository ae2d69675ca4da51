/// The types that JSON values have, as `buildschema` tells them.
///
///     {"a":1,"b":["x"]}, {"a":"y"}   ->   {"a":["long","string"],"b":{"`indexer`":"string"}}
struct DynamicSchema {
  private var scalars: [String] = []
  private var members: [(key: String, schema: DynamicSchema)] = []
  /// Where the members of some keys stand: rows may hold any number of keys.
  private var places: [String: Int] = [:]
  private var elements: [DynamicSchema] = []
  private var isObject = false

  mutating func add(_ value: JSONValue) {
    switch value {
    case .null: break
    case .bool: addScalar("bool")
    case .long: addScalar("long")
    case .real: addScalar("double")
    case .string: addScalar("string")
    case .array(let array):
      if elements.isEmpty { elements.append(DynamicSchema()) }
      for element in array { elements[0].add(element) }
    case .object(let object):
      isObject = true
      for member in object {
        if let place = places[member.key] {
          members[place].schema.add(member.value)
        } else {
          places[member.key] = members.count
          var schema = DynamicSchema()
          schema.add(member.value)
          members.append((member.key, schema))
        }
      }
    }
  }

  private mutating func addScalar(_ name: String) {
    if !scalars.contains(name) { scalars.append(name) }
  }

  /// One type as a text or a bag; several as an array.
  var json: JSONValue {
    var types = scalars.map { JSONValue.string($0) }
    if isObject || !elements.isEmpty {
      var bag = members.map { JSONValue.Member($0.key, $0.schema.json) }
      if let element = elements.first { bag.append(JSONValue.Member("`indexer`", element.json)) }
      types.append(.object(bag))
    }
    return types.count == 1 ? types[0] : .array(types)
  }
}
