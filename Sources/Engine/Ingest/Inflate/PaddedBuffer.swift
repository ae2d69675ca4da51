#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

  // `realloc` moves pages instead of bytes: a large buffer is never there twice.
  private static func block(_ old: UnsafeMutablePointer<UInt8>?, _ size: Int) -> UnsafeMutablePointer<UInt8> {
    guard let block = realloc(old, size) else {
      preconditionFailure("no memory for a buffer of \(size) bytes")
    }
    return block.assumingMemoryBound(to: UInt8.self)
  }

  private(set) var base: UnsafeMutablePointer<UInt8>
  /// Bytes that may be written, without the padding.
  private(set) var capacity: Int
  /// Bytes that hold data. Writers raise it and then call `sealPadding()`.
  var count = 0

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    base = PaddedBuffer.block(nil, capacity + PaddedBuffer.padding)
    (base + capacity).initialize(repeating: 0, count: PaddedBuffer.padding)
  }

  convenience init(_ bytes: some Collection<UInt8>) {
    self.init(capacity: bytes.count)
    append(bytes)
    sealPadding()
  }

  deinit { free(base) }

  /// Makes room for `needed` bytes in all and keeps the first `count` bytes.
  func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    base = PaddedBuffer.block(base, needed + PaddedBuffer.padding)
    (base + needed).initialize(repeating: 0, count: PaddedBuffer.padding)
    capacity = needed
  }

  /// Gives memory back if one unusual file had made the buffer very large.
  func shrink(above limit: Int) {
    guard capacity > limit else { return }
    count = 0
    base = PaddedBuffer.block(base, limit + PaddedBuffer.padding)
    capacity = limit
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
