/// What kind of text a file holds, by its first bytes.
enum FileContent: Hashable {
  case empty, binary, json
  /// UTF-16, which is rewritten before it is read.
  case wideText(isBigEndian: Bool)
  /// Lines of text with a JSON record behind it.
  case prefixedLines
  /// Text that may be CSV.
  case text

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let head = bytes.prefix(4096)
    if head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0, 0x7B]) || head.starts(with: [0, 0x5B]) {
      self = .wideText(isBigEndian: true)
    } else if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0x7B, 0]) || head.starts(with: [0x5B, 0])
    {
      self = .wideText(isBigEndian: false)
    } else {
      switch bytes.first(where: { !JSONBytes.isBlank($0) }) {
      case nil: self = .empty
      case 0x7B, 0x5B: self = .json
      case 0x22 where FileContent.beginsWithJSONText(bytes): self = .json
      default:
        let hasControls = head.contains { $0 < 0x20 && !JSONBytes.isBlank($0) && $0 != 0x0C && $0 != 0x1B }
        self = hasControls ? .binary : PrefixedLines.areIn(bytes) ? .prefixedLines : .text
      }
    }
  }

  /// Whether the first quote begins a JSON text that holds an object: CSV may begin with a quote too, but escapes none.
  private static func beginsWithJSONText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = bytes.prefix(256).filter { !JSONBytes.isBlank($0) }.prefix(3)
    return parts.elementsEqual([0x22, 0x7B, 0x5C])
  }

  /// The text of a file in UTF-16 as UTF-8; what is broken in it becomes replacement characters.
  static func narrowed(_ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool) -> PaddedBuffer {
    let result = PaddedBuffer(capacity: bytes.count / 2 + 64)
    let (high, low) = isBigEndian ? (0, 1) : (1, 0)
    var units = (0..<bytes.count / 2).lazy
      .map { UInt16(bytes[$0 * 2 + high]) &<< 8 | UInt16(bytes[$0 * 2 + low]) }.makeIterator()
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { _ = units.next() }
    _ = transcode(units, from: UTF16.self, to: UTF8.self, stoppingOnError: false) { result.append($0) }
    result.sealPadding()
    return result
  }

  /// Whether a file that cannot be read must be a log all the same, by its name or its first bytes: it is damaged then,
  /// not of another kind.
  static func promisesRecords(_ path: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let parts = bytes.prefix(256).filter { !JSONBytes.isBlank($0) }.prefix(2)
    if parts.elementsEqual([0x7B, 0x22]) || parts.elementsEqual([0x5B, 0x7B]) { return true }
    // All but the first byte is gone.
    if parts.elementsEqual([0x7B]) || parts.elementsEqual([0x5B]) { return true }
    let name = Packing.withoutCompression(path.lowercased())
    // JSON without its beginning still has keys.
    return ["json", "jsonl", "ndjson", "log"].contains { name.hasSuffix(".\($0)") }
      && hasKeys(bytes.prefix(1 << 16))
  }

  /// Whether a quote with a colon behind it stands somewhere.
  private static func hasKeys(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var isBehindQuote = false
    for byte in bytes {
      if isBehindQuote, byte == 0x3A { return true }
      if !(isBehindQuote && JSONBytes.isBlank(byte)) { isBehindQuote = byte == 0x22 }
    }
    return false
  }
}
