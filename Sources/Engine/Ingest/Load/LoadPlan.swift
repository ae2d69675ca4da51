/// All requests of a load, compiled: one slot for each distinct path, shared by all tables.
struct LoadPlan: Sendable {
  /// Requests are told apart by the bits of a word.
  static let requestLimit = 64

  struct Column: Sendable {
    enum Fallback: Sendable, Hashable { case none, record, file, constant(String) }

    var field: FieldRequest
    /// Slots to try, in order.
    var slots: [Int]
    /// What to take if no slot has a value.
    var fallback: Fallback
    /// Where the code of a text to fall back on is kept: tables that share a slot have texts of their own.
    var fallbackPlace: Int
    /// The interner that numbers this column's values.
    var group: Int
    /// Ticks are kept as numbers; nothing is interned.
    var isDirectTime: Bool
    /// Where the column stands in a row, in words of 32 bits.
    var word: Int
  }

  struct Shape: Sendable {
    var presence: [Int] = []
    var values: [(slot: Int, texts: [[UInt8]])] = []
    var exclusions: [(slot: Int, prefix: [UInt8])] = []
    /// All slots that it looks at.
    var slots: [Int] { presence + values.map(\.slot) + exclusions.map(\.slot) }
  }

  struct Request: Sendable {
    var columns: [Column]
    var wordCount: Int
    var predicate: FilterTree?
    var files: Set<String>?
    var fields: [Field]
    var rowLimit: Int?
  }

  struct Source: Sendable {
    var name: String
    var shapes: [Shape]
    var timeSlots: [Int]
    var requests: UInt64
    /// The columns of a table without shapes: a CSV file with one of them has its rows, whatever a query reads.
    var names: Set<String>
  }

  private(set) var paths: [[FieldPath.Component]] = []
  private(set) var requests: [Request] = []
  private(set) var sources: [Source] = []
  /// The interner of each slot.
  private(set) var slotGroup: [Int] = []
  private(set) var groupCount = 0
  /// Slots whose objects are wanted in part only.
  private(set) var slotMembers: [Int: Set<String>] = [:]
  /// A shape or a time looks inside a member, so that members must be opened before a record is recognised.
  private(set) var opensEarly = false
  /// How many columns fall back on the file's path or a constant, which are interned before any record.
  private(set) var fallbackCount = 0
  /// What may stand around records of any known source.
  let framing: RecordFraming

  private var slotOfPath: [[FieldPath.Component]: Int] = [:]
  /// The slots that a cell of a CSV header names: by their path, or by the column that they fill first.
  private var slotsOfName: [String: [Int]] = [:]

  /// - Parameters:
  ///   - others: further sources that files may be of.
  ///   - carriers: what may stand around records of any of them.
  init(_ loadRequests: [LoadRequest], others: [LogSource], carriers: RecordFraming = RecordFraming()) {
    framing = RecordFraming(
      of: loadRequests.map(\.source.framing) + others.map(\.framing) + [carriers])
    for request in loadRequests { add(request) }
    assignGroups()
    collectMembers()
    nameSlots()
  }

  func slots(named name: String) -> [Int] { slotsOfName[name] ?? [] }

  /// Whether the slot's value is a member of the record itself.
  func isTopLevel(_ slot: Int) -> Bool {
    guard paths[slot].count == 1, case .key = paths[slot][0] else { return false }
    return true
  }

  // MARK: -

  private mutating func slot(_ path: [FieldPath.Component]) -> Int {
    if let slot = slotOfPath[path] { return slot }
    let slot = paths.count
    paths.append(path)
    slotOfPath[path] = slot
    return slot
  }

