/// How the lines of a text end. Where all end as Windows writes them a layout keeps that; in a text of both kinds nothing
/// is changed but the white space between tokens: a constant may hold either.
package enum LineEnds: Hashable, Sendable {
  case asTheyAre
  /// All are a carriage return and a line feed.
  case windows

  package init(of text: String) {
    var before: UInt8 = 0
    var count = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n") {
        if before != UInt8(ascii: "\r") {
          self = .asTheyAre
          return
        }
        count += 1
      }
      before = byte
    }
    self = count > 0 ? .windows : .asTheyAre
  }

  /// The text with a line feed alone at the ends of lines.
  package func removed(from text: String) -> String {
    changed(text) { bytes in
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
  }

  package func restored(in text: String) -> String { changed(text) { $0.append(UInt8(ascii: "\r")) } }

  /// The text with a change before each line feed, where its lines end as Windows writes them.
  private func changed(_ text: String, before change: (inout [UInt8]) -> Void) -> String {
    switch self {
    case .asTheyAre: return text
    case .windows:
      var bytes: [UInt8] = []
      bytes.reserveCapacity(text.utf8.count)
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\n") { change(&bytes) }
        bytes.append(byte)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
