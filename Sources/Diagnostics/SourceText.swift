/// A text that diagnostics point into: a query, a rule file, a YAML file.
///
/// Offsets are UTF-8 offsets from the start of `text`. A query that stands inside a larger file (a rule in YAML)
/// knows the places of its characters there, so that its messages carry the file's own lines and columns.
public struct SourceText: Hashable, Sendable {
  /// The file's path, or a label such as `<query>`.
  public let name: String
  public let text: String
  /// UTF-8 offsets at which lines start; the first is 0.
  private let lineStarts: [Int]
  /// The file that the text was taken out of, if it knows its places there; one at most.
  private let enclosing: [SourceText]
  /// For each offset of the text, and its end, the offset in the file.
  private let places: [Int]

  public init(name: String, text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.name = name
    self.text = text
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
    enclosing = []
    places = []
  }

  /// A text out of a file, where it may stand in pieces: quoted, folded or indented.
  ///
  /// - Parameter places: for each UTF-8 offset of the text, and its end, the offset in the file.
  public init(text: String, in file: SourceText, places: [Int]) {
    var text = text
    text.makeContiguousUTF8()
    precondition(places.count == text.utf8.count + 1, "a place for each offset and the end")
    name = file.name
    self.text = text
    lineStarts =
      [0] + text.utf8.enumerated().filter { $0.element == UInt8(ascii: "\n") }.map { $0.offset + 1 }
    enclosing = [file]
    self.places = places
  }

  /// The text that people see, and where a span stands in it: the file that this text was taken out of, else itself.
  public func shown(_ span: SourceSpan) -> (source: SourceText, span: SourceSpan) {
    guard let file = enclosing.first, !places.isEmpty else { return (self, span) }
    let lower = min(max(0, span.lowerBound), places.count - 1)
    let upper = min(max(lower, span.upperBound), places.count - 1)
    let end = upper > lower ? places[upper - 1] + 1 : places[lower]
    return (file, SourceSpan(places[lower], end))
  }

  /// What `shown` gives for a diagnostic, all of its places moved.
  func shown(_ diagnostic: Diagnostic) -> (source: SourceText, diagnostic: Diagnostic) {
    guard let file = enclosing.first else { return (self, diagnostic) }
    var moved = diagnostic
    moved.primary = diagnostic.primary.map { Diagnostic.Label(shown($0.span).span, $0.text) }
    moved.secondary = diagnostic.secondary.map { Diagnostic.Label(shown($0.span).span, $0.text) }
    return (file, moved)
  }

  /// The number of UTF-8 bytes.
  public var length: Int { text.utf8.count }

  /// The text of a span, clamped to the source.
  public subscript(span: SourceSpan) -> String {
    let utf8 = text.utf8
    let lower = min(max(0, span.lowerBound), utf8.count)
    let upper = min(max(lower, span.upperBound), utf8.count)
    let start = utf8.index(utf8.startIndex, offsetBy: lower)
    let end = utf8.index(start, offsetBy: upper - lower)
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }

  /// The 0-based index of the line that holds an offset.
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The span of a 0-based line, without its line end.
  public func lineSpan(_ index: Int) -> SourceSpan {
    let lower = lineStarts[index]
    let upper = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : length
    return SourceSpan(lower, upper)
  }

  public var lineCount: Int { lineStarts.count }

  /// The 1-based line and column (in characters) of an offset, in the file's own numbering.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    if let file = enclosing.first { return file.position(of: shown(.at(offset)).span.lowerBound) }
    let offset = min(max(0, offset), length)
    let line = lineIndex(of: offset)
    let before = self[SourceSpan(lineStarts[line], offset)]
    return (line + 1, before.count + 1)
  }
}
