/// Why a Parquet file, or a part of it, cannot be read.
struct ParquetDamage: Error, Hashable, Sendable {
  enum Kind: Hashable, Sendable { case damaged, unsupported, limit }

  var reason: String
  var kind = Kind.damaged

  init(_ reason: String) { self.reason = reason }

  init(_ kind: Kind, _ reason: String) { (self.kind, self.reason) = (kind, reason) }

  static let cut = ParquetDamage("a page is cut off")
}

/// What one Parquet file may ask for; a file that states more is damaged, or made to do harm.
enum ParquetLimits {
  /// Bytes of the footer, which is held whole.
  static let footerBytes = 64 << 20
  /// Levels of groups.
  static let depthLimit = 48
  /// Elements of the schema.
  static let elementLimit = 100_000
  /// Columns of all row groups, of which each takes some tens of bytes of the footer.
  static let chunkLimit = 1_000_000
  static let groupLimit = 200_000
  /// What the writer noted beside.
  static let noteLimit = 10_000
  /// Values of one page: writers put some ten thousands into one.
  static let pageValueLimit = 16 << 20
  /// Bytes of one page, unpacked.
  static let pageByteLimit = 512 << 20
}
