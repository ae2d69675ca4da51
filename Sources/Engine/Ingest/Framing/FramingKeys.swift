import Diagnostics

/// The framing of a load with its keys in flat memory, which walkers compare with the keys of a file, and the buffers
/// for what envelopes hold.
final class FramingKeys {
  /// What an object carries that is no record itself.
  struct Carried {
    /// Those that it may be, with what stands in their first member.
    var envelopes: [(envelope: RecordEnvelope, value: FieldValue)] = []
    var hasPage = false
    var isTable = false
    /// One of the frames that an answer of Kusto is made of.
    var isFrame = false
    var rows: RowWriter?

    /// Whether the object is not what is meant, but something inside: for whoever takes any object.
    var holdsRecords: Bool {
      hasPage || isTable
        || envelopes.contains { envelope, value in
          switch envelope.content {
          case .object, .packed: true
          case .text: value.kind == .object || value.bytes.first == 0x7B || value.bytes.first == 0x5B
          }
        }
    }

    var isEmpty: Bool { envelopes.isEmpty && !hasPage && !isTable && !isFrame && rows == nil }
  }

  let framing: RecordFraming
  let limits: FileLimits
  /// The members with a time as they stand in a record, in their quotes.
  let timeKeys: [[UInt8]]
  /// Names whose object may hold a page: `hits` of `{"hits":{"hits":[…]}}`.
  private let containers: KeyList
  private let pages: KeyList
  /// Members that say what an object carries.
  private let telling: KeyList
  /// What answers begin with, and those that begin so.
  private let beginnings: KeyList
  private let answers: [[RecordFraming.Answer]]
  private let found: UnsafeMutableBufferPointer<FieldValue>
  private let writers: [RowWriter]
  private var buffers: [PaddedBuffer] = []
  private var unpacked: [Gunzip] = []

  /// - Parameter limits: of what is compressed in envelopes.
  init(_ framing: RecordFraming, _ limits: FileLimits = FileLimits()) {
    (self.framing, self.limits) = (framing, limits)
    timeKeys = framing.timeMembers.map { Array("\"\($0)\"".utf8) }
    containers = KeyList(framing.containers)
    pages = KeyList(framing.pages)
    writers = framing.rows.map { RowWriter($0) }
    let first = framing.answers.flatMap(\.beginnings).uniqued
    beginnings = KeyList(first)
    answers = first.map { name in framing.answers.filter { $0.beginnings.contains(name) } }
    let rowNames = framing.rows.flatMap(\.tests).flatMap { $0 }.map(\.name)
    telling = KeyList(
      framing.envelopes.compactMap(\.path.first) + framing.containers + framing.pages + rowNames
        + TableMember.names)
    found = .allocate(capacity: telling.count)
    found.initialize(
      repeating: FieldValue(kind: .absent, start: UnsafePointer(PaddedBuffer(capacity: 0).base), count: 0))
  }

  deinit { found.deallocate() }

  /// Whether the array behind a key may hold records.
  @inline(__always)
  func isContainer(_ key: FieldValue) -> Bool { containers.index(of: key) >= 0 }

  func isPage(_ key: FieldValue) -> Bool { isContainer(key) || pages.index(of: key) >= 0 }

  /// The members of an object that may hold records where it is none itself.
  var carriers: Set<String> {
    Set(
      framing.envelopes.flatMap { $0.path.prefix(1) + ($0.passedOver.map { [$0] } ?? []) }
        + framing.containers
        + framing.pages + TableMember.names)
  }

  /// The writer for rows whose names are these; nil if no log has such rows.
  func writer(forNames names: [String]) -> RowWriter? {
    writers.first { $0.form.fits(names: Set(names.map(RowForm.plainName))) }
  }

  /// The writer for rows of a table with these columns, whatever their values are.
  func writer(forColumns names: Set<String>) -> RowWriter? {
    let plain = Set(names.map(RowForm.plainName))
    return writers.first { writer in
      writer.form.tests.contains { tests in
        tests.allSatisfy { plain.contains($0.name) } && tests.contains(where: \.isOfName)
      }
    }
  }

