/// Records that are lines of text, with one character between their values. The first line of a file may name them.
///
/// ```
///   version account-id interface-id srcaddr …          a header: the names stand in it
///   2 123456789012 eni-0a1b2c3d 198.51.100.7 …         a record, whose marks say which log it is of
/// ```
package struct LineLayout: Sendable, Hashable {
  /// What a value is known by.
  package enum Mark: Sendable, Hashable {
    case prefix(String)
    case oneOf([String])

    func fits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      switch self {
      case .prefix(let prefix): text.starts(with: prefix.utf8)
      case .oneOf(let texts): texts.contains { text.elementsEqual($0.utf8) }
      }
    }
  }

  package var separator: UInt8
  /// All names that a header may have.
  package var names: Set<String>
  /// The names of the values where a file has no header; each of these is tried.
  package var unnamed: [[String]]
  /// What values must be where no header names them.
  package var marks: [String: Mark]
  /// The name of the time of a record.
  package var time: String

  package init(
    separator: UInt8 = UInt8(ascii: " "), names: Set<String>, unnamed: [[String]], marks: [String: Mark],
    time: String
  ) {
    self.separator = separator
    self.names = names
    self.unnamed = unnamed
    self.marks = marks
    self.time = time
  }

  /// The first line of a text ends within so many bytes.
  private static let longestLine = 1 << 14

  /// How the lines of one file are read.
  struct Heading {
    var names: [String]
    /// The first line holds the names.
    var isLine: Bool
  }

  /// What the first line of a text says; nil if it is of another kind.
  func heading(of bytes: UnsafeBufferPointer<UInt8>) -> Heading? {
    var reader = reader(of: UnsafeBufferPointer(rebasing: bytes.prefix(LineLayout.longestLine)))
    guard reader.nextRow(), reader.cellCount > 1 else { return nil }
    let cells = (0..<reader.cellCount).map { reader.text($0) }
    if cells.allSatisfy(names.contains) { return Heading(names: cells, isLine: true) }
    let fitting = unnamed.first { names in
      names.count == cells.count
        && names.indices.allSatisfy { marks[names[$0]]?.fits(reader.cell($0)) ?? true }
    }
    return fitting.map { Heading(names: $0, isLine: false) }
  }

  func reader(of bytes: UnsafeBufferPointer<UInt8>) -> CSVReader {
    CSVReader(padded: bytes, separator: separator, hasQuotes: false)
  }

  /// The names of a text's values; nil if it is no line of this kind.
  package func names(ofLine text: String) -> [String]? {
    let buffer = PaddedBuffer(Array(text.utf8))
    return withExtendedLifetime(buffer) { heading(of: buffer.bytes) }.flatMap { $0.isLine ? nil : $0.names }
  }

  /// The time of the first record.
  func firstTime(in bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let heading = heading(of: bytes), let place = heading.names.firstIndex(of: time) else { return nil }
    var reader = reader(of: UnsafeBufferPointer(rebasing: bytes.prefix(2 * LineLayout.longestLine)))
    if heading.isLine { _ = reader.nextRow() }
    guard reader.nextRow(), place < reader.cellCount else { return nil }
    return EventTime.ticks(reader.cell(place))
  }
}
