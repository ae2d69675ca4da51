@testable import Engine

/// Makes archives for tests.
enum ArchiveWriter {
  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// - Parameters:
  ///   - flags: of each member, as bit 0 for an encrypted one.
  ///   - method: what the headers name, if that is not what was done.
  static func zip(
    _ members: [(name: String, bytes: [UInt8])], deflates: Bool = true, flags: Int = 0, method: Int? = nil
  ) -> [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in members {
      let data = deflates ? ZlibReference.deflate(bytes, level: 6, windowBits: -15) : bytes
      let buffer = PaddedBuffer(bytes)
      let checksum = CRC32().checksum(buffer.base, count: bytes.count)
      let start = result.count
      let common =
        little(20, 2) + little(flags, 2) + little(method ?? (deflates ? 8 : 0), 2) + little(0, 4)
        + little(Int(checksum), 4) + little(data.count, 4) + little(bytes.count, 4)
        + little(name.utf8.count, 2) + little(0, 2)
      result += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
      directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(0, 4) + little(start, 4) + Array(name.utf8)
    }
    let end =
      little(0, 4) + little(members.count, 2) + little(members.count, 2) + little(directory.count, 4)
      + little(result.count, 4) + little(0, 2)
    return result + directory + [0x50, 0x4B, 5, 6] + end
  }

  static func tar(_ members: [(name: String, bytes: [UInt8])], kind: UInt8 = 0x30) -> [UInt8] {
    var result: [UInt8] = []
    for (name, bytes) in members {
      let key = Array("path=\(name)\n".utf8)
      // The length of a note counts its own digits.
      let note = Array("\(key.count + 4) ".utf8) + key
      if name.utf8.count > 100 { result += header("pax", note.count, 0x78) + filled(note) }
      result += header(String(name.prefix(100)), bytes.count, kind) + filled(bytes)
    }
    return result + [UInt8](repeating: 0, count: 1024)
  }

  private static func filled(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  private static func header(_ name: String, _ size: Int, _ kind: UInt8) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
    }
    func octal(_ value: Int, _ digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(name, at: 0)
    put(octal(size, 11), at: 124)
    put("        ", at: 148)
    block[156] = kind
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6), at: 148)
    block[154] = 0
    return block
  }
}