  /// Looks through the members of an object once.
  func carried(by start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Carried {
    var carried = Carried()
    guard telling.count > 0 else { return carried }
    for index in found.indices { found[index].kind = .absent }
    var failure: ScanFailure?
    var hasAny = false
    _ = JSONBytes.forEachMember(of: start, end, &failure) { key, value in
      let index = telling.index(of: key)
      if index >= 0, found[index].kind == .absent {
        found[index] = value
        hasAny = true
      }
      return true
    }
    guard hasAny else { return carried }
    for envelope in framing.envelopes {
      if let first = envelope.path.first, let value = value(first), let inner = envelope.record(below: value)
      {
        carried.envelopes.append((envelope, inner))
      }
    }
    carried.hasPage = (framing.containers + framing.pages).contains { name in
      value(name).map { $0.kind == .array || $0.kind == .object } ?? false
    }
    carried.isTable =
      TableMember.columnNames.contains { value($0)?.kind == .array }
      || TableMember.fieldNames.allSatisfy { value($0)?.kind == .array }
    carried.isFrame = value(TableMember.frameName) != nil
    if carried.isFrame { carried.isTable = true }
    carried.rows = writers.first { writer in writer.form.fits { value($0) } }
    return carried
  }

  /// Whether an object is certainly not what is meant, but an answer or an export with it inside: for whoever takes any
  /// object. Of most objects only the first key is looked at.
  ///
  /// ```
  ///   {"tables":[{"columns":…,"rows":…}]}    {"took":1,"hits":{"hits":[…]}}    {"preview":false,"result":{…}}
  /// ```
  func isAnswer(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    var failure: ScanFailure?
    guard let (key, _) = JSONBytes.key(at: JSONBytes.skipBlanks(start + 1, end), end, &failure) else {
      return false
    }
    let place = beginnings.index(of: key)
    guard place >= 0 else { return false }
    return answers[place].contains { $0.fits(start, end) }
  }

  private func value(_ name: String) -> FieldValue? {
    let index = telling.index(ofName: name)
    return index >= 0 && found[index].kind != .absent ? found[index] : nil
  }

  /// A buffer for what is taken out of envelopes at some level, empty.
  func buffer(_ level: Int) -> PaddedBuffer {
    while buffers.count <= level { buffers.append(PaddedBuffer(capacity: 1 << 12)) }
    buffers[level].shrink(above: 16 << 20)
    buffers[level].count = 0
    return buffers[level]
  }

  func gunzip(_ level: Int) -> Gunzip {
    while unpacked.count <= level { unpacked.append(Gunzip(output: PaddedBuffer(capacity: 1 << 16))) }
    return unpacked[level]
  }
}

/// Names in flat memory.
private final class KeyList {
  private let buffers: [PaddedBuffer]
  private let keys: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>
  private let places: [String: Int]
  /// Bit n is set if a name has n bytes.
  private var lengths: UInt64 = 0

  init(_ names: [String]) {
    var places: [String: Int] = [:]
    for name in names where places[name] == nil { places[name] = places.count }
    self.places = places
    buffers = places.sorted { $0.value < $1.value }.map { PaddedBuffer(Array($0.key.utf8)) }
    keys = .allocate(capacity: buffers.count)
    _ = keys.initialize(from: buffers.map(\.bytes))
    for name in names { lengths |= 1 &<< UInt64(min(63, name.utf8.count)) }
  }

  deinit { keys.deallocate() }

  var count: Int { keys.count }

  func index(ofName name: String) -> Int { places[name] ?? -1 }

  @inline(__always)
  func index(of key: FieldValue) -> Int {
    guard lengths &>> UInt64(min(63, key.count)) & 1 == 1 else { return -1 }
    for index in keys.indices where keys[index].count == key.count {
      if let start = keys[index].baseAddress, JSONBytes.equal(key.start, start, key.count) { return index }
    }
    return -1
  }
}
