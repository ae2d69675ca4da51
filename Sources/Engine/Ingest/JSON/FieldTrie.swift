/// The wanted paths of a record as a tree, in flat memory that the scanner can walk without a retain.
///
/// ```
///   eventName, userIdentity.arn, userIdentity.type          node 0 ─ eventName ──▶ node 1 (slot 0)
///                                                                  └ userIdentity ▶ node 2 ─ arn ──▶ node 3 (slot 1)
///                                                                                          └ type ─▶ node 4 (slot 2)
/// ```
///
/// A key may hold dots itself: `{"a.b":1}` has the field `a.b` as `{"a":{"b":1}}` has it, so that each run of keys on a
/// path leads to its end in one step as well.
///
/// A key is looked up by its length first: most keys of a record are unwanted and differ from every wanted one in
/// length or in the first eight bytes.
final class FieldTrie {
  static let lengthBuckets = 64

  struct Node {
    /// The slot that takes the value, or -1.
    var slot: Int32 = -1
    /// The first of this node's `lengthBuckets` buckets, or -1 if no key is wanted.
    var buckets: Int32 = -1
    /// The node of every element, or -1.
    var each: Int32 = -1
    /// The first of the wanted elements, chained by `nextIndexed`, or -1.
    var firstIndexed: Int32 = -1
    var nextIndexed: Int32 = -1
    var index: Int32 = -1
    /// The number of a child of the root that has children itself, or -1.
    var container: Int32 = -1

    var hasChildren: Bool { buckets >= 0 || each >= 0 || firstIndexed >= 0 }
  }

  struct Edge {
    /// The first eight bytes of the key, zero beyond its end.
    var head: UInt64
    var mask: UInt64
    var keyOffset: Int32
    var length: Int32
    var next: Int32
    var target: Int32
  }

  let nodes: UnsafeMutablePointer<Node>
  let edges: UnsafeMutablePointer<Edge>
  let buckets: UnsafeMutablePointer<Int32>
  let keys: UnsafeMutablePointer<UInt8>
  let slotCount: Int
  let containerCount: Int
  /// Whether a slot may hold several values, since its path has an `each`.
  let isMany: [Bool]
  /// The slots below each container.
  let containerSlots: [[Int]]
  /// The node of each container.
  let containerNodes: [Int32]

  /// One slot for each path.
  init(paths: [[FieldPath.Component]]) {
    var plan = TriePlan()
    for (slot, path) in paths.enumerated() { plan.insert(path, slot: slot) }
    plan.numberContainers()
    slotCount = paths.count
    containerCount = plan.containerCount
    isMany = paths.map { $0.contains(.each) }
    containerSlots = plan.containerSlots(paths)
    var containerNodes = [Int32](repeating: 0, count: plan.containerCount)
    for (number, node) in plan.nodes.enumerated() where node.container >= 0 {
      containerNodes[Int(node.container)] = Int32(number)
    }
    self.containerNodes = containerNodes
    nodes = .allocate(capacity: plan.nodes.count)
    nodes.initialize(from: plan.nodes, count: plan.nodes.count)
    edges = .allocate(capacity: plan.edges.count + 1)
    edges.initialize(from: plan.edges, count: plan.edges.count)
    buckets = .allocate(capacity: plan.buckets.count + 1)
    buckets.initialize(from: plan.buckets, count: plan.buckets.count)
    keys = .allocate(capacity: plan.keys.count + 1)
    keys.initialize(from: plan.keys, count: plan.keys.count)
  }

  deinit {
    nodes.deallocate()
    edges.deallocate()
    buckets.deallocate()
    keys.deallocate()
  }

  /// The child of a node under a key, or -1. Reads eight bytes at `key`.
  @inline(__always)
  func child(_ node: Int32, _ key: UnsafePointer<UInt8>, _ length: Int) -> Int32 {
    let base = nodes[Int(node)].buckets
    if base < 0 { return -1 }
    var edge = buckets[Int(base) &+ min(length, FieldTrie.lengthBuckets &- 1)]
    if edge < 0 { return -1 }
    let head = UnsafeRawPointer(key).loadUnaligned(as: UInt64.self)
    while edge >= 0 {
      let candidate = edges[Int(edge)]
      if head & candidate.mask == candidate.head, Int(candidate.length) == length,
        length <= 8 || JSONBytes.equal(key + 8, keys + Int(candidate.keyOffset) + 8, length &- 8)
      {
        return candidate.target
      }
      edge = candidate.next
    }
    return -1
  }
}

