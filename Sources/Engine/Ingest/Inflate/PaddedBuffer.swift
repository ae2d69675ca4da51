/// A growable block of bytes that is followed by readable padding.
///
/// Wide loads (8, 16 or 64 bytes) may start at any byte up to `count`, so scanners need no special case for the
/// last few bytes. One buffer is reused for file after file.
///
/// ```
///   base            base + count        base + capacity     + padding
///   |  valid bytes  |  free to write    |  zeros            |
/// ```
final class PaddedBuffer {
  static let padding = 64

  private(set) var base: UnsafeMutablePointer<UInt8>
  /// Bytes that may be written, without the padding.
  private(set) var capacity: Int
  /// Bytes that hold data. Writers raise it and then call `sealPadding()`.
  var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + PaddedBuffer.padding)
    (base + capacity).initialize(repeating: 0, count: PaddedBuffer.padding)
  }

  convenience init(_ bytes: some Collection<UInt8>) {
    self.init(capacity: bytes.count)
    append(bytes)
    sealPadding()
  }

  deinit {
    base.deallocate()
  }

  /// Makes room for `needed` bytes in all and keeps the first `count` bytes.
  func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: needed + PaddedBuffer.padding)
    larger.update(from: base, count: count)
    (larger + needed).initialize(repeating: 0, count: PaddedBuffer.padding)
    base.deallocate()
    base = larger
    capacity = needed
  }

  /// Gives memory back if one unusual file had made the buffer very large.
  func shrink(above limit: Int) {
    guard capacity > limit else { return }
    base.deallocate()
    capacity = limit
    count = 0
    base = .allocate(capacity: limit + PaddedBuffer.padding)
    (base + limit).initialize(repeating: 0, count: PaddedBuffer.padding)
  }

  func append(_ bytes: some Collection<UInt8>) {
    reserve(count + bytes.count)
    for byte in bytes {
      base[count] = byte
      count += 1
    }
  }

  func append(_ source: UnsafePointer<UInt8>, count length: Int) {
    if count + length > capacity { reserve(max(capacity * 2, count + length)) }
    (base + count).update(from: source, count: length)
    count += length
  }

  func append(_ byte: UInt8) {
    if count == capacity { reserve(max(64, capacity * 2)) }
    base[count] = byte
    count += 1
  }

  /// Zeroes what follows the data, so that wide loads see no stale bytes.
  func sealPadding() {
    (base + count).update(repeating: 0, count: PaddedBuffer.padding)
  }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}
