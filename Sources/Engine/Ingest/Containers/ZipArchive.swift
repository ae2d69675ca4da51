/// The directory of a zip archive (APPNOTE 6.3), with 64-bit sizes.
///
/// ```
///   PK34 name data  PK34 name data  …  PK12 name  PK12 name  …  PK56     local headers and data, directory, its end
/// ```
/// The directory counts. Where it is missing, since the archive is cut off, its members are found by their own headers.
struct ZipArchive {
  struct Member: Hashable {
    enum Method: Hashable {
      case stored, deflate, zstandard
      case other(Int)
    }

    var name: String
    var method: Method
    var isEncrypted = false
    /// Where its data stand, as far as the file goes.
    var data: Range<Int>
    /// The data are cut off.
    var isCut = false
    /// Nil if only what stands behind the data says.
    var size: Int?
    var checksum: UInt32?
  }

  private(set) var members: [Member] = []
  /// What is wrong around the members.
  private(set) var damage: PackDamage?
  private let bytes: UnsafeBufferPointer<UInt8>

  static func isZip(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 22 && bytes[0] == 0x50 && bytes[1] == 0x4B
      && ((bytes[2] == 3 && bytes[3] == 4) || (bytes[2] == 5 && bytes[3] == 6))
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if let directory = directory() {
      readDirectory(directory)
    } else {
      damage = PackDamage(reason: "the zip archive is cut off: its directory is missing", offset: bytes.count)
      readHeaders()
    }
  }

  private func isMark(_ at: Int, _ third: UInt8, _ fourth: UInt8) -> Bool {
    bytes[at] == 0x50 && bytes[at + 1] == 0x4B && bytes[at + 2] == third && bytes[at + 3] == fourth
  }

  // MARK: - The directory

  /// Where it stands, and what must be added to its offsets since something stands before the archive.
  private func directory() -> (range: Range<Int>, shift: Int)? {
    var end = bytes.count - 22
    let lowest = max(0, end - 65_535)
    while end >= lowest {
      if isMark(end, 5, 6), end + 22 + bytes.little16(end + 20) <= bytes.count { break }
      end -= 1
    }
    guard end >= lowest else { return nil }
    var size = bytes.little32(end + 12)
    var offset = bytes.little32(end + 16)
    var behind = end
    if size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF || bytes.little16(end + 10) == 0xFFFF,
      let wide = wideEnd(before: end)
    {
      (size, offset, behind) = wide
    }
    guard size <= behind, behind - size >= offset else { return nil }
    return (behind - size..<behind, behind - size - offset)
  }

  private func wideEnd(before end: Int) -> (size: Int, offset: Int, behind: Int)? {
    let locator = end - 20
    guard locator >= 0, isMark(locator, 6, 7), let named = bytes.little64(locator + 8) else { return nil }
    // Something may stand before the archive.
    for start in [named, locator - 56] where start >= 0 && start + 56 <= locator && isMark(start, 6, 6) {
      guard let size = bytes.little64(start + 40), let offset = bytes.little64(start + 48) else { return nil }
      return (size, offset, start)
    }
    return nil
  }

  private mutating func readDirectory(_ directory: (range: Range<Int>, shift: Int)) {
    var position = directory.range.lowerBound
    while position + 46 <= directory.range.upperBound, isMark(position, 1, 2) {
      if members.count & 0xFFF == 0xFFF, RunLimits.isOutOfTime { return }
      let nameEnd = position + 46 + bytes.little16(position + 28)
      let extraEnd = nameEnd + bytes.little16(position + 30)
      let next = extraEnd + bytes.little16(position + 32)
      guard next <= directory.range.upperBound else { break }
      add(entry: position, nameEnd: nameEnd, extraEnd: extraEnd, shift: directory.shift)
      position = next
    }
    if position < directory.range.upperBound {
      damage = PackDamage(reason: "the directory of the zip archive is damaged", offset: position)
    }
  }

