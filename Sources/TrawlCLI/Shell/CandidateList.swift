import Diagnostics
import Session

/// The candidates of a completion as they are listed: with their counts, types or meanings.
///
/// ```
///   "CreateUser"       1,204
///   "CreateAccessKey"     37
/// ```
enum CandidateList {
  private static let gap = 2

  /// - Parameters:
  ///   - width: of the screen.
  ///   - rows: so many are listed; of the others the number.
  static func text(_ candidates: [Completions.Candidate], width: Int, rows: Int) -> String {
    let width = max(10, width - 1)
    // Words alone stand in several columns.
    let isPlain = candidates.allSatisfy(\.about.isEmpty)
    let texts = candidates.map { cut(Console.harmless($0.text), to: width - gap) }
    let widest = texts.map { DisplayText.width(of: $0) }.max() ?? 0
    var lines: [String] = []
    if isPlain {
      let columns = max(1, width / (widest + gap))
      for start in stride(from: 0, to: texts.count, by: columns) {
        lines.append(
          texts[start..<min(start + columns, texts.count)].map { padded($0, widest + gap) }.joined())
      }
    } else {
      for (candidate, text) in zip(candidates, texts) {
        let room = width - 2 - widest - gap
        let about = room > 3 ? cut(Console.harmless(candidate.about), to: room) : ""
        lines.append("  " + padded(text, widest + gap) + about)
      }
    }
    var shown = Array(lines.prefix(rows))
    if lines.count > rows { shown.append("  and \(lines.count - rows) more") }
    return shown.map { $0 + "\n" }.joined()
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayText.width(of: text)))
  }

  private static func cut(_ text: String, to width: Int) -> String {
    if DisplayText.width(of: text) <= width { return text }
    var result = ""
    var size = 1
    for character in text {
      size += DisplayText.width(of: character)
      if size > width { break }
      result.append(character)
    }
    return result + (Terminal.isUTF8 ? "…" : "~")
  }

  /// What all texts begin with, whatever their case.
  static func commonBeginning(_ texts: [String]) -> String {
    guard let first = texts.first else { return "" }
    var common = Array(first)
    for text in texts.dropFirst() {
      var count = 0
      for (left, right) in zip(common, text) {
        if left != right { break }
        count += 1
      }
      common.removeSubrange(count...)
    }
    return String(common)
  }
}
