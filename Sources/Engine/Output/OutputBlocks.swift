/// Gathers bytes and hands them on in blocks.
enum OutputBlocks {
  static let size = 1 << 16

  /// Hands the bytes on once there are enough of them.
  @inline(__always)
  static func passOn(_ bytes: inout [UInt8], to write: ([UInt8]) -> Void) {
    if bytes.count >= size { finish(&bytes, to: write) }
  }

  static func finish(_ bytes: inout [UInt8], to write: ([UInt8]) -> Void) {
    if bytes.isEmpty { return }
    write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
