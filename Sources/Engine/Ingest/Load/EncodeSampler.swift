/// Estimates the time of a step that is far too short to be timed each time: every 64th is.
///
/// ```
///   let sample = sampler.begin()
///   …                              // some hundred nanoseconds
///   sampler.end(sample)
/// ```
struct EncodeSampler {
  private static let rate = 64
  /// A longer sample was interrupted, and counts as no more.
  private static let longest = 20e-6

  private(set) var seconds = 0.0
  private var count = 0

  /// When the step began; 0 if it is not timed.
  @inline(__always)
  mutating func begin() -> Double {
    count &+= 1
    return count & (EncodeSampler.rate &- 1) == 0 ? FileLoader.now() : 0
  }

  @inline(__always)
  mutating func end(_ start: Double) {
    if start == 0 { return }
    seconds += min(EncodeSampler.longest, FileLoader.now() - start) * Double(EncodeSampler.rate)
  }
}
