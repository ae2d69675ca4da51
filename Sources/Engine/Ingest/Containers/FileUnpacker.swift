/// Opens what files are packed in and hands over each file inside, in its order, under its own name.
///
/// ```
///   logs.zip                  logs.zip/2024/a.json, logs.zip/2024/b.json.gz
///   logs.tar.gz               logs.tar.gz/a.json
///   more.zip (a zip inside)   more.zip/inner.zip/a.json
///   a.json, a.json.gz         itself
/// ```
/// Nothing is written anywhere; one buffer for each level is reused from file to file.
final class FileUnpacker {
  /// A gzip in a zip in a gzip has three levels.
  static let depthLimit = 6

  struct Content {
    /// The path of the file, with the names behind it that lead to what is inside.
    var name: String
    /// What was named is itself the file, or is compressed.
    var isWhole: Bool
    /// Valid until the call is over; more can be read behind them, as behind a `PaddedBuffer`.
    var bytes: UnsafeBufferPointer<UInt8>
    /// It was compressed, as its own name may say.
    var isUnpacked: Bool
    var damage: PackDamage?
    /// It cannot be read at all.
    var failure: ReadFailure?
    /// It is known to hold no events.
    var skipped: String?
  }

  /// A buffer and what fills it.
  private final class Level {
    let output = PaddedBuffer(capacity: 1 << 22)
    lazy var gunzip = Gunzip(output: output)
    lazy var decoder = DeflateDecoder(output: output)
    lazy var zstandard = ZstdDecoder(output: output)
    lazy var bzip2 = Bzip2Decoder(output: output)
    lazy var xz = XZDecoder(output: output)
    lazy var lz4 = LZ4Decoder(output: output)
  }

  private let limits: FileLimits
  private var levels: [Level] = []
  private lazy var crc = CRC32()
  /// Bytes that may still come out of the file at hand, from all that is inside.
  private var bytesLeft = 0

  init(_ limits: FileLimits) { self.limits = limits }

  /// Hands over what is in a file's bytes.
  func open(_ bytes: UnsafeBufferPointer<UInt8>, _ path: String, visit: (Content) -> Void) {
    bytesLeft = limits.total(stored: bytes.count)
    open(Content(name: path, isWhole: true, bytes: bytes, isUnpacked: false), depth: 0, visit)
  }

  /// Gives memory back if one unusual file had needed much.
  func shrink(above limit: Int) {
    for level in levels { level.output.shrink(above: limit) }
  }

  // MARK: -

  private func open(_ content: Content, depth: Int, _ visit: (Content) -> Void) {
    guard let packing = Packing(content.bytes) else { return visit(content) }
    var content = content
    guard depth < FileUnpacker.depthLimit else {
      content.failure = ReadFailure(reason: "packed more than \(FileUnpacker.depthLimit) times over")
      return visit(content)
    }
    switch packing {
    case .foreign(let foreign):
      content.failure = ReadFailure(reason: foreign.reason)
      visit(content)
    case .gzip: unpack(content, level(depth).gunzip, depth, visit)
    case .zstandard: unpack(content, level(depth).zstandard, depth, visit)
    case .bzip2: unpack(content, level(depth).bzip2, depth, visit)
    case .xz: unpack(content, level(depth).xz, depth, visit)
    case .lz4: unpack(content, level(depth).lz4, depth, visit)
    case .zip: openZip(content, depth, visit)
    case .tar: openTar(content, depth, visit)
    }
  }

  /// What is compressed as a whole keeps its name.
  private func unpack(
    _ packed: Content, _ decoder: any FileDecoder, _ depth: Int, _ visit: (Content) -> Void
  ) {
    let level = level(depth)
    var content = packed
    let limit = limits.output(compressed: content.bytes.count, left: bytesLeft)
    let damage = limit.told(decoder.decompress(content.bytes, limit: limit.bytes), ratio: limits.ratio)
    bytesLeft -= level.output.count
    content.bytes = level.output.bytes
    content.damage = content.damage ?? damage
    content.isUnpacked = true
    open(content, depth: depth + 1, visit)
  }

  private func level(_ depth: Int) -> Level {
    while levels.count <= depth { levels.append(Level()) }
    return levels[depth]
  }

