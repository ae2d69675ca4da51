/// How the pages of Parquet files that are written are compressed.
package enum ParquetCompression: String, CaseIterable, Sendable {
  case snappy, zstd, none

  /// Its number in the format.
  var codec: Int {
    switch self {
    case .none: 0
    case .snappy: 1
    case .zstd: 6
    }
  }
}

/// Compresses pages one after the other, with tables that are kept.
struct ParquetPageEncoder {
  private let compression: ParquetCompression
  private var snappy = SnappyEncoder()
  private lazy var zstandard = ZstdEncoder()

  init(_ compression: ParquetCompression) { self.compression = compression }

  mutating func compress(_ page: [UInt8]) -> [UInt8] {
    switch compression {
    case .none: page
    case .snappy: page.withUnsafeBufferPointer { snappy.compress($0) }
    case .zstd: page.withUnsafeBufferPointer { zstandard.compress($0) }
    }
  }
}
