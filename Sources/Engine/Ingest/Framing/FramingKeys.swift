/// The framing of a load with its keys in flat memory, which walkers compare with the keys of a file.
final class FramingKeys {
  let framing: RecordFraming
  /// The members with a time as they stand in a record, in their quotes.
  let timeKeys: [[UInt8]]
  private let containers: [PaddedBuffer]
  private let keys: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>

  init(_ framing: RecordFraming) {
    self.framing = framing
    timeKeys = framing.timeMembers.map { Array("\"\($0)\"".utf8) }
    containers = framing.containers.map { PaddedBuffer(Array($0.utf8)) }
    keys = .allocate(capacity: containers.count)
    _ = keys.initialize(from: containers.map(\.bytes))
  }

  deinit { keys.deallocate() }

  /// Whether the array behind a key may hold records.
  @inline(__always)
  func isContainer(_ key: FieldValue) -> Bool {
    for name in keys where name.count == key.count {
      if let start = name.baseAddress, JSONBytes.equal(key.start, start, key.count) { return true }
    }
    return false
  }

  /// The envelope that an object is.
  func envelope(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordEnvelope? {
    framing.envelopes.first { $0.record(in: start, end) != nil }
  }
}
