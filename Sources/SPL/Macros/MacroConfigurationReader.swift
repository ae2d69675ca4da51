internal import Diagnostics

/// Reads text in the form of `macros.conf`.
///
/// Example: `[failed(1)]`, `args = who`, `definition = user=$who$ action=failure`.
struct MacroConfigurationReader {
  private let source: SourceText
  private var macros = MacroSet()
  private var diagnostics: [Diagnostic] = []
  private var heading: (text: String, span: SourceSpan)?
  private var settings: [String: String] = [:]

  init(_ source: SourceText) { self.source = source }

  mutating func read() -> (MacroSet, [Diagnostic]) {
    var index = 0
    while index < source.lineCount {
      let span = source.lineSpan(index)
      var line = trimmed(source[span])
      index += 1
      while line.hasSuffix("\\"), index < source.lineCount {
        line = String(line.dropLast()) + "\n" + trimmed(source[source.lineSpan(index)])
        index += 1
      }
      take(line, span)
    }
    finishStanza()
    return (macros, diagnostics)
  }

  private mutating func take(_ line: String, _ span: SourceSpan) {
    if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { return }
    if line.hasPrefix("[") {
      finishStanza()
      if line.hasSuffix("]") {
        heading = (String(line.dropFirst().dropLast()), span)
      } else {
        diagnostics.append(SPLMessages.macroHeadingInvalid(line, span))
      }
    } else if let equals = line.firstIndex(of: "="), heading != nil {
      settings[trimmed(String(line[..<equals]))] = trimmed(String(line[line.index(after: equals)...]))
    } else {
      diagnostics.append(SPLMessages.macroLineInvalid(span))
    }
  }

  private mutating func finishStanza() {
    defer {
      heading = nil
      settings = [:]
    }
    guard let heading, heading.text != "default" else { return }
    guard let (name, arity) = MacroSet.splitHeading(heading.text) else {
      diagnostics.append(SPLMessages.macroHeadingInvalid(heading.text, heading.span))
      return
    }
    if let evaluated = settings["iseval"], ["1", "true", "t"].contains(evaluated.lowercased()) {
      diagnostics.append(SPLMessages.macroEvaluates(name, heading.span))
      return
    }
    let parameters = (settings["args"] ?? "").split(separator: ",").map { trimmed(String($0)) }
    guard let text = settings["definition"], (arity ?? parameters.count) == parameters.count else {
      diagnostics.append(SPLMessages.macroStanzaIncomplete(heading.text, heading.span))
      return
    }
    macros.define(name, parameters: parameters, text: text)
  }

  private func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let start = bytes.firstIndex { !SPLLexer.isSpace($0) } ?? bytes.count
    let end = bytes.lastIndex { !SPLLexer.isSpace($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}