  private mutating func add(entry: Int, nameEnd: Int, extraEnd: Int, shift: Int) {
    let nameBytes = bytes[entry + 46..<nameEnd]
    // A folder, or a link, whose data are its target.
    let isUnix = bytes[entry + 5] == 3
    if nameBytes.last == 0x2F || (isUnix && bytes.little16(entry + 40) & 0xF000 == 0xA000) { return }
    var size: Int? = bytes.little32(entry + 24)
    var stored: Int? = bytes.little32(entry + 20)
    var offset: Int? = bytes.little32(entry + 42)
    if size == 0xFFFF_FFFF || stored == 0xFFFF_FFFF || offset == 0xFFFF_FFFF,
      var wide = wideSizes(nameEnd..<extraEnd)
    {
      func take(_ value: inout Int?) {
        guard value == 0xFFFF_FFFF else { return }
        value = wide.count >= 8 ? bytes.little64(wide.lowerBound) : nil
        wide = min(wide.lowerBound + 8, wide.upperBound)..<wide.upperBound
      }
      take(&size)
      take(&stored)
      take(&offset)
    }
    var member = Member(name: MemberName.safe(nameBytes), method: .other(-1), data: 0..<0, size: size)
    member.method = ZipArchive.method(bytes.little16(entry + 10))
    member.isEncrypted = bytes.little16(entry + 8) & 1 != 0
    member.checksum = UInt32(truncatingIfNeeded: bytes.little32(entry + 16))
    if let stored, let offset, offset <= bytes.count, let start = dataStart(offset + shift) {
      member.data = start..<min(bytes.count, start + min(stored, bytes.count))
      member.isCut = member.data.count < stored
    } else {
      member.isCut = true
    }
    members.append(member)
  }

  private func wideSizes(_ extra: Range<Int>) -> Range<Int>? {
    var position = extra.lowerBound
    while position + 4 <= extra.upperBound {
      let end = position + 4 + bytes.little16(position + 2)
      guard end <= extra.upperBound else { return nil }
      if bytes.little16(position) == 1 { return position + 4..<end }
      position = end
    }
    return nil
  }

  /// Behind the local header that begins there.
  private func dataStart(_ header: Int) -> Int? {
    guard header >= 0, header + 30 <= bytes.count, isMark(header, 3, 4) else { return nil }
    let start = header + 30 + bytes.little16(header + 26) + bytes.little16(header + 28)
    return start <= bytes.count ? start : nil
  }

  private static func method(_ number: Int) -> Member.Method {
    switch number {
    case 0: .stored
    case 8: .deflate
    case 93: .zstandard
    default: .other(number)
    }
  }

  // MARK: - Without a directory

  private mutating func readHeaders() {
    var position = 0
    while position + 30 <= bytes.count, isMark(position, 3, 4), !RunLimits.isOutOfTime {
      guard let start = dataStart(position) else { return }
      let flags = bytes.little16(position + 6)
      let nameEnd = position + 30 + bytes.little16(position + 26)
      let nameBytes = bytes[position + 30..<nameEnd]
      var member = Member(name: MemberName.safe(nameBytes), method: .other(-1), data: start..<start)
      member.method = ZipArchive.method(bytes.little16(position + 8))
      member.isEncrypted = flags & 1 != 0
      var stored = bytes.little32(position + 18)
      if stored == 0xFFFF_FFFF, let wide = wideSizes(nameEnd..<start), wide.count >= 16 {
        stored = bytes.little64(wide.lowerBound + 8) ?? bytes.count
      }
      var end = start + min(stored, bytes.count)
      if flags & 8 != 0, stored == 0 {
        end = nextHeader(behind: start)
      } else {
        member.checksum = UInt32(truncatingIfNeeded: bytes.little32(position + 14))
        member.isCut = end > bytes.count
        member.size = member.method == .stored ? stored : nil
      }
      member.data = start..<min(end, bytes.count)
      if nameBytes.last != 0x2F { members.append(member) }
      // What says the sizes behind the data.
      if flags & 8 != 0, end < bytes.count { end = nextHeader(behind: end) }
      position = end
    }
  }

  /// Where the next local header begins, or the end.
  private func nextHeader(behind start: Int) -> Int {
    var position = start
    while position + 4 <= bytes.count {
      if bytes[position] == 0x50, isMark(position, 3, 4) { return position }
      position += 1
    }
    return bytes.count
  }
}
