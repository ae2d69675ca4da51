/// What files are packed in, by its first bytes.
enum Packing: Hashable {
  case gzip, zstandard, bzip2, xz, zip, tar
  /// One that is known and not read.
  case foreign(Foreign)

  /// What Trawl knows by name and does not unpack.
  enum Foreign: Hashable {
    case sevenZip, rar, lz4, orc, avro, arrow

    var reason: String {
      switch self {
      case .sevenZip: "a 7z archive, which is not read; unpack it first, as with `7z x`"
      case .rar: "a RAR archive, which is not read; unpack it first, as with `unrar x`"
      case .lz4: "compressed with LZ4, which is not read; unpack it first, as with `unlz4`"
      case .orc: "an ORC file, which is not read; write it as Parquet or JSON"
      case .avro: "an Avro file, which is not read; write it as Parquet or JSON"
      case .arrow: "an Arrow file, which is not read; write it as Parquet or JSON"
      }
    }

    fileprivate static let marks: [(Foreign, [UInt8])] = [
      (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
      (.rar, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]), (.lz4, [0x04, 0x22, 0x4D, 0x18]),
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

  /// What a file must be by the ending of its name.
  static func promised(by path: String) -> String? {
    let name = path.lowercased()
    let endings = [
      (".gz", "gzip"), (".tgz", "gzip"), (".zip", "zip"), (".tar", "tar"), (".zst", "Zstandard"),
      (".parquet", "Parquet"),
    ]
    return endings.first { name.hasSuffix($0.0) }?.1
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
