import Foundation
import Testing

/// One case: a file with an input and what must come of it, together.
///
///     # summarize counts rows by key
///     -- kql
///     T | summarize n = count() by who
///     -- table T
///     who:string, at:datetime
///     alice, 2024-01-01
///     -- result
///     who:string, n:long
///     alice, 1
struct GoldenCase: Sendable, CustomTestStringConvertible {
  struct Section: Sendable {
    /// `kql`, `table`, `result`, …
    var kind: String
    /// What stands behind the kind: the name of a table.
    var argument: String
    var text: String
  }

  var file: URL
  var title: String
  var sections: [Section]

  var testDescription: String {
    "\(file.deletingLastPathComponent().lastPathComponent)/\(file.lastPathComponent)"
  }

  func section(_ kind: String) -> String? { sections.first { $0.kind == kind }?.text }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  /// All cases below a folder of `Cases`, those whose name holds `CASE` if that is set.
  static func all(in name: String) -> [GoldenCase] {
    let wanted = ProcessInfo.processInfo.environment["CASE"]
    let folder = folder.appending(path: name)
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "txt" }
      .filter { wanted.map($0.lastPathComponent.contains) ?? true }
      .sorted { $0.path < $1.path }
      .compactMap { try? GoldenCase(file: $0) }
  }

  init(file: URL) throws {
    self.file = file
    let lines = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    var title = ""
    var sections: [Section] = []
    for line in lines {
      if line.hasPrefix("-- ") {
        let words = line.dropFirst(3).split(separator: " ", maxSplits: 1)
        sections.append(
          Section(
            kind: String(words.first ?? ""), argument: words.count > 1 ? String(words[1]) : "", text: ""))
      } else if sections.isEmpty {
        if line.hasPrefix("#"), title.isEmpty {
          title = line.dropFirst().trimmingCharacters(in: .whitespaces)
        }
      } else {
        sections[sections.count - 1].text += line + "\n"
      }
    }
    for index in sections.indices {
      sections[index].text = sections[index].text.trimmingCharacters(in: .newlines)
    }
    self.title = title
    self.sections = sections
  }

  static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] == "1" }

  /// Writes the file anew with another text for a section.
  func record(_ kind: String, _ text: String) throws {
    var copy = self
    if let index = copy.sections.firstIndex(where: { $0.kind == kind }) {
      copy.sections[index].text = text
    } else {
      copy.sections.append(Section(kind: kind, argument: "", text: text))
    }
    var output = "# \(title)\n"
    for section in copy.sections {
      output +=
        "-- \(section.kind)\(section.argument.isEmpty ? "" : " \(section.argument)")\n\(section.text)\n"
    }
    try output.write(to: file, atomically: true, encoding: .utf8)
  }
}
