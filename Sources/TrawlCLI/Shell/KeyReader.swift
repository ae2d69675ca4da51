#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What was typed.
enum Key: Hashable, Sendable {
  case text(String)
  /// Pasted between marks, with its line ends.
  case paste(String)
  case enter, newLine, tab, escape
  case left, right, up, down, home, end, wordLeft, wordRight
  case backspace, delete, killToEnd, killToStart, killWord
  case clearScreen, search, suspend
  /// Ctrl-D.
  case endOfInput
  /// Ctrl-C.
  case interrupt
  /// The window has another size.
  case resize
  /// The terminal is gone.
  case closed
  case unknown
}

/// Reads keys from a terminal: UTF-8, and the sequences that terminals send for other keys.
struct KeyReader {
  /// The rest of a sequence comes at once; a bare escape has none.
  private static let escapeWait: Int32 = 60

  let file: FileDescriptor
  private var pending: ArraySlice<UInt8> = []

  init(_ file: FileDescriptor) { self.file = file }

  mutating func next() -> Key {
    if pending.isEmpty, let key = fill() { return key }
    let byte = pending.removeFirst()
    switch byte {
    case 0x01: return .home
    case 0x02: return .left
    case 0x04: return .endOfInput
    case 0x05: return .end
    case 0x06: return .right
    case 0x08, 0x7F: return .backspace
    case 0x09: return .tab
    case 0x0A, 0x0D: return .enter
    case 0x0B: return .killToEnd
    case 0x0C: return .clearScreen
    case 0x0E: return .down
    case 0x10: return .up
    case 0x12: return .search
    case 0x15: return .killToStart
    case 0x17: return .killWord
    case 0x1A: return .suspend
    case 0x1B: return escaped()
    case 0x00..<0x20: return .unknown
    default: return text(byte)
    }
  }

  /// Waits for bytes; a key if something else came.
  private mutating func fill() -> Key? {
    while true {
      if Interrupt.isRaised {
        Interrupt.clear()
        Interrupt.settle()
        return .interrupt
      }
      var requests = [
        pollfd(fd: file.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Interrupt.wakes, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&requests, nfds_t(requests.count), -1)
      if requests[1].revents & Int16(POLLIN) != 0 {
        Interrupt.settle()
        if !Interrupt.isRaised { return .resize }
        continue
      }
      if count <= 0 { continue }
      return take() ? nil : .closed
    }
  }

  private mutating func take() -> Bool {
    var block = [UInt8](repeating: 0, count: 4096)
    let count = read(file.number, &block, block.count)
    if count > 0 { pending += block[..<count] }
    return count > 0
  }

  /// Whether more comes within a short time.
  private mutating func more(within milliseconds: Int32) -> Bool {
    if !pending.isEmpty { return true }
    var request = pollfd(fd: file.number, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0 && take()
  }

  private mutating func text(_ first: UInt8) -> Key {
    var bytes = [first]
    // What came at once is one piece of text.
    while true {
      let isWhole = KeyReader.isWhole(bytes)
      guard let next = pending.first else {
        if isWhole || !more(within: KeyReader.escapeWait) { break }
        continue
      }
      if isWhole, next < 0x20 || next == 0x7F { break }
      bytes.append(pending.removeFirst())
    }
    let text = String(decoding: bytes, as: UTF8.self).filter { $0 != "\u{FFFD}" }
    return text.isEmpty ? .unknown : .text(text)
  }

  /// Whether no character is cut at the end.
  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    for (distance, byte) in bytes.reversed().prefix(4).enumerated() where byte & 0xC0 != 0x80 {
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return distance + 1 >= length
    }
    return true
  }

  private mutating func escaped() -> Key {
    guard more(within: KeyReader.escapeWait) else { return .escape }
    let next = pending.removeFirst()
    switch next {
    case 0x0D, 0x0A: return .newLine
    case UInt8(ascii: "b"): return .wordLeft
    case UInt8(ascii: "f"): return .wordRight
    case 0x7F: return .killWord
    case UInt8(ascii: "O"):
      guard more(within: KeyReader.escapeWait) else { return .unknown }
      return KeyReader.key(final: pending.removeFirst(), [])
    case UInt8(ascii: "["): return sequence()
    default: return .unknown
    }
  }

  /// `ESC [ 1 ; 5 C`.
  private mutating func sequence() -> Key {
    var parameters: [UInt8] = []
    while more(within: KeyReader.escapeWait) {
      let byte = pending.removeFirst()
      if (0x40...0x7E).contains(byte) {
        if byte == UInt8(ascii: "~"), parameters == Array("200".utf8) { return pasted() }
        return KeyReader.key(final: byte, parameters)
      }
      parameters.append(byte)
      if parameters.count > 16 { break }
    }
    return .unknown
  }

  private static func key(final: UInt8, _ parameters: [UInt8]) -> Key {
    let isWord =
      parameters.suffix(2) == Array(";5".utf8)[...] || parameters.suffix(2) == Array(";3".utf8)[...]
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return isWord ? .wordRight : .right
    case UInt8(ascii: "D"): return isWord ? .wordLeft : .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~"):
      switch String(decoding: parameters, as: UTF8.self) {
      case "1", "7": return .home
      case "4", "8": return .end
      case "3": return .delete
      default: return .unknown
      }
    default: return .unknown
    }
  }

  /// Everything up to the mark behind a pasted text.
  private mutating func pasted() -> Key {
    let end = Array("\u{1B}[201~".utf8)
    var bytes: [UInt8] = []
    while bytes.suffix(end.count) != end[...] {
      // A window that changes its size meanwhile is drawn anew with the text; Ctrl-C and the end are for all of it.
      if pending.isEmpty, let key = fill() {
        if key == .resize { continue }
        return key
      }
      bytes.append(pending.removeFirst())
    }
    bytes.removeLast(end.count)
    let text = String(decoding: bytes, as: UTF8.self)
    return .paste(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
  }
}