  /// Says what is to be said of an archive itself.
  private func finish(
    _ archive: Content, _ damage: PackDamage?, count: Int, _ what: String, _ visit: (Content) -> Void
  ) {
    var archive = archive
    archive.damage = archive.damage ?? damage
    guard archive.damage != nil || count == 0 else { return }
    archive.skipped = count == 0 ? "\(what) archive without files" : "\(what) archive"
    visit(archive)
  }

  private func inside(_ archive: Content, _ name: String) -> Content {
    Content(
      name: "\(archive.name)/\(name)", isWhole: false, bytes: archive.bytes.part(0..<0), isUnpacked: false)
  }

  // MARK: - Archives

  private func openTar(_ archive: Content, _ depth: Int, _ visit: (Content) -> Void) {
    let tar = TarArchive(archive.bytes)
    for member in tar.members {
      var content = inside(archive, member.name)
      content.bytes = archive.bytes.part(member.data)
      if member.isCut { content.damage = PackDamage(reason: "it is cut off", offset: member.data.count) }
      open(content, depth: depth + 1, visit)
    }
    for name in tar.links {
      var content = inside(archive, name)
      content.skipped = "neither a file nor a folder"
      visit(content)
    }
    finish(archive, tar.damage, count: tar.members.count + tar.links.count, "tar", visit)
  }

  private func openZip(_ archive: Content, _ depth: Int, _ visit: (Content) -> Void) {
    let zip = ZipArchive(archive.bytes)
    for member in zip.members {
      var content = inside(archive, member.name)
      if RunLimits.isOutOfTime {
        content.damage = PackDamage(.outOfTime, "zip", at: member.data.lowerBound, limit: 0)
        return visit(content)
      }
      if member.isEncrypted {
        content.failure = ReadFailure(
          reason: "encrypted, which is not read; unpack it with its password first")
        visit(content)
        continue
      }
      switch member.method {
      case .stored:
        content.bytes = archive.bytes.part(member.data)
      case .deflate:
        inflate(member, of: archive.bytes, &content, level(depth))
      case .zstandard:
        let level = level(depth)
        let limit = limits.output(compressed: member.data.count, left: bytesLeft)
        content.damage = limit.told(
          level.zstandard.decompress(archive.bytes.part(member.data), limit: limit.bytes), ratio: limits.ratio
        )
        bytesLeft -= level.output.count
        content.bytes = level.output.bytes
      case .other(let number):
        content.failure = ReadFailure(reason: ZipMethod.reason(number))
        visit(content)
        continue
      }
      if content.damage == nil { content.damage = check(member, content.bytes) }
      open(content, depth: depth + 1, visit)
    }
    finish(archive, zip.damage, count: zip.members.count, "zip", visit)
  }

  private func inflate(
    _ member: ZipArchive.Member, of bytes: UnsafeBufferPointer<UInt8>, _ content: inout Content,
    _ level: Level
  ) {
    level.output.count = 0
    let limit = limits.output(compressed: member.data.count, left: bytesLeft)
    if let size = member.size, size <= limit.bytes, size / 64 <= member.data.count {
      level.output.reserve(size + DeflateDecoder.fastOutput)
    }
    if let base = bytes.baseAddress {
      let failure = level.decoder.inflate(
        base, from: member.data.lowerBound, to: member.data.upperBound, limit: limit.bytes)
      content.damage = limit.told(
        failure.map {
          PackDamage($0, "zip", at: level.decoder.position - member.data.lowerBound, limit: limit.bytes)
        }, ratio: limits.ratio)
    }
    level.output.sealPadding()
    bytesLeft -= level.output.count
    content.bytes = level.output.bytes
  }

  private func check(_ member: ZipArchive.Member, _ bytes: UnsafeBufferPointer<UInt8>) -> PackDamage? {
    if member.isCut { return PackDamage(reason: "zip data is cut off", offset: bytes.count) }
    if let size = member.size, size != bytes.count {
      return PackDamage(reason: "zip length does not match", offset: bytes.count)
    }
    guard let checksum = member.checksum, let base = bytes.baseAddress else { return nil }
    return crc.checksum(base, count: bytes.count) == checksum
      ? nil : PackDamage(reason: "zip checksum does not match", offset: bytes.count)
  }
}

/// The ways of zip to compress that are known by name and not read.
private enum ZipMethod {
  static func reason(_ number: Int) -> String {
    let names = [
      1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 95: "xz",
      98: "PPMd",
      99: "AES",
    ]
    let name = names[number].map { " (\($0))" } ?? ""
    return "compressed by method \(number)\(name) of zip, which is not read; unpack it first"
  }
}
