import Diagnostics

/// How large a file may be, as it is stored and when it is decompressed; what is larger is named.
///
/// Example: with the standard limits, 4 MB of gzip that would become 4 GB of zeros stops at 1 GB, and 100 kB at 256 MB.
package struct FileLimits: Sendable, Hashable {
  /// Bytes of one file, whether they are stored or come out of it.
  package var bytes = 2 << 30
  /// Decompressed bytes per compressed byte; logs have 5 to 30, a bomb has 1,000.
  package var ratio = 250
  /// The ratio is not looked at below this many decompressed bytes.
  package var ratioFreeBytes = 256 << 20

  package init() {}

  /// - Parameter ratio: holds from the first mebibyte on; short files may well repeat themselves.
  package init(bytes: Int?, ratio: Int?) {
    if let bytes { self.bytes = bytes }
    if let ratio { (self.ratio, ratioFreeBytes) = (ratio, 1 << 20) }
  }

  /// What may come out of compressed bytes.
  struct Output {
    var bytes: Int
    /// By which of the limits.
    var remedy: Remedy

    /// The damage, told by the limit that was met.
    func told(_ damage: PackDamage?, ratio: Int) -> PackDamage? {
      guard var damage, damage.remedy == .fileLimit, remedy == .ratioLimit else { return damage }
      damage.reason = "decompressed size exceeds \(ratio) times the stored one, here \(bytes) bytes"
      damage.remedy = remedy
      return damage
    }
  }

  /// - Parameter left: bytes that the file around may still become.
  func output(compressed: Int, left: Int = .max) -> Output {
    let byRatio = min(total(stored: compressed), left)
    return byRatio < bytes
      ? Output(bytes: byRatio, remedy: .ratioLimit) : Output(bytes: bytes, remedy: .fileLimit)
  }

  /// Bytes that all files inside of one may have together, whatever is packed in what.
  func total(stored: Int) -> Int {
    let (product, overflow) = stored.multipliedReportingOverflow(by: ratio)
    return max(ratioFreeBytes, overflow ? .max : product)
  }
}
