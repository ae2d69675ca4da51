/// What stands between two tokens: white space, and comments in it.
struct LayoutGap {
  struct Line {
    var text: String
    /// Where it begins within the query, in bytes.
    var start: Int
    var length: Int
  }

  let lines: [Line]
  let isEmpty: Bool

  init(_ bytes: ArraySlice<UInt8>) {
    isEmpty = bytes.isEmpty
    lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Line(text: String(decoding: $0, as: UTF8.self), start: $0.startIndex, length: $0.count)
    }
  }

  /// Without a comment: whether it has a line with nothing on it.
  var hasBlankLine: Bool { lines.count > 2 }
}
