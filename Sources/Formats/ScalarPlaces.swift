import Diagnostics

/// Finds the characters of a scalar again in its file, where lines are indented, folded or quoted.
///
/// Example: `'a' 'b'` over two lines of the file is one line of text: `b` stands on the file's second line.
enum ScalarPlaces {
  /// - Parameters: the 1-based place of the scalar.
  /// - Returns: for each UTF-8 offset of the text, and its end, the offset in the file.
  static func places(of text: String, at line: Int, _ column: Int, in file: SourceText) -> [Int] {
    let bytes = Array(file.text.utf8)
    var place = start(line, column, in: file)
    var places: [Int] = []
    for byte in text.utf8 {
      if isBlank(byte) {
        places.append(min(place, bytes.count))
        if place < bytes.count, bytes[place] == byte { place += 1 }
        continue
      }
      // Indentation, line ends and the marks of quoting are passed over; nothing else can stand between.
      var next = place
      while next < bytes.count, bytes[next] != byte, isBlank(bytes[next]) || isMark(bytes[next]) { next += 1 }
      if next < bytes.count, bytes[next] == byte { place = next }
      places.append(min(place, bytes.count))
      if place < bytes.count { place += 1 }
    }
    places.append(min(place, bytes.count))
    return places
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

  /// Quotes and the backslash of an escape.
  private static func isMark(_ byte: UInt8) -> Bool { byte == 39 || byte == 34 || byte == 92 }

  private static func start(_ line: Int, _ column: Int, in file: SourceText) -> Int {
    let span = file.lineSpan(min(max(0, line - 1), file.lineCount - 1))
    let before = String(file[span].prefix(max(0, column - 1)))
    return span.lowerBound + before.utf8.count
  }
}
