/// The white space between two tokens or comments.
struct LayoutGap {
  let isEmpty: Bool
  private let lineEnds: Int

  init(_ bytes: ArraySlice<UInt8>) {
    isEmpty = bytes.isEmpty
    lineEnds = bytes.count { $0 == UInt8(ascii: "\n") }
  }

  var endsLine: Bool { lineEnds > 0 }
  /// Whether it has a line with nothing on it.
  var hasBlankLine: Bool { lineEnds > 1 }
}
