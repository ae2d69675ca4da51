import Foundation

/// A table in the text of an event: a line of names, and a line for each row.
package struct EventTable: Hashable, Sendable {
  /// The line that has the names, from 1; nil for the first that is not blank.
  private let headerLine: Int?
  private let hasHeader: Bool

  package init(headerLine: Int?, hasHeader: Bool) {
    self.headerLine = headerLine
    self.hasHeader = hasHeader
  }

  /// How cells are parted.
  private enum Layout {
    case tabs, commas, columns
  }

  package func rows(in text: String) -> [(line: String, cells: [(name: String, value: String)])] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return [] }
    var header = first
    if hasHeader, let headerLine {
      guard headerLine >= 1, headerLine <= lines.count else { return [] }
      header = lines[headerLine - 1]
      lines.removeFirst(headerLine)
    } else if hasHeader, let place = lines.firstIndex(of: first) {
      lines.removeFirst(place + 1)
    }
    let layout: Layout = header.contains("\t") ? .tabs : header.contains(",") ? .commas : .columns
    let heads = cells(of: header, layout)
    var names: [String] = []
    for (index, head) in heads.enumerated() {
      let cleaned = hasHeader ? PairReader.cleaned(Array(head.text.utf8)[...]) : nil
      names.append(cleaned ?? "Column_\(index + 1)")
    }
    var rows: [(line: String, cells: [(name: String, value: String)])] = []
    for line in lines where !line.allSatisfy(\.isWhitespace) {
      var texts = cells(of: line, layout).map(\.text)
      if layout == .columns, texts.count != names.count { texts = aligned(line, under: heads.map(\.start)) }
      rows.append((line, zip(names, texts).filter { !$1.isEmpty }.map { (name: $0, value: $1) }))
    }
    return rows
  }

  private func cells(of line: String, _ layout: Layout) -> [(text: String, start: Int)] {
    switch layout {
    case .tabs:
      return line.split(separator: "\t", omittingEmptySubsequences: false).map { (EventTable.trimmed($0), 0) }
    case .commas:
      return (CSVReader.records(of: line).first ?? []).map { (EventTable.trimmed($0[...]), 0) }
    case .columns:
      var result: [(text: String, start: Int)] = []
      for (place, character) in line.enumerated() {
        if character.isWhitespace { continue }
        if let last = result.last, last.start + last.text.count == place {
          result[result.count - 1].text.append(character)
        } else {
          result.append((String(character), place))
        }
      }
      return result
    }
  }

  /// What stands under each name, where blanks within cells make another number of words.
  private func aligned(_ line: String, under starts: [Int]) -> [String] {
    let characters = Array(line)
    return starts.indices.map { index in
      let begin = index == 0 ? 0 : min(starts[index], characters.count)
      let end = index + 1 < starts.count ? min(starts[index + 1], characters.count) : characters.count
      return EventTable.trimmed(Substring(String(characters[begin..<max(begin, end)])))
    }
  }

  private static func trimmed(_ text: Substring) -> String { NumberText.trimmed(String(text)) }
}
