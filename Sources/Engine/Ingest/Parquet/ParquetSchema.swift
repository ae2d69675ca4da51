/// The type of a Parquet column: how its values are stored, and what they mean.
struct ParquetType: Hashable, Sendable {
  enum Physical: Int, Sendable {
    case boolean, int32, int64, int96, float, double, bytes, fixed
  }

  enum Unit: Hashable, Sendable {
    case millis, micros, nanos

    init?(_ number: Int?) {
      switch number {
      case 1: self = .millis
      case 2: self = .micros
      case 3: self = .nanos
      default: return nil
      }
    }
  }

  enum Logical: Hashable, Sendable {
    case text, json, date, uuid, float16, decimal, unsigned, signed, interval
    case time(Unit)
    case timestamp(Unit)

    /// By the number of its member in the union of logical types; nil for those that say nothing of values.
    init?(_ number: Int, first: Int?, second: Int?) {
      switch number {
      case 1, 4: self = .text
      case 5: self = .decimal
      case 6: self = .date
      case 7:
        guard let unit = Unit(second) else { return nil }
        self = .time(unit)
      case 8:
        guard let unit = Unit(second) else { return nil }
        self = .timestamp(unit)
      case 10: self = second == 0 ? .unsigned : .signed
      case 12: self = .json
      case 14: self = .uuid
      case 15: self = .float16
      default: return nil
      }
    }

    /// By the number that older writers give.
    init?(converted: Int) {
      switch converted {
      case 0, 4: self = .text
      case 5: self = .decimal
      case 6: self = .date
      case 7: self = .time(.millis)
      case 8: self = .time(.micros)
      case 9: self = .timestamp(.millis)
      case 10: self = .timestamp(.micros)
      case 11...14: self = .unsigned
      case 15...18: self = .signed
      case 19: self = .json
      case 21: self = .interval
      default: return nil
      }
    }
  }

  var physical: Physical
  /// Bytes of a value of fixed length.
  var length = 0
  var logical: Logical?
  var scale = 0
}

/// The schema as a tree, with the levels by which nested values are told apart.
///
/// ```
///   optional group a (LIST)          definition 1
///     repeated group list            definition 2, repetition 1
///       optional binary element      definition 3, repetition 1      a leaf
/// ```
struct ParquetSchema {
  struct Node {
    enum Shape: Hashable { case leaf(Int), group, list, map }

    var name: String
    var isOptional: Bool
    var isRepeated: Bool
    var definition: Int
    var repetition: Int
    var shape: Shape
    var children: [Int] = []
    /// The leaves below: they are numbered in the order of the tree.
    var leaves = 0..<0
  }

  struct Leaf {
    var type: ParquetType
    var path: [String]
    var definition: Int
    var repetition: Int
  }

  /// The root is the first.
  private(set) var nodes: [Node] = []
  private(set) var leaves: [Leaf] = []
  /// The names that lead to all leaves: one name may stand above a great many.
  private var pathBytes = 0

  /// The members of a row.
  var columns: [Int] { nodes.first?.children ?? [] }

  /// A name that several members of one object have.
  var repeatedName: String? {
    for node in nodes where node.children.count > 1 {
      var seen: Set<String> = []
      for child in node.children where !seen.insert(nodes[child].name).inserted { return nodes[child].name }
    }
    return nil
  }

  init(_ elements: [ParquetMetadata.Element]) throws(ParquetDamage) {
    guard !elements.isEmpty else { throw ParquetDamage("it has no schema") }
    var next = 0
    _ = try add(elements, &next, [], (0, 0), depth: 0)
    guard next == elements.count else { throw ParquetDamage("its schema is malformed") }
  }

