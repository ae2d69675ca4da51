import FoundationEssentials

extension Value: PlanCodable {
  /// What JSON tells apart stands as it is, the rest with its type: `{"datetime":638400096000000000}`, in ticks.
  package static let form = PlanForm<Value>(
    write: { value, writer in
      func typed(_ type: DataType, _ json: JSONValue) -> JSONValue {
        .object([JSONValue.Member(type.rawValue, json)])
      }
      switch value {
      case .null: return .null
      case .bool(let truth): return .bool(truth)
      case .long(let number): return .long(number)
      case .real(let number):
        return number.isFinite ? .real(number) : typed(.real, Double.form.write(number, writer))
      case .string(let text): return .string(text)
      case .decimal(let number): return typed(.decimal, .string(number.isNaN ? "NaN" : number.description))
      case .datetime(let ticks): return typed(.datetime, .long(ticks))
      case .timespan(let ticks): return typed(.timespan, .long(ticks))
      case .guid(let guid): return typed(.guid, .string(guid.text))
      case .dynamic(let tree): return typed(.dynamic, TreeForm.json(tree))
      }
    },
    read: { (json, reader) throws(PlanReadingFailure) in
      switch json {
      case .null: return .null
      case .bool(let truth): return .bool(truth)
      case .long(let number): return .long(number)
      case .real(let number): return .real(number)
      case .string(let text): return .string(text)
      case .array: throw reader.failure("this is no value")
      case .object(let members):
        guard members.count == 1, let member = members.first,
          let value = try typed(member.key, member.value, reader)
        else { throw reader.failure("this is no value") }
        return value
      }
    })

  private static func typed(
    _ name: String, _ json: JSONValue, _ reader: PlanReader
  ) throws(PlanReadingFailure) -> Value? {
    switch (DataType(rawValue: name), json) {
    case (.real, _): return .real(try Double.form.read(json, reader))
    case (.decimal, .string("NaN")): return .decimal(.nan)
    case (.decimal, .string(let text)): return Decimal(string: text).map { .decimal($0) }
    case (.datetime, .long(let ticks)): return .datetime(ticks)
    case (.timespan, .long(let ticks)): return .timespan(ticks)
    case (.guid, .string(let text)): return GUID(text: text).map { .guid($0) }
    case (.dynamic, _): return TreeForm.tree(json).map { .dynamic($0) }
    default: return nil
    }
  }
}

/// The tree of a dynamic value: as JSON where that gives the same tree back, else with its kinds.
///
/// ```
///   {"a":[1,2.5]}          {"json":{"a":[1,2.5]}}
///   [[[…64 of them…]]]     {"text":"[[[…]]]"}
///   [NaN]                  {"list":[{"real":"NaN"}]}
/// ```
private enum TreeForm {
  /// Deeper trees are text, so that the document itself is not as deep.
  private static let depth = 64

  static func json(_ tree: JSONValue) -> JSONValue {
    if isPlain(tree, depth: depth) { return .object([.init("json", tree)]) }
    if isPlain(tree, depth: JSONTreeParser.depthLimit) { return .object([.init("text", .string(tree.text))]) }
    switch tree {
    case .null, .bool, .long, .string: return .object([.init("json", tree)])
    case .real(let number):
      return .object([
        .init("real", .string(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity"))
      ])
    case .array(let elements): return .object([.init("list", .array(elements.map(json)))])
    case .object(let members):
      return .object([
        .init("bag", .array(members.map { .array([.string($0.key), json($0.value)]) }))
      ])
    }
  }

  static func tree(_ json: JSONValue) -> JSONValue? {
    guard case .object(let members) = json, members.count == 1, let member = members.first else { return nil }
    switch (member.key, member.value) {
    case ("json", let tree): return tree
    case ("text", .string(let text)): return JSONValue(parsing: text)
    case ("real", .string("NaN")): return .real(.nan)
    case ("real", .string("Infinity")): return .real(.infinity)
    case ("real", .string("-Infinity")): return .real(-.infinity)
    case ("list", .array(let elements)):
      var trees: [JSONValue] = []
      for element in elements {
        guard let tree = tree(element) else { return nil }
        trees.append(tree)
      }
      return .array(trees)
    case ("bag", .array(let pairs)):
      var bag: [JSONValue.Member] = []
      for pair in pairs {
        guard case .array(let parts) = pair, parts.count == 2, case .string(let key) = parts[0],
          let tree = tree(parts[1])
        else { return nil }
        bag.append(.init(key, tree))
      }
      return .object(bag)
    default: return nil
    }
  }

  /// Whether JSON text gives the tree back: numbers are finite, keys differ, and it is not deep.
  private static func isPlain(_ tree: JSONValue, depth: Int) -> Bool {
    switch tree {
    case .null, .bool, .long, .string: return true
    case .real(let number): return number.isFinite
    case .array(let elements): return depth > 0 && elements.allSatisfy { isPlain($0, depth: depth - 1) }
    case .object(let members):
      return depth > 0 && Set(members.map(\.key)).count == members.count
        && members.allSatisfy { isPlain($0.value, depth: depth - 1) }
    }
  }
}
