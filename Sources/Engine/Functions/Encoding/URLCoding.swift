/// Percent encoding of UTF-8.
enum URLCoding {
  private static let hex = Array("0123456789abcdef".utf8)

  /// Letters, digits and some marks stay; a blank becomes `+` or `%20`.
  static func encode(_ text: String, blank: String, kept: String) -> String {
    var result: [UInt8] = []
    let kept = Array(kept.utf8)
    for byte in text.utf8 {
      if TermNeedle.isTerm(ascii: byte) || kept.contains(byte) {
        result.append(byte)
      } else if byte == 0x20 {
        result.append(contentsOf: blank.utf8)
      } else {
        result.append(contentsOf: [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `%41` becomes `A`, `+` a blank if it may; a `%` without two hex digits stays.
  static func decode(_ text: String, plusIsBlank: Bool) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(plusIsBlank && bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
