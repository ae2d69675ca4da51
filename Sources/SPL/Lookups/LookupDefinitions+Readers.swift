package import Diagnostics

extension LookupDefinition {
  /// The lookups of a transforms.conf; stanzas that define none are passed over.
  package static func readConfiguration(_ source: SourceText) -> ([LookupDefinition], [Diagnostic]) {
    var (stanzas, diagnostics) = ConfigurationStanza.read(source)
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
