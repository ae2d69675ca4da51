internal import Diagnostics

/// A stanza of one of Splunk's `.conf` files.
///
/// ```
/// [failed(1)]
/// args = who
/// definition = user=$who$ action=failure
/// ```
struct ConfigurationStanza {
  var heading: String
  var span: SourceSpan
  var settings: [String: String] = [:]

  /// The stanzas of a text, without `[default]`.
  ///
  /// A line that ends in a backslash goes on in the next one; `#` and `;` start a comment line.
  static func read(_ source: SourceText) -> ([ConfigurationStanza], [Diagnostic]) {
    var stanzas: [ConfigurationStanza] = []
    var diagnostics: [Diagnostic] = []
    var index = 0
    while index < source.lineCount {
      let span = source.lineSpan(index)
      var line = trimmed(source[span])
      index += 1
      while line.hasSuffix("\\"), index < source.lineCount {
        line = String(line.dropLast()) + "\n" + trimmed(source[source.lineSpan(index)])
        index += 1
      }
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
      if line.hasPrefix("[") {
        guard line.hasSuffix("]") else {
          diagnostics.append(SPLMessages.configurationLineInvalid(at: span))
          stanzas.append(ConfigurationStanza(heading: "default", span: span))
          continue
        }
        stanzas.append(ConfigurationStanza(heading: String(line.dropFirst().dropLast()), span: span))
      } else if let equals = line.firstIndex(of: "="), let last = stanzas.indices.last {
        stanzas[last].settings[trimmed(String(line[..<equals]))] =
          trimmed(String(line[line.index(after: equals)...]))
      } else {
        diagnostics.append(SPLMessages.configurationLineInvalid(at: span))
      }
    }
    return (stanzas.filter { $0.heading != "default" }, diagnostics)
  }

  static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let start = bytes.firstIndex { !SPLLexer.isSpace($0) } ?? bytes.count
    let end = bytes.lastIndex { !SPLLexer.isSpace($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}
