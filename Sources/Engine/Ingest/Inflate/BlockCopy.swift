/// Matches of compressed blocks.
enum BlockCopy {
  /// Copies what stands so far before the target, which may lie within itself.
  @inline(__always)
  static func repeated(_ target: UnsafeMutablePointer<UInt8>, distance: Int, count: Int) {
    let source = target - distance
    if distance >= count {
      target.update(from: source, count: count)
    } else {
      for index in 0..<count { target[index] = source[index] }
    }
  }
}
