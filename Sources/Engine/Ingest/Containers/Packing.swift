/// What files are packed in, by its first bytes.
enum Packing: Hashable {
  case gzip, zstandard, zip, tar
  /// One that is known and not read.
  case foreign(Foreign)

  /// What Trawl knows by name and does not unpack.
  enum Foreign: Hashable {
    case bzip2, xz, sevenZip, rar, lz4

    var reason: String {
      switch self {
      case .bzip2: "compressed with bzip2, which is not read; unpack it first, as with `bunzip2`"
      case .xz: "compressed with xz, which is not read; unpack it first, as with `unxz`"
      case .sevenZip: "a 7z archive, which is not read; unpack it first, as with `7z x`"
      case .rar: "a RAR archive, which is not read; unpack it first, as with `unrar x`"
      case .lz4: "compressed with LZ4, which is not read; unpack it first, as with `unlz4`"
      }
    }

    fileprivate static let marks: [(Foreign, [UInt8])] = [
      (.bzip2, [0x42, 0x5A, 0x68]),
      (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
      (.rar, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]), (.lz4, [0x04, 0x22, 0x4D, 0x18]),
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
    } else if let known = Foreign.marks.first(where: { bytes.starts(with: $0.1) }) {
      // Text may begin with these letters.
      if known.0 == .bzip2, bytes.count < 10 || bytes[4] != 0x31 || bytes[5] != 0x41 { return nil }
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
    ]
    return endings.first { name.hasSuffix($0.0) }?.1
  }
}

/// What is wrong with what files are packed in; everything unpacked up to there is kept.
struct PackDamage: Hashable, Sendable {
  var reason: String
  /// Where in the packed bytes.
  var offset: Int
  var isLimit = false

  init(reason: String, offset: Int, isLimit: Bool = false) {
    (self.reason, self.offset, self.isLimit) = (reason, offset, isLimit)
  }

  /// A deflate stream that did not come to its end.
  init(_ failure: DeflateFailure, _ what: String, at offset: Int, limit: Int) {
    switch failure {
    case .truncated: self.init(reason: "\(what) data is cut off", offset: offset)
    case .invalid(let why): self.init(reason: "\(what) data is damaged: \(why)", offset: offset)
    case .outputLimit:
      self.init(
        reason: "decompressed size exceeds the limit of \(limit) bytes", offset: offset, isLimit: true)
    case .memoryLimit:
      let size = RunLimits.size(RunLimits.memoryLimit)
      self.init(
        reason: "decompressing it would go beyond the memory limit of \(size)", offset: offset, isLimit: true)
    case .outOfTime: self.init(reason: "the time was over", offset: offset)
    }
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
