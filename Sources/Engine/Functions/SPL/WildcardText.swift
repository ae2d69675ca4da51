/// A text with `*` for any run of characters, matched against a whole text, mostly in any case.
///
///     WildcardText("Get*Policy").matches("getrolepolicy")  // true
struct WildcardText: Sendable {
  private let first: TextNeedle
  private let middle: [TextNeedle]
  /// nil without any `*`.
  private let last: TextNeedle?

  init(_ pattern: String, ignoresCase: Bool = true) {
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
      .map { TextNeedle(String($0), ignoresCase: ignoresCase) }
    first = pieces[0]
    middle = pieces.dropFirst().dropLast().filter { !$0.isEmpty }
    last = pieces.count > 1 ? pieces[pieces.count - 1] : nil
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard var position = first.end(at: 0, in: text) else { return false }
    guard let last else { return position == text.count }
    for piece in middle {
      guard let found = piece.first(in: text, from: position) else { return false }
      position = found.upperBound
    }
    if last.isEmpty { return true }
    return last.isSuffix(of: UnsafeBufferPointer(rebasing: text[position...]))
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }
}
