package import Diagnostics
import Formats

extension LookupDefinition {
  /// The lookups of a transforms.conf; stanzas that define none are passed over.
  package static func readConfiguration(_ source: SourceText) -> ([LookupDefinition], [Diagnostic]) {
    let (stanzas, wrong) = ConfigurationStanza.read(source)
    var diagnostics = wrong.map { SPLMessages.configurationLineInvalid(at: $0) }
    var definitions: [LookupDefinition] = []
    for stanza in stanzas {
      do throws(Problem) {
        if let definition = try LookupDefinition(name: stanza.heading, settings: stanza.settings) {
          definitions.append(definition)
        }
      } catch {
        diagnostics.append(SPLMessages.lookupSetting(error, of: stanza.heading, at: stanza.span))
      }
    }
    return (definitions, diagnostics)
  }
}
