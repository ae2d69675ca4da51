package import Diagnostics
import Formats
package import SPL

/// A file of macros in any of the shapes they come in: macros.conf, JSON, or contentctl's YAML of one macro.
package enum MacroFile {
  package static func read(_ text: SourceText) -> (MacroSet, [Diagnostic]) {
    guard FilePath(text.name).isYAML else { return MacroSet.read(text) }
    var macros = MacroSet()
    do throws(YAMLFailure) {
      let document = try YAMLReader.read(text.text)
      guard let name = document["name"]?.text, let definition = document["definition"]?.text else {
        return (macros, [.error("macro-file", "a macro needs `name` and `definition`")])
      }
      macros.define(name, parameters: document["arguments"]?.texts ?? [], text: definition)
      return (macros, [])
    } catch {
      return (macros, error.failure(in: text).diagnostics)
    }
  }
}
