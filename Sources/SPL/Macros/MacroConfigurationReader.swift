internal import Diagnostics
import Formats

/// Reads text in the form of `macros.conf`.
///
/// Example: `[failed(1)]`, `args = who`, `definition = user=$who$ action=failure`.
enum MacroConfigurationReader {
  static func read(_ source: SourceText) -> (MacroSet, [Diagnostic]) {
    let (stanzas, wrong) = ConfigurationStanza.read(source)
    var diagnostics = wrong.map { SPLMessages.configurationLineInvalid(at: $0) }
    var macros = MacroSet()
    for stanza in stanzas {
      guard let (name, arity) = MacroSet.splitHeading(stanza.heading) else {
        diagnostics.append(SPLMessages.macroHeadingInvalid(stanza.heading, at: stanza.span))
        continue
      }
      let parameters = (stanza.settings["args"] ?? "").split(separator: ",").map {
        ConfigurationStanza.trimmed(String($0))
      }
      guard let text = stanza.settings["definition"], (arity ?? parameters.count) == parameters.count else {
        diagnostics.append(SPLMessages.macroStanzaIncomplete(stanza.heading, at: stanza.span))
        continue
      }
      // Files of whole apps hold some of these; only a call of one is an error.
      let isEvaluated = stanza.settings["iseval"].flatMap { CommandOptions.boolean(of: $0) } ?? false
      macros.define(
        name, MacroSet.Definition(parameters: parameters, text: text, isEvaluated: isEvaluated))
    }
    return (macros, diagnostics)
  }
}
