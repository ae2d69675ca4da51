/// A search that comes line by line.
struct SPLPendingText: PendingText {
  private var open = 0
  private var isQuoted = false
  private var isComment = false
  /// The last byte that is no blank.
  private var last: UInt8 = 0

  mutating func add(line: String) {
    let bytes = Array(line.utf8)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if !isQuoted, bytes[place...].starts(with: "```".utf8) {
        isComment.toggle()
        place += 3
        continue
      }
      place += 1
      if isComment { continue }
      switch byte {
      case UInt8(ascii: "\\") where isQuoted: place += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "("): open += isQuoted ? 0 : 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): open -= isQuoted ? 0 : 1
      default: break
      }
      if byte != 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { last = byte }
    }
  }

  func isUnfinished() -> Bool {
    open > 0 || isQuoted || isComment || last == UInt8(ascii: "|") || last == UInt8(ascii: ",") || last == 0
  }
}
