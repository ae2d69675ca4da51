/// The transactions that further events may join, found by the values of their fields.
///
/// An event joins where it shares a value and contradicts none: after `ip=1 cookie=a` comes `cookie=a` alone, then
/// `ip=1` alone, and all three are one.
///
/// Transactions that have values of the same fields are looked up together, by the values of those fields that the event
/// has too: however many share an `ip`, one look finds that with the `cookie`.
///
/// ```
///   open                          event ip=1 cookie=b          event cookie=b
///   have ip, cookie:  1 a, 1 b    the one with 1 b             the latest with b
///   have ip:          2           the latest with 1            no field is shared
/// ```
struct OpenTransactions {
  struct Transaction {
    var rows: [Int] = []
    var first: Int64 = 0
    var last: Int64 = 0
    var isComplete = false
    /// Whether this is an event that belongs to no transaction.
    var isOrphan = false
    /// The value of each field, nil where no event has had one.
    var values: [String?] = []

    /// Which fields have a value.
    var fields: FieldSet { values.map { $0 != nil } }
  }

  /// For each field whether it is one of them.
  typealias FieldSet = [Bool]

  private var open: [Int: Transaction] = [:]
  /// How many are open that have values of some fields.
  private var counts: [FieldSet: Int] = [:]
  /// Those that have values of some fields, by the values of a part of these, in the order in which they began. Others may
  /// stand among them that were closed, or have more fields by now.
  private var index: [FieldSet: [FieldSet: [[String]: [Int]]]] = [:]
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
    let own = values.map { $0 != nil }
    guard own.contains(true) else { return nil }
    var sharing: Int?
    var other: Int?
    for fields in counts.keys {
      let common = zip(fields, own).map { $0 && $1 }
      if common.contains(true) {
        sharing = [sharing, latest(with: fields, values, of: common)].compactMap { $0 }.max()
      } else if !isConnected {
        other = [other, latest(with: fields, values, of: common)].compactMap { $0 }.max()
      }
    }
    return sharing ?? other
  }

  /// The latest of those that have values of some fields, with given ones in a part of these.
  private mutating func latest(with fields: FieldSet, _ values: [String?], of part: FieldSet) -> Int? {
    if index[fields]?[part] == nil {
      var known: [[String]: [Int]] = [:]
      for identity in identities {
        guard let transaction = open[identity], transaction.fields == fields else { continue }
        known[Self.key(transaction.values, part), default: []].append(identity)
      }
      index[fields, default: [:]][part] = known
    }
    let key = Self.key(values, part)
    while let last = index[fields]?[part]?[key]?.last {
      if let transaction = open[last], transaction.fields == fields { return last }
      index[fields]?[part]?[key]?.removeLast()
    }
    index[fields]?[part]?[key] = nil
    return nil
  }

  private static func key(_ values: [String?], _ part: FieldSet) -> [String] {
    zip(values, part).compactMap { $1 ? $0 : nil }
  }

  mutating func begin(at time: Int64) -> Int {
    next += 1
    open[next] = Transaction(
      first: time, last: time, values: [String?](repeating: nil, count: fieldCount))
    return next
  }

  mutating func add(_ row: Int, at time: Int64, _ values: [String?], to identity: Int) {
    guard var transaction = open.removeValue(forKey: identity) else { return }
    transaction.rows.append(row)
    transaction.last = time
    let old = transaction.values
    for (field, value) in values.enumerated() where old[field] == nil { transaction.values[field] = value }
    let new = transaction.fields
    open[identity] = transaction
    guard new != old.map({ $0 != nil }) else { return }
    leave(identity, old)
    counts[new, default: 0] += 1
    for part in index[new]?.keys.map({ $0 }) ?? [] {
      // It began before those that had these fields earlier, or after all.
      let key = Self.key(transaction.values, part)
      var known = index[new]?[part]?.removeValue(forKey: key) ?? []
      known.insert(identity, at: (known.lastIndex { $0 < identity } ?? -1) + 1)
      index[new]?[part]?[key] = known
    }
  }

  mutating func complete(_ identity: Int) { open[identity]?.isComplete = true }

  mutating func close(_ identity: Int) -> Transaction? {
    guard let transaction = open.removeValue(forKey: identity) else { return nil }
    leave(identity, transaction.values)
    return transaction
  }

  /// Takes a transaction from those that have values of the same fields.
  private mutating func leave(_ identity: Int, _ values: [String?]) {
    let fields = values.map { $0 != nil }
    guard let count = counts[fields] else { return }
    counts[fields] = count > 1 ? count - 1 : nil
    for part in index[fields]?.keys.map({ $0 }) ?? [] {
      let key = Self.key(values, part)
      guard index[fields]?[part]?[key]?.last == identity else { continue }
      index[fields]?[part]?[key]?.removeLast()
      if index[fields]?[part]?[key]?.isEmpty == true { index[fields]?[part]?[key] = nil }
    }
  }
}
