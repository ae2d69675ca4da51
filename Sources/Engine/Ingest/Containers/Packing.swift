/// What files are packed in, by its first bytes.
enum Packing: Hashable {
  case gzip, zstandard, bzip2, xz, lz4, zip, tar
  /// One that is known and not read.
  case foreign(Foreign)

  /// What Trawl knows by name and does not unpack.
  enum Foreign: Hashable {
    case sevenZip, rar, orc, avro, arrow

    var reason: String {
      switch self {
      case .sevenZip: "a 7z archive, which is not read; unpack it first, as with `7z x`"
      case .rar: "a RAR archive, which is not read; unpack it first, as with `unrar x`"
      case .orc: "an ORC file, which is not read; write it as Parquet or JSON"
      case .avro: "an Avro file, which is not read; write it as Parquet or JSON"
      case .arrow: "an Arrow file, which is not read; write it as Parquet or JSON"
      }
    }

    fileprivate static let marks: [(Foreign, [UInt8])] = [
      (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
      (.rar, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]),
      (.orc, Array("ORC".utf8)), (.avro, [0x4F, 0x62, 0x6A, 0x01]), (.arrow, Array("ARROW1".utf8)),
    ]
  }

  /// Nil for a file that is not packed.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first, first != 0x7B, first != 0x5B else { return nil }
    if Gunzip.isGzip(bytes) {
      self = .gzip
    } else if ZipArchive.isZip(bytes) {
      self = .zip
    } else if ZstdDecoder.isZstd(bytes) {
      self = .zstandard
    } else if Bzip2Decoder.isBzip2(bytes) {
      self = .bzip2
    } else if XZDecoder.isXZ(bytes) {
      self = .xz
    } else if LZ4Decoder.isLZ4(bytes) {
      self = .lz4
    } else if let known = Foreign.marks.first(where: { bytes.starts(with: $0.1) }),
      known.0 != .orc || FileContent(bytes) == .binary
    {
      self = .foreign(known.0)
    } else if TarArchive.isTar(bytes) {
      self = .tar
    } else {
      return nil
    }
  }

  // MARK: - Names

  private static let compressed = [
    (".gz", "gzip"), (".zst", "Zstandard"), (".bz2", "bzip2"), (".xz", "xz"), (".lz4", "LZ4"),
    (".tgz", "gzip"), (".tzst", "Zstandard"), (".tbz", "bzip2"), (".tbz2", "bzip2"), (".txz", "xz"),
  ]
  private static let plain = [(".zip", "zip"), (".tar", "tar"), (".parquet", "Parquet")]

  /// What a file must be by the ending of its name.
  ///
  /// - Parameter isUnpacked: it is what came out of that: `logs.tar.gz` and `logs.tgz` hold a tar archive.
  static func promised(by path: String, isUnpacked: Bool) -> String? {
    let name = path.lowercased()
    guard isUnpacked else { return (compressed + plain).first { name.hasSuffix($0.0) }?.1 }
    let inner = withoutCompression(name)
    return inner == name ? nil : plain.first { inner.hasSuffix($0.0) }?.1
  }

  /// What a file is called that was compressed: `a.json` for `a.json.gz`, `logs.tar` for `logs.tgz`.
  static func withoutCompression(_ path: String) -> String {
    let name = path.lowercased()
    guard let ending = compressed.first(where: { name.hasSuffix($0.0) })?.0 else { return path }
    return path.dropLast(ending.count) + (ending.hasPrefix(".t") ? ".tar" : "")
  }

  /// Whether a file is smaller than what is in it, as its name says.
  static func isCompressed(_ path: String) -> Bool {
    withoutCompression(path) != path || path.lowercased().hasSuffix(".zip")
  }
}

/// Names of files inside of others, for messages: nothing is ever written under them.
enum MemberName {
  /// `../../etc/passwd` is `etc/passwd`, `C:\logs\a.json` is `C:/logs/a.json`.
  static func safe(_ bytes: some Collection<UInt8>) -> String {
    let name = String(decoding: bytes.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
    let parts = name.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.isEmpty ? "(no name)" : parts.joined(separator: "/")
  }
}
