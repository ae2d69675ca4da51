import Foundation

/// Bytes that end where the memory does: reading one byte too many ends the process.
///
/// ```
///   |            page | page               | page without access |
///                        text + `readable` |
/// ```
final class GuardedBytes {
  let base: UnsafePointer<UInt8>
  let count: Int
  private let region: UnsafeMutableRawPointer
  private let size: Int

  /// - Parameter behind: zeros that may be read behind the bytes.
  init?(_ bytes: some Collection<UInt8>, behind: Int = 0) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let used = (bytes.count + behind + page) / page * page
    size = used + page
    guard let region = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      region != MAP_FAILED, mprotect(region + used, page, PROT_NONE) == 0
    else { return nil }
    self.region = region
    let start = (region + (used - bytes.count - behind)).assumingMemoryBound(to: UInt8.self)
    for (offset, byte) in bytes.enumerated() { start[offset] = byte }
    base = UnsafePointer(start)
    count = bytes.count
  }

  deinit { munmap(region, size) }

  var end: UnsafePointer<UInt8> { base + count }
  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}
