#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The distinct texts of a string column, side by side as UTF-8:
///
///     codes      0 1 0 2
///     offsets    0 9 20 31
///     bytes      SendEmailInvokeModelCreateTopic
///
/// Predicates and functions run once for each entry and are gathered by code.
// Sendable is unchecked since the memory is owned through pointers; nothing writes to it after `init`.
package final class StringDictionary: @unchecked Sendable {
  private let bytes: UnsafePointer<UInt8>
  private let starts: UnsafePointer<Int>
  private let ends: UnsafePointer<Int>
  package let count: Int
  /// No two entries are equal, so that codes may stand for texts.
  package let isDistinct: Bool
  package let byteCount: Int
  /// What keeps the bytes alive if they are not the dictionary's own.
  private let owners: [AnyObject]?

  /// Takes ownership of both blocks. `offsets` has `count + 1` entries.
  init(
    adopting bytes: UnsafeMutablePointer<UInt8>, offsets: UnsafeMutablePointer<Int>, count: Int,
    isDistinct: Bool
  ) {
    self.bytes = UnsafePointer(bytes)
    starts = UnsafePointer(offsets)
    ends = UnsafePointer(offsets + 1)
    self.count = count
    self.isDistinct = isDistinct
    byteCount = offsets[count]
    owners = nil
  }

  /// Refers to distinct texts anywhere in memory that `owners` keep alive; positions count from `base`.
  /// Takes ownership of `starts` and `ends`.
  init(
    base: UnsafePointer<UInt8>, starts: UnsafeMutablePointer<Int>, ends: UnsafeMutablePointer<Int>,
    count: Int,
    byteCount: Int, owners: [AnyObject]
  ) {
    bytes = base
    self.starts = UnsafePointer(starts)
    self.ends = UnsafePointer(ends)
    self.count = count
    isDistinct = true
    self.byteCount = byteCount
    self.owners = owners
  }

  deinit {
    starts.deallocate()
    if owners == nil { bytes.deallocate() } else { ends.deallocate() }
  }

  /// The text of a code; valid while the dictionary is alive.
  ///
  /// - Precondition: `code` is below `count`.
  @inline(__always)
  package subscript(code: UInt32) -> UnsafeBufferPointer<UInt8> {
    let index = Int(code)
    precondition(index < count, "code outside its dictionary")
    let start = starts[index]
    return UnsafeBufferPointer(start: bytes + start, count: ends[index] - start)
  }

  package func text(_ code: UInt32) -> String { String(decoding: self[code], as: UTF8.self) }

  /// The first code of a text.
  package func code(of text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    for index in 0..<count where ends[index] - starts[index] == text.count {
      if StringDictionary.equal(self[UInt32(index)], text) { return UInt32(index) }
    }
    return nil
  }

  @inline(__always)
  package static func equal(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
    return memcmp(leftStart, rightStart, left.count) == 0
  }

  /// -1, 0 or 1, by UTF-8 bytes, which is the order of code points.
  @inline(__always)
  package static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int
  {
    let shared = min(left.count, right.count)
    if shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
      let order = memcmp(leftStart, rightStart, shared)
      if order != 0 { return order < 0 ? -1 : 1 }
    }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }

  /// A dictionary with just the empty text.
  package static let empty: StringDictionary = {
    var builder = StringDictionaryBuilder()
    _ = builder.append("")
    return builder.finish()
  }()
}