  private mutating func add(
    _ elements: [ParquetMetadata.Element], _ next: inout Int, _ path: [String],
    _ above: (definition: Int, repetition: Int), depth: Int
  ) throws(ParquetDamage) -> Int {
    guard next < elements.count else { throw ParquetDamage("its schema is malformed") }
    guard depth < ParquetLimits.depthLimit else {
      throw ParquetDamage(.limit, "its columns nest deeper than \(ParquetLimits.depthLimit) levels")
    }
    let element = elements[next]
    next += 1
    let isRoot = depth == 0
    let isOptional = !isRoot && element.repetition == 1
    let isRepeated = !isRoot && element.repetition == 2
    let levels = (
      definition: above.definition + (isOptional || isRepeated ? 1 : 0),
      repetition: above.repetition + (isRepeated ? 1 : 0)
    )
    let number = nodes.count
    nodes.append(
      Node(
        name: element.name, isOptional: isOptional, isRepeated: isRepeated, definition: levels.definition,
        repetition: levels.repetition, shape: .group))
    let path = isRoot ? [] : path + [element.name]
    let firstLeaf = leaves.count
    defer { nodes[number].leaves = firstLeaf..<leaves.count }
    if let physical = element.physical {
      guard !isRoot, element.children ?? 0 == 0 else { throw ParquetDamage("its schema is malformed") }
      let logical = element.logical ?? element.converted.flatMap { ParquetType.Logical(converted: $0) }
      let length = physical == .fixed ? element.length : 0
      guard physical != .fixed || (1...(1 << 20)).contains(length) else {
        throw ParquetDamage("the values of `\(element.name)` have no length")
      }
      pathBytes += path.reduce(0) { $0 + $1.utf8.count }
      guard pathBytes <= ParquetLimits.footerBytes else {
        throw ParquetDamage(
          .limit, "the names of its columns are longer than \(ParquetLimits.footerBytes) bytes")
      }
      nodes[number].shape = .leaf(leaves.count)
      leaves.append(
        Leaf(
          type: ParquetType(
            physical: physical, length: length, logical: logical, scale: min(max(element.scale, 0), 1000)),
          path: path, definition: levels.definition, repetition: levels.repetition))
      return number
    }
    let count = element.children ?? 0
    guard count <= elements.count - next else { throw ParquetDamage("its schema is malformed") }
    var children: [Int] = []
    for _ in 0..<count { children.append(try add(elements, &next, path, levels, depth: depth + 1)) }
    nodes[number].children = children
    let isList = element.isList || element.converted == 3
    let isMap = element.isMap || element.converted == 1 || element.converted == 2
    if isList, children.count == 1, nodes[children[0]].isRepeated {
      nodes[number].shape = .list
    } else if isMap, children.count == 1, nodes[children[0]].isRepeated,
      nodes[children[0]].children.count == 2
    {
      nodes[number].shape = .map
    }
    return number
  }

  /// The type of the column of a table that a column of the file becomes.
  func dataType(of column: Int) -> DataType {
    guard case .leaf(let leaf) = nodes[column].shape, !nodes[column].isRepeated else { return .dynamic }
    let type = leaves[leaf].type
    switch type.logical {
    case .text: return .string
    case .json: return .dynamic
    case .date, .timestamp: return .datetime
    case .time: return .timespan
    case .uuid: return .guid
    case .float16: return .real
    case .decimal: return .decimal
    case .unsigned where type.physical == .int64: return .decimal
    case .unsigned, .signed, .interval, nil: break
    }
    return switch type.physical {
    case .boolean: .bool
    case .int32, .int64: .long
    case .int96: .datetime
    case .float, .double: .real
    case .bytes, .fixed: .string
    }
  }

  /// What stands in a list: older writers repeat the element itself, others a group around it.
  func element(ofList list: Int) -> Int? {
    guard let repeated = nodes[list].children.first, case .group = nodes[repeated].shape,
      nodes[repeated].children.count == 1
    else { return nil }
    let name = nodes[repeated].name
    return name == "array" || name == "\(nodes[list].name)_tuple" ? nil : nodes[repeated].children[0]
  }
}
