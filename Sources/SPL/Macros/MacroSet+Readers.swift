package import Diagnostics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension MacroSet {
  /// Reads macros from a file's text: JSON if it begins with `{`, else the form of `macros.conf`.
  package static func read(_ source: SourceText) -> (MacroSet, [Diagnostic]) {
    let first = source.text.utf8.first { !SPLLexer.isSpace($0) }
    return first == UInt8(ascii: "{") ? readJSON(source) : readConfiguration(source)
  }

  /// Reads stanzas such as `[name(2)]`, `args = a,b`, `definition = …`.
  ///
  /// A line that ends in a backslash goes on in the next one; `#` starts a comment line; other settings
  /// (`validation`, `errormsg`, …) are passed over; a call of a macro with `iseval = 1` is refused.
  package static func readConfiguration(_ source: SourceText) -> (MacroSet, [Diagnostic]) {
    MacroConfigurationReader.read(source)
  }

  /// Reads `{"name": "definition"}` and `{"name(1)": {"definition": "…", "args": ["x"]}}`.
  package static func readJSON(_ source: SourceText) -> (MacroSet, [Diagnostic]) {
    let entries: [String: MacroEntry]
    do {
      entries = try JSONDecoder().decode([String: MacroEntry].self, from: Data(source.text.utf8))
    } catch {
      return (MacroSet(), [SPLMessages.macroFileUnreadable(at: .at(0))])
    }
    var macros = MacroSet()
    var diagnostics: [Diagnostic] = []
    for (heading, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let (name, arity) = splitHeading(heading),
        (arity ?? entry.arguments.count) == entry.arguments.count
      else {
        diagnostics.append(SPLMessages.macroHeadingInvalid(heading, at: .at(0)))
        continue
      }
      macros.define(name, parameters: entry.arguments, text: entry.definition)
    }
    return (macros, diagnostics)
  }

  /// Splits `name(2)` into its name and number; nil for anything that is not a macro's name.
  static func splitHeading(_ heading: String) -> (name: String, arity: Int?)? {
    guard let open = heading.firstIndex(of: "(") else {
      return heading.isEmpty || heading.contains("`") ? nil : (heading, nil)
    }
    guard heading.hasSuffix(")"), open != heading.startIndex else { return nil }
    let digits = heading[heading.index(after: open)...].dropLast()
    guard let arity = Int(digits), arity >= 0 else { return nil }
    return (String(heading[..<open]), arity)
  }
}

/// A macro as JSON writes it: a plain text, or an object with its arguments.
private struct MacroEntry: Decodable {
  var definition: String
  var arguments: [String]

  enum CodingKeys: String, CodingKey {
    case definition
    case args
    case arguments
  }

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      definition = text
      arguments = []
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    definition = try container.decode(String.self, forKey: .definition)
    arguments =
      try container.decodeIfPresent([String].self, forKey: .args)
      ?? container.decodeIfPresent([String].self, forKey: .arguments) ?? []
  }
}