  private mutating func add(_ request: LoadRequest) {
    let bit = UInt64(1) << UInt64(requests.count)
    if let known = sources.firstIndex(where: { $0.name == request.source.name }) {
      sources[known].requests |= bit
    } else {
      addSource(request.source, bit)
    }
    var columns: [Column] = []
    var words = 0
    for field in request.fields {
      var column = Column(
        field: field, slots: [], fallback: .none, fallbackPlace: fallbackCount, group: 0, isDirectTime: false,
        word: words)
      for path in field.paths {
        switch path {
        case .field(let components): column.slots.append(slot(components))
        case .record: column.fallback = .record
        case .file: column.fallback = .file
        case .constant(let text): column.fallback = .constant(text)
        }
        if column.fallback != .none { break }
      }
      if column.fallback != .none { fallbackCount += 1 }
      column.isDirectTime =
        field.form == .datetime && column.fallback == .none
        && column.slots.allSatisfy { paths[$0].count == 1 }
      words += column.isDirectTime ? 2 : 1
      columns.append(column)
    }
    requests.append(
      Request(
        columns: columns, wordCount: words, predicate: nil, files: request.files,
        fields: request.fields.map { Field($0.name, $0.type) }, rowLimit: request.rowLimit))
    if let predicate = request.predicate {
      requests[requests.count - 1].predicate = FilterTree(predicate, columns: columns)
    }
  }

  private mutating func addSource(_ source: LogSource, _ bit: UInt64) {
    var shapes: [Shape] = []
    for tests in source.shapes {
      var shape = Shape()
      for test in tests {
        switch test {
        case .has(let path): shape.presence.append(shapeSlot(path))
        case .equals(let path, let texts):
          shape.values.append((shapeSlot(path), texts.map { Array($0.utf8) }))
        case .excludes(let path, let prefix):
          shape.exclusions.append((shapeSlot(path), Array(prefix.utf8)))
        }
      }
      shapes.append(shape)
    }
    let timeSlots = source.time.compactMap { path -> Int? in
      guard case .field(let components) = path else { return nil }
      if components.count > 1 { opensEarly = true }
      return slot(components)
    }
    sources.append(
      Source(
        name: source.name, shapes: shapes, timeSlots: timeSlots, requests: bit,
        names: shapes.isEmpty ? Set(source.columns.map(\.name)) : []))
  }

  private mutating func shapeSlot(_ path: String) -> Int {
    guard case .field(let components) = FieldPath(path) else { return slot([.key(path)]) }
    if components.count > 1 { opensEarly = true }
    return slot(components)
  }

  /// A slot is narrowed only if all columns that it fills are.
  private mutating func collectMembers() {
    var whole: Set<Int> = []
    for column in requests.flatMap(\.columns) {
      if let members = column.field.members, column.field.form == .text || column.field.form == .json {
        for slot in column.slots { slotMembers[slot, default: []].formUnion(members) }
      } else {
        whole.formUnion(column.slots)
      }
    }
    for slot in whole { slotMembers[slot] = nil }
  }

  private mutating func nameSlots() {
    for slot in paths.indices {
      let name = FieldPath.field(paths[slot]).description
      slotsOfName[name, default: []].append(slot)
      if paths[slot].count == 1, case .key(let key) = paths[slot][0], key != name {
        slotsOfName[key, default: []].append(slot)
      }
    }
    for column in requests.flatMap(\.columns) {
      let known = slotsOfName[column.field.name] ?? []
      guard let slot = column.slots.first, !column.slots.contains(where: known.contains) else { continue }
      slotsOfName[column.field.name] = known + [slot]
    }
  }

  /// Slots that stand in for each other in one column share an interner.
  private mutating func assignGroups() {
    var leader = Array(paths.indices)
    func root(_ slot: Int) -> Int {
      var slot = slot
      while leader[slot] != slot { slot = leader[slot] }
      return slot
    }
    for request in requests {
      for column in request.columns {
        for slot in column.slots.dropFirst() { leader[root(slot)] = root(column.slots[0]) }
      }
    }
    var numbers: [Int: Int] = [:]
    slotGroup = paths.indices.map { slot in
      let number = numbers[root(slot)] ?? numbers.count
      numbers[root(slot)] = number
      return number
    }
    groupCount = numbers.count
    for request in requests.indices {
      for column in requests[request].columns.indices {
        if let slot = requests[request].columns[column].slots.first {
          requests[request].columns[column].group = slotGroup[slot]
        } else {
          requests[request].columns[column].group = groupCount
          groupCount += 1
        }
      }
    }
  }
}
