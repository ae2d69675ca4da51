/// What kind of text a file holds, by its first bytes.
enum FileContent: Hashable {
  case empty, binary, wideText, json
  /// Text that may be CSV.
  case text

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.isEmpty {
      self = .empty
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.starts(with: [0x7B, 0]) || bytes.starts(with: [0, 0x7B])
    {
      self = .wideText
    } else {
      let head = bytes.prefix(4096)
      let hasControls = head.contains { $0 < 0x20 && !JSONBytes.isBlank($0) && $0 != 0x0C && $0 != 0x1B }
      let first = bytes.first { !JSONBytes.isBlank($0) }
      switch first {
      case nil: self = .empty
      case 0x7B, 0x5B: self = .json
      default: self = hasControls ? .binary : .text
      }
    }
  }
}
