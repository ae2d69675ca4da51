package import Engine
package import LogSources
package import SPL

/// The events of all sources, or of some, as SPL sees them: names are paths into them, beside Splunk's own fields and
/// those of a view.
package struct SplunkEvents: EventCatalog {
  package static let table = "events"

  package let sources: [SourceDefinition]
  package let kind: SplunkView
  /// The source types of all events that there are, beside those of these sources.
  private let all: [String]

  package init(_ sources: [SourceDefinition], _ kind: SplunkView) {
    self.sources = sources
    self.kind = kind
    all = sources.map(\.sourcetype)
  }

  private init(_ sources: [SourceDefinition], _ kind: SplunkView, among all: [String]) {
    self.sources = sources
    self.kind = kind
    self.all = all
  }

  package var view: any FieldView { kind.fields(of: sources) }
  package var knownFields: [String]? { nil }
  package var sourcetypes: [String] { sources.map(\.sourcetype) }

  package func limited(to sourcetypes: [String]) -> any EventCatalog {
    SplunkEvents(sources.filter { sourcetypes.contains($0.sourcetype) }, kind, among: all)
  }

  package var dataModels: [DataModel] {
    var names: [String] = []
    var parts: [String: [DataModel.Part]] = [:]
    for source in sources {
      for model in source.dataModels {
        if parts[model.name] == nil { names.append(model.name) }
        parts[model.name, default: []].append(
          DataModel.Part(
            sourcetype: source.sourcetype, datasets: model.datasets, filter: model.filter,
            fields: model.fields)
        )
      }
    }
    return names.map { DataModel(name: $0, parts: parts[$0] ?? [], among: all) }
  }

  package func fieldNames(in events: Column) -> [String] {
    var discovery = SplunkFieldDiscovery(sources)
    discovery.add(events)
    let known = Set(discovery.names)
    let there = kind.fields(of: discovery.sourcesFound)
    return discovery.names + there.moreFields().filter { !known.contains($0) }
  }
}
