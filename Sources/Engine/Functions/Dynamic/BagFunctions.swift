/// Bags: made of keys and values, merged, changed, and asked for their keys.
package enum BagFunctions {
  package static let all: [ScalarFunction] = [
    packArray, pack, packNonempty, keys, merge, removeKeys, setKey, hasKey, zip, treePath,
  ]

  package static let packArray = ScalarFunction(
    [.kql("pack_array")], Signature([.any("value"), .any("next").repeated], returns: .fixed(.dynamic)),
    "Makes an array of values; times and timespans become their text.",
    notes: ["`pack_array(*)` takes all columns."], nulls: .neverNull,
    kernel: .scalar { values in .array(values.map(\.json)) },
    examples: [
      .kqlQuery(
        #"datatable(a:long, b:string)[1, "x"] | project pack_array(*)"#, gives: #"dynamic([1,"x"])"#),
      .kql(#"pack_array(1, "a", 2.5)"#, gives: #"dynamic([1,"a",2.5])"#),
      .kql("pack_array(int(null), 1s)", gives: #"dynamic([null,"00:00:01"])"#),
    ])

  package static let pack = ScalarFunction(
    [.kql("bag_pack"), .kqlAlias("pack"), .kqlAlias("pack_dictionary")],
    Signature(
      [.string("key").repeated, .any("value").repeated],
      returns: .computed { types, _ in types.count % 2 == 0 ? .dynamic : nil }),
    "Makes a bag of keys and values in turn; null values are kept.", nulls: .neverNull,
    kernel: .scalar { values in
      var members = MemberList()
      for index in stride(from: 0, to: values.count - 1, by: 2) {
        members.set(values[index].kqlText, values[index + 1].json)
      }
      return members.value
    },
    inverse: .packedBag,
    examples: [
      .kql(#"bag_pack("a", 1, "b", "x")"#, gives: #"dynamic({"a":1,"b":"x"})"#),
      .kql(#"bag_pack("a", int(null))"#, gives: #"dynamic({"a":null})"#),
    ])

  /// What `pack_all(true)` becomes.
  package static let packNonempty = ScalarFunction(
    [.kql("[bag_pack_nonempty]")],
    Signature(
      [.any("key").repeated, .any("value").repeated],
      returns: .computed { types, _ in types.count % 2 == 0 ? .dynamic : nil }),
    "Makes a bag of keys and values in turn, without nulls and empty texts.", nulls: .neverNull,
    kernel: .scalar { values in
      var members = MemberList()
      for index in stride(from: 0, to: values.count - 1, by: 2) {
        let value = values[index + 1]
        if !value.isNull, value.text != "" { members.set(values[index].kqlText, value.json) }
      }
      return members.value
    },
    examples: [])

  static let keys = ScalarFunction(
    [.kql("bag_keys")], Signature([.dynamic("bag")], returns: .fixed(.dynamic)),
    "Gives the keys of a bag as an array; null for anything else.",
    kernel: .scalar { values in values[0].members.map { .array($0.map { .string($0.key) }) } ?? .null },
    examples: [
      .kql(#"bag_keys(dynamic({"a":1,"b":{"c":2}}))"#, gives: #"dynamic(["a","b"])"#),
      .kql("bag_keys(dynamic({}))", gives: "dynamic([])"),
      .kql("bag_keys(dynamic([1]))", gives: "dynamic(null)"),
    ])

  static let merge = ScalarFunction(
    [.kql("bag_merge")],
    Signature([.dynamic("bag"), .dynamic("second"), .dynamic("next").repeated], returns: .fixed(.dynamic)),
    "Merges bags; of a key in several the leftmost value stays.", nulls: .ignoresNulls,
    kernel: .scalar { values in
      let bags = values.compactMap(\.members)
      if bags.isEmpty { return .null }
      var members = MemberList()
      for member in bags.joined() where !members.contains(member.key) {
        members.set(member.key, member.value)
      }
      return members.value
    },
    examples: [
      .kql(#"bag_merge(dynamic({"a":1}), dynamic({"a":2,"b":3}))"#, gives: #"dynamic({"a":1,"b":3})"#),
      .kql(#"bag_merge(dynamic(null), dynamic({"a":1}))"#, gives: #"dynamic({"a":1})"#),
    ])

  static let removeKeys = ScalarFunction(
    [.kql("bag_remove_keys")],
    Signature([.dynamic("bag"), .dynamic("keys")], returns: .fixed(.dynamic)),
    "Leaves out some keys, which may be paths such as `$.a.b`.",
    kernel: .scalar { values in
      guard case .dynamic(.object(let members)) = values[0], let names = values[1].elements else {
        return .null
      }
      var keys: Set<String> = []
      var paths: [JSONKeyPath] = []
      for case .string(let name) in names {
        let path = JSONKeyPath(name)
        if path.keys.count == 1 { keys.insert(path.keys[0]) } else { paths.append(path) }
      }
      let kept = JSONValue.object(keys.isEmpty ? members : members.filter { !keys.contains($0.key) })
      return .dynamic(paths.reduce(kept) { $1.removed(from: $0) })
    },
    examples: [
      .kql(#"bag_remove_keys(dynamic({"a":1,"b":2}), dynamic(["a","z"]))"#, gives: #"dynamic({"b":2})"#),
      .kql(
        #"bag_remove_keys(dynamic({"a":{"b":1,"c":2}}), dynamic(["$.a.b"]))"#,
        gives: #"dynamic({"a":{"c":2}})"#),
    ])

  static let setKey = ScalarFunction(
    [.kql("bag_set_key")],
    Signature([.dynamic("bag"), .string("key").constant, .any("value")], returns: .fixed(.dynamic)),
    "Gives a bag with a key set; the key may be a path such as `$.a.b`.", nulls: .handlesNulls,
    kernel: .scalar { values in
      guard case .dynamic(.object) = values[0], let key = values[1].text else { return .null }
      return .dynamic(JSONKeyPath(key).set(values[2].json, in: values[0].json))
    },
    examples: [
      .kql(#"bag_set_key(dynamic({"a":1}), "b", 2)"#, gives: #"dynamic({"a":1,"b":2})"#),
      .kql(#"bag_set_key(dynamic({"a":{"b":1}}), "$.a.b", 2)"#, gives: #"dynamic({"a":{"b":2}})"#),
      .kql(#"bag_set_key(dynamic(null), "b", 2)"#, gives: "dynamic(null)"),
    ])

  static let hasKey = ScalarFunction(
    [.kql("bag_has_key")], Signature([.dynamic("bag"), .string("key")], returns: .fixed(.bool)),
    "Is true if a bag has a key, which may be a path such as `$.a.b`.",
    kernel: .prepared { arguments in
      var known: Set<[UInt8]>?
      if case .dynamic(.object(let members))? = arguments.constants[0] {
        known = Set(members.map { Array($0.key.utf8) })
      }
      return { [known] values in
        guard case .dynamic(let bag) = values[0], case .object = bag, let key = values[1].text else {
          return .null
        }
        let path = JSONKeyPath(key)
        // The rest of a path is worth looking for only where its first key is there.
        if let known, let first = path.keys.first {
          guard known.contains(Array(first.utf8)) else { return .bool(false) }
          if path.keys.count == 1 { return .bool(true) }
        }
        return .bool(path.value(in: bag) != nil)
      }
    },
    examples: [
      .kql(#"bag_has_key(dynamic({"a":null}), "a")"#, gives: "true"),
      .kql(#"bag_has_key(dynamic({"a":{"b":1}}), "$.a.b")"#, gives: "true"),
      .kql(#"bag_has_key(dynamic({"a":1}), "A")"#, gives: "false"),
    ])

  static let zip = ScalarFunction(
    [.kql("bag_zip")], Signature([.dynamic("keys"), .dynamic("values")], returns: .fixed(.dynamic)),
    "Makes a bag of an array of keys and one of values; missing values are null.",
    kernel: .scalar { values in
      guard let names = values[0].elements, let elements = values[1].elements else { return .null }
      var members = MemberList()
      for (index, name) in names.enumerated() {
        guard case .string(let key) = name else { continue }
        members.set(key, index < elements.count ? elements[index] : .null)
      }
      return members.value
    },
    examples: [
      .kql(#"bag_zip(dynamic(["a","b"]), dynamic([1]))"#, gives: #"dynamic({"a":1,"b":null})"#),
      .kql(#"bag_zip(dynamic([7,"b"]), dynamic([1,2]))"#, gives: #"dynamic({"b":2})"#),
    ])

  static let treePath = ScalarFunction(
    [.kql("treepath")], Signature([.dynamic("value")], returns: .fixed(.dynamic)),
    "Gives the paths of all that a dynamic value holds; all elements of an array share the path `[0]`.",
    naming: .prefix("tree"),
    kernel: .scalar { values in
      var paths: [JSONValue] = []
      var seen: Set<String> = []
      collect(values[0].json, path: "", into: &paths, &seen)
      return .array(paths)
    },
    examples: [
      .kql(
        #"treepath(dynamic({"a":1,"b":[{"c":2}]}))"#,
        gives: #"dynamic(["['a']","['b']","['b'][0]","['b'][0]['c']"])"#),
      .kql("treepath(dynamic({}))", gives: "dynamic([])"),
    ])

  private static func collect(
    _ value: JSONValue, path: String, into paths: inout [JSONValue], _ seen: inout Set<String>
  ) {
    let children: [(String, JSONValue)] =
      switch value {
      case .object(let members): members.map { ("\(path)['\($0.key)']", $0.value) }
      case .array(let elements): elements.map { ("\(path)[0]", $0) }
      case .null, .bool, .long, .real, .string: []
      }
    for (childPath, child) in children where DynamicLimit.admits(paths.count + 1) {
      if seen.insert(childPath).inserted { paths.append(.string(childPath)) }
      collect(child, path: childPath, into: &paths, &seen)
    }
  }
}

/// The members of a bag in the making; a repeated key keeps its last value, in the place of the first.
struct MemberList {
  private var members: [JSONValue.Member] = []
  private var places: [String: Int] = [:]

  mutating func set(_ key: String, _ value: JSONValue) {
    if let place = places[key] {
      members[place].value = value
    } else {
      places[key] = members.count
      members.append(JSONValue.Member(key, value))
    }
  }

  func contains(_ key: String) -> Bool { places[key] != nil }

  var value: Value { .dynamic(.object(members)) }
}
