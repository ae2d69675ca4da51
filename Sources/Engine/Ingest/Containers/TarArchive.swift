/// The members of a tar archive: POSIX (ustar, pax) and GNU headers.
///
/// ```
///   header (512 bytes)   data, filled up to 512   header   data   …   two blocks of zeros
/// ```
struct TarArchive {
  struct Member: Hashable {
    var name: String
    /// As far as the file goes.
    var data: Range<Int>
    var isCut: Bool
  }

  private(set) var members: [Member] = []
  /// Names of what is neither file nor folder.
  private(set) var links: [String] = []
  private(set) var damage: PackDamage?
  private let bytes: UnsafeBufferPointer<UInt8>

  private static let block = 512

  static func isTar(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= block && TarArchive.isHeader(bytes, 0)
  }

  /// The sum of a header's bytes stands in it.
  private static func isHeader(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard bytes[start] != 0, let wanted = number(bytes, start + 148..<start + 156) else { return false }
    var sum = 8 * 0x20
    for index in 0..<block where !(148..<156).contains(index) { sum += Int(bytes[start + index]) }
    return sum == wanted
  }

  /// Octal digits between blanks, or bytes behind one whose highest bit is set.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    if bytes[range.lowerBound] & 0x80 != 0 {
      for index in range.dropFirst() {
        guard value < 1 << 48 else { return nil }
        value = value << 8 | Int(bytes[index])
      }
      return bytes[range.lowerBound] == 0x80 ? value : nil
    }
    var hasDigit = false
    for index in range {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0 {
        if hasDigit { return value }
      } else {
        guard byte &- 0x30 < 8 else { return nil }
        value = value << 3 | Int(byte &- 0x30)
        hasDigit = true
      }
    }
    return hasDigit ? value : nil
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var position = 0
    // What the headers before a member say of it.
    var longName: String?
    var longSize: Int?
    while position + TarArchive.block <= bytes.count, bytes[position] != 0 {
      if RunLimits.isOutOfTime { return }
      guard TarArchive.isHeader(bytes, position),
        let stated = TarArchive.number(bytes, position + 124..<position + 136)
      else {
        damage = PackDamage(reason: "a header of the tar archive is damaged", offset: position)
        return
      }
      let kind = bytes[position + 156]
      let isNote = [0x4C, 0x4B, 0x78, 0x67].contains(kind)
      let size = isNote ? stated : longSize ?? stated
      let start = position + TarArchive.block
      let data = start..<min(bytes.count, start + min(size, bytes.count))
      switch kind {
      case 0x4C: longName = text(data)
      case 0x78: readNotes(data, &longName, &longSize)
      case 0x4B, 0x67: break
      default:
        let name = MemberName.safe((longName ?? self.name(position)).utf8)
        if kind == 0x30 || kind == 0x37 || kind == 0 {
          members.append(Member(name: name, data: data, isCut: data.count < size))
        } else if kind != 0x35 {
          links.append(name)
        }
        (longName, longSize) = (nil, nil)
      }
      guard data.count == size else {
        damage = PackDamage(reason: "the tar archive is cut off", offset: bytes.count)
        return
      }
      position = start + (size + TarArchive.block - 1) / TarArchive.block * TarArchive.block
    }
    // Zeros are the end: without them there may have been more.
    if position >= bytes.count || bytes[position] != 0 {
      damage = PackDamage(reason: "the tar archive is cut off: its end is missing", offset: bytes.count)
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self)
  }

  private func name(_ header: Int) -> String {
    let name = text(header..<header + 100)
    let isPosix = text(header + 257..<header + 262) == "ustar" && bytes[header + 262] == 0
    let folder = isPosix ? text(header + 345..<header + 500) : ""
    return folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// Lines `LENGTH KEY=VALUE`, each with its length.
  private func readNotes(_ range: Range<Int>, _ name: inout String?, _ size: inout Int?) {
    var position = range.lowerBound
    while position < range.upperBound {
      let digits = bytes[position..<range.upperBound].prefix { $0 &- 0x30 < 10 }
      guard digits.count < 10, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 1, position + length <= range.upperBound
      else { return }
      let line = String(
        decoding: bytes[position + digits.count + 1..<position + length - 1], as: UTF8.self)
      if let equals = line.firstIndex(of: "=") {
        let value = String(line[line.index(after: equals)...])
        switch line[..<equals] {
        case "path": name = value
        case "size": size = Int(value).flatMap { $0 >= 0 ? $0 : nil }
        default: break
        }
      }
      position += length
    }
  }
}
