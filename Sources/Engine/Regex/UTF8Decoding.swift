/// Reading single scalars out of bytes that may not be valid UTF-8.
enum UTF8Decoding {
  /// The scalar that starts at `position`, and its length; nil where no valid scalar starts.
  static func scalar(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt32, length: Int)? {
    guard position >= 0, position < text.count else { return nil }
    let first = text[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let (length, bits, least): (Int, UInt32, UInt32)
    switch first {
    case 0xC2...0xDF: (length, bits, least) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (length, bits, least) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (length, bits, least) = (4, UInt32(first & 0x07), 0x10000)
    default: return nil
    }
    guard position + length <= text.count else { return nil }
    var value = bits
    for offset in 1..<length {
      let byte = text[position + offset]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= least, Unicode.Scalar(value) != nil else { return nil }
    return (value, length)
  }

  static func isWord(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let (value, _) = scalar(at: position, in: text) else { return false }
    return UnicodeClasses.word.contains(value)
  }

  static func isWord(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = position - 1
    while start >= 0, position - start <= 4 {
      if text[start] & 0xC0 != 0x80 {
        guard let (value, length) = scalar(at: start, in: text), start + length == position else {
          return false
        }
        return UnicodeClasses.word.contains(value)
      }
      start -= 1
    }
    return false
  }

  /// The place after the scalar at `position`, skipping stray continuation bytes.
  static func next(after position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var next = position + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
