/// The transactions that further events may join, found by the values of their fields.
///
/// An event joins where it shares a value and contradicts none: after `ip=1 cookie=a` comes `cookie=a` alone, then
/// `ip=1` alone, and all three are one.
struct OpenTransactions {
  struct Transaction {
    var rows: [Int] = []
    var first: Int64 = 0
    var last: Int64 = 0
    var isComplete = false
    /// The value of each field, nil where no event has had one.
    var values: [String?] = []
  }

  private struct Key: Hashable {
    var field: Int
    var value: String
  }

  private var open: [Int: Transaction] = [:]
  private var index: [Key: [Int]] = [:]
  private var next = 0
  private let fieldCount: Int
  /// Whether an event must share a value, rather than only contradict none.
  private let isConnected: Bool

  init(fieldCount: Int, isConnected: Bool) {
    self.fieldCount = fieldCount
    self.isConnected = isConnected
  }

  /// All that are open, in the order in which they began.
  var identities: [Int] { open.keys.sorted() }

  subscript(identity: Int) -> Transaction? { open[identity] }

  /// The latest transaction that an event with some values belongs to.
  mutating func match(_ values: [String?]) -> Int? {
    if fieldCount == 0 { return open.keys.max() }
    var best: Int?
    for (field, value) in values.enumerated() {
      guard let value else { continue }
      let key = Key(field: field, value: value)
      guard let known = index[key] else { continue }
      let alive = known.filter { open[$0] != nil }
      index[key] = alive
      if let found = alive.last(where: { fits(values, $0) }) { best = max(best ?? found, found) }
    }
    if best == nil, !isConnected, values.contains(where: { $0 != nil }) {
      best = identities.last { fits(values, $0) }
    }
    return best
  }

  private func fits(_ values: [String?], _ identity: Int) -> Bool {
    guard let own = open[identity]?.values else { return false }
    return zip(values, own).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
  }

  mutating func begin(at time: Int64) -> Int {
    next += 1
    open[next] = Transaction(
      first: time, last: time, values: [String?](repeating: nil, count: fieldCount))
    return next
  }

  mutating func add(_ row: Int, at time: Int64, _ values: [String?], to identity: Int) {
    open[identity]?.rows.append(row)
    open[identity]?.last = time
    for (field, value) in values.enumerated() {
      guard let value, open[identity]?.values[field] == .some(nil) else { continue }
      open[identity]?.values[field] = value
      index[Key(field: field, value: value), default: []].append(identity)
    }
  }

  mutating func complete(_ identity: Int) { open[identity]?.isComplete = true }

  mutating func close(_ identity: Int) -> Transaction? { open.removeValue(forKey: identity) }
}
