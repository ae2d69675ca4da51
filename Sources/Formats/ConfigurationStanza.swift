package import Diagnostics

/// A stanza of one of Splunk's `.conf` files.
///
/// ```
/// [failed(1)]
/// args = who
/// definition = user=$who$ action=failure
/// ```
package struct ConfigurationStanza: Hashable, Sendable {
  package struct Setting: Hashable, Sendable {
    package var key: String
    package var value: String
    /// 1-based, of the value's first character.
    package var line: Int
    package var column: Int

    /// The value as one that messages can point into, with the file's own lines and columns.
    package func source(in file: SourceText) -> SourceText {
      SourceText(text: value, in: file, places: ScalarPlaces.places(of: value, at: line, column, in: file))
    }
  }

  package var heading: String
  /// Of the line with the heading.
  package var span: SourceSpan
  package var entries: [Setting] = []

  /// By name; of several the last one counts.
  package var settings: [String: String] {
    Dictionary(entries.map { ($0.key, $0.value) }) { _, last in last }
  }

  package func setting(_ key: String) -> Setting? { entries.last { $0.key == key } }

  /// The stanzas of a text, without `[default]`, and the lines that say nothing.
  ///
  /// A line that ends in a backslash goes on in the next one; `#` and `;` start a comment line.
  package static func read(_ source: SourceText) -> (stanzas: [ConfigurationStanza], wrong: [SourceSpan]) {
    var stanzas: [ConfigurationStanza] = []
    var wrong: [SourceSpan] = []
    var index = 0
    while index < source.lineCount {
      let span = source.lineSpan(index)
      let first = source[span]
      var line = trimmed(first)
      let number = index + 1
      index += 1
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasSuffix("\\") {
        var parts = [line]
        while parts[parts.count - 1].hasSuffix("\\"), index < source.lineCount {
          parts[parts.count - 1].removeLast()
          parts.append(trimmed(source[source.lineSpan(index)]))
          index += 1
        }
        line = parts.joined(separator: "\n")
      }
      if line.hasPrefix("[") {
        guard line.hasSuffix("]") else {
          wrong.append(span)
          stanzas.append(ConfigurationStanza(heading: "default", span: span))
          continue
        }
        stanzas.append(ConfigurationStanza(heading: String(line.dropFirst().dropLast()), span: span))
      } else if let equals = line.firstIndex(of: "="), let last = stanzas.indices.last {
        let behind = first[(first.firstIndex(of: "=").map(first.index(after:)) ?? first.endIndex)...]
        let begin = behind.firstIndex { !$0.isWhitespace } ?? behind.endIndex
        stanzas[last].entries.append(
          Setting(
            key: trimmed(String(line[..<equals])), value: trimmed(String(line[line.index(after: equals)...])),
            line: number, column: first.distance(from: first.startIndex, to: begin) + 1))
      } else {
        wrong.append(span)
      }
    }
    return (stanzas.filter { $0.heading != "default" }, wrong)
  }

  package static func trimmed(_ text: String) -> String {
    let start = text.drop { isSpace($0) }
    guard let end = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(start[...end])
  }

  private static func isSpace(_ character: Character) -> Bool {
    character.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }
}