/// The growing form of a trie.
private struct TriePlan {
  var nodes = [FieldTrie.Node()]
  var edges: [FieldTrie.Edge] = []
  var buckets: [Int32] = []
  var keys: [UInt8] = []
  var containerCount = 0
  private var keyed: [Int: [String: Int]] = [:]

  mutating func insert(_ path: [FieldPath.Component], slot: Int) {
    var node = 0
    // The nodes that a run of keys has passed so far, each with the keys behind it joined by dots.
    var passed: [(node: Int, keys: String)] = []
    for component in path {
      switch component {
      case .key(let key):
        let target = child(of: node, key: key)
        for index in passed.indices {
          passed[index].keys += "." + key
          let known = keyed[passed[index].node]?[passed[index].keys]
          // At the root a record is parted into its containers, which are its own members.
          if known == nil, passed[index].node != 0 || !nodes[target].hasChildren {
            connect(passed[index].node, key: passed[index].keys, to: target)
          }
        }
        if passed.count < 16 { passed.append((node, key)) }
        node = target
      case .each:
        if nodes[node].each < 0 { nodes[node].each = Int32(newNode()) }
        node = Int(nodes[node].each)
        passed = []
      case .index(let index):
        node = child(of: node, index: index)
        passed = []
      }
    }
    nodes[node].slot = Int32(slot)
  }

  mutating func numberContainers() {
    for target in (keyed[0] ?? [:]).values.sorted() where nodes[target].hasChildren {
      nodes[target].container = Int32(containerCount)
      containerCount += 1
    }
  }

  func containerSlots(_ paths: [[FieldPath.Component]]) -> [[Int]] {
    var slots = [[Int]](repeating: [], count: containerCount)
    for (slot, path) in paths.enumerated() where path.count > 1 {
      guard case .key(let key) = path[0], let target = keyed[0]?[key] else { continue }
      let container = Int(nodes[target].container)
      if container >= 0 { slots[container].append(slot) }
    }
    return slots
  }

  private mutating func newNode() -> Int {
    nodes.append(FieldTrie.Node())
    return nodes.count - 1
  }

  private mutating func child(of node: Int, index: Int) -> Int {
    let wanted = Int32(clamping: index)
    var existing = nodes[node].firstIndexed
    while existing >= 0 {
      if nodes[Int(existing)].index == wanted { return Int(existing) }
      existing = nodes[Int(existing)].nextIndexed
    }
    let made = newNode()
    nodes[made].index = wanted
    nodes[made].nextIndexed = nodes[node].firstIndexed
    nodes[node].firstIndexed = Int32(made)
    return made
  }

  private mutating func child(of node: Int, key: String) -> Int {
    if let existing = keyed[node]?[key] { return existing }
    let made = newNode()
    connect(node, key: key, to: made)
    return made
  }

  private mutating func connect(_ node: Int, key: String, to made: Int) {
    keyed[node, default: [:]][key] = made
    if nodes[node].buckets < 0 {
      nodes[node].buckets = Int32(buckets.count)
      buckets.append(contentsOf: repeatElement(-1, count: FieldTrie.lengthBuckets))
    }
    let bytes = Array(key.utf8)
    var head: UInt64 = 0
    var mask: UInt64 = 0
    for (position, byte) in bytes.prefix(8).enumerated() {
      head |= UInt64(byte) << UInt64(position * 8)
      mask |= 0xFF << UInt64(position * 8)
    }
    let bucket = Int(nodes[node].buckets) + min(bytes.count, FieldTrie.lengthBuckets - 1)
    edges.append(
      FieldTrie.Edge(
        head: UInt64(littleEndian: head), mask: UInt64(littleEndian: mask), keyOffset: Int32(keys.count),
        length: Int32(bytes.count), next: buckets[bucket], target: Int32(made)))
    buckets[bucket] = Int32(edges.count - 1)
    keys.append(contentsOf: bytes)
  }
}
