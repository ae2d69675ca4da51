/// A text that diagnostics point into: a query, a rule file, a YAML file.
///
/// Offsets are UTF-8 offsets from the start of `text`. A query that stands inside a larger file (a rule in
/// YAML) is given with `origin`, so that its messages carry the file's own line and column.
public struct SourceText: Hashable, Sendable {
  /// Where an embedded text begins in its file.
  public struct Origin: Hashable, Sendable {
    /// 1-based line of the first character.
    public var line: Int
    /// Columns to add to every line (the indentation that was taken off).
    public var indentation: Int

    public init(line: Int, indentation: Int) {
      self.line = line
      self.indentation = indentation
    }
  }

  /// The file's path, or a label such as `<query>`.
  public let name: String
  public let text: String
  public let origin: Origin
  /// UTF-8 offsets at which lines start; the first is 0.
  private let lineStarts: [Int]

  public init(name: String, text: String, origin: Origin = Origin(line: 1, indentation: 0)) {
    var text = text
    text.makeContiguousUTF8()
    self.name = name
    self.text = text
    self.origin = origin
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
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
    let offset = min(max(0, offset), length)
    let line = lineIndex(of: offset)
    let before = self[SourceSpan(lineStarts[line], offset)]
    return (origin.line + line, origin.indentation + before.count + 1)
  }
}
