/// Which columns of packed files the slots of a load are filled from.
struct PackedPlan {
  enum Origin: Hashable {
    /// A column of the layout.
    case column(Int)
    /// Looked for inside of the member, which is a column.
    case inside(Int)
    /// No event has it, but one that has a member of this name besides its columns.
    case absent(String)
  }

  let layout: PackLayout
  /// Of each slot.
  let origins: [Origin]
  /// For each container of the scanner the column that it is looked for in; nil if its slots are columns of their own.
  let containers: [Int?]
  /// The slots that are set from columns: those of a request, or all.
  let filled: [(slot: Int, column: Int)]
  let allFilled: [(slot: Int, column: Int)]
  let needsEvent: Bool
  let needsSource: Bool
  /// Leaves of the file: of the columns of the layout, then the event, its file and its form.
  let leaves: [Int]
  let eventLeaf: Int
  let sourceLeaf: Int
  let formLeaf: Int

  /// Nil for a file that was not packed, or not by this version: its columns are read as those of any file.
  init?(_ file: ParquetFile, _ worker: LoadWorker) {
    guard let note = file.metadata.notes[PackLayout.note], let layout = PackLayout(document: note) else {
      return nil
    }
    let plan = worker.plan
    self.layout = layout
    // Columns stand at the top; names further inside may be long and many.
    let leafOfName = Dictionary(
      file.schema.leaves.enumerated().filter { $1.path.count == 1 }.map { ($1.path[0], $0) },
      uniquingKeysWith: { first, _ in first })
    func leaf(_ name: String, _ kind: PackLayout.Kind) -> Int? {
      guard let leaf = leafOfName[name] else { return nil }
      let found = file.schema.leaves[leaf]
      let physical: ParquetType.Physical =
        switch kind {
        case .text, .json: .bytes
        case .time: .int64
        case .bool: .boolean
        }
      guard found.type.physical == physical, found.repetition == 0 else { return nil }
      return kind == .time && found.type.logical != .timestamp(.micros) ? nil : leaf
    }
    var leaves: [Int] = []
    for column in layout.columns {
      guard let found = leaf(column.name, column.kind) else { return nil }
      leaves.append(found)
    }
    guard let event = leaf(PackLayout.rawEvent, .text), let source = leaf(PackLayout.sourceFile, .text),
      let form = leaf(PackLayout.form, .text)
    else { return nil }
    (self.leaves, eventLeaf, sourceLeaf, formLeaf) = (leaves, event, source, form)

    let columns = Dictionary(
      layout.columns.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let origins = plan.paths.map { PackedPlan.origin($0, columns) }
    self.origins = origins
    let inside = worker.scanner.trie.containerSlots.map { slots -> Int? in
      let isDirect = slots.allSatisfy { slot in
        if case .column = origins[slot] { true } else { false }
      }
      guard !isDirect, let first = slots.first, case .key(let key)? = plan.paths[first].first else {
        return nil
      }
      return columns[[key]]
    }
    containers = inside
    let inContainers = Set(
      inside.indices.filter { inside[$0] != nil }.flatMap { worker.scanner.trie.containerSlots[$0] })
    let wanted = Set(
      plan.requests.flatMap(\.columns).flatMap(\.slots) + plan.sources.flatMap(\.timeSlots))
    let all = origins.indices.compactMap { slot -> (slot: Int, column: Int)? in
      guard case .column(let column) = origins[slot], !inContainers.contains(slot) else { return nil }
      return (slot, column)
    }
    allFilled = all
    filled = all.filter { wanted.contains($0.slot) }
    needsEvent = plan.requests.contains { $0.columns.contains { $0.fallback == .record } }
    needsSource =
      worker.readsPackedSources && plan.requests.contains { $0.columns.contains { $0.fallback == .file } }
  }

  private static func origin(_ path: [FieldPath.Component], _ columns: [[String]: Int]) -> Origin {
    var keys: [String] = []
    for component in path {
      guard case .key(let key) = component else { break }
      keys.append(key)
    }
    if keys.count == path.count, let column = columns[keys] { return .column(column) }
    guard let first = keys.first else { return .absent("") }
    return columns[[first]].map { .inside($0) } ?? .absent(first)
  }
}
