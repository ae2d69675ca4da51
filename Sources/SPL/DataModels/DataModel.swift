/// A data model as a view over the events of the sources that have it: which events are in it and what its fields are.
///
/// Example: `Change` has the data set `All_Changes` and others below it, and the field `All_Changes.user`.
package struct DataModel: Sendable {
  /// How the events of one source type make it. All of it is SPL over the raw paths of events.
  package struct Part: Sendable {
    let sourcetype: String
    /// Its data sets, each with the search that picks its events; the first is the root.
    let datasets: [(name: String, filter: String)]
    /// The events of the root.
    let filter: String
    /// Fields and the eval expressions that make them; null counts as `unknown`.
    let fields: [(name: String, expression: String)]

    package init(
      sourcetype: String, datasets: [(name: String, filter: String)], filter: String,
      fields: [(name: String, expression: String)]
    ) {
      self.sourcetype = sourcetype
      self.datasets = datasets
      self.filter = filter
      self.fields = fields
    }
  }

  package let name: String
  let parts: [Part]
  /// There are events of other source types beside those of the parts.
  let tellsSourcetypes: Bool

  /// - Parameter sourcetypes: those of all events.
  package init(name: String, parts: [Part], among sourcetypes: [String]) {
    self.name = name
    self.parts = parts
    tellsSourcetypes = sourcetypes.count > 1
  }

  /// The data sets that an event is in, each with those above it: `All_Changes`, `All_Changes.Instance_Changes`.
  static let nodeField = "nodename"

  /// Fields that are as they are in the event, without `unknown`.
  static let plainFields: Set<String> = ["_time", "sourcetype", "index", "source", "host", nodeField]

  /// `Change.All_Changes` as a model and a data set of it.
  static func names(in text: String) -> (model: String, dataset: String?) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first.map(String.init) ?? "", parts.count == 2 ? String(parts[1]) : nil)
  }

  var sourcetypes: [String] { parts.map(\.sourcetype) }

  /// The names of the data sets, the root's first.
  package var datasetNames: [String] { DataModel.each(parts.flatMap { $0.datasets.map(\.name) }) }

  var rootName: String { datasetNames.first ?? name }

  /// The fields that it makes, in order.
  var madeNames: [String] { DataModel.each(parts.flatMap { $0.fields.map(\.name) }) }

  /// Whether it has a data set; one below others may be named with those above it.
  func hasDataset(_ text: String) -> Bool { datasetName(text) != nil }

  private func datasetName(_ text: String) -> String? {
    let last = text.split(separator: ".").last.map { $0.lowercased() }
    return datasetNames.first { $0.lowercased() == last }
  }

  /// The commands that make the events of a data set with the model's fields.
  func text(dataset: String?, withNodes: Bool) -> String {
    let own = dataset.flatMap { datasetName($0) }
    var assignments = madeNames.map { field in
      let expressions = parts.map { part in
        (part.sourcetype, part.fields.last { $0.name == field }?.expression ?? "null()")
      }
      return "\(field)=coalesce(\(SourcetypeCases.expression(expressions)), \"unknown\")"
    }
    if withNodes {
      let inner = datasetNames.dropFirst().map {
        "if(searchmatch(\"\(filter(dataset: $0).replacing("\"", with: "\\\""))\"), \"\(rootName).\($0)\", null())"
      }
      assignments.append(
        "\(DataModel.nodeField)=mvappend(" + (["\"\(rootName)\""] + inner).joined(separator: ", ") + ")")
    }
    return
      (["search " + search { $0.filter }] + (own.map { ["search " + filter(dataset: $0)] } ?? []) + [
        "eval " + assignments.joined(separator: ", ")
      ])
      .joined(separator: " | ")
  }

  private func filter(dataset: String) -> String {
    search { part in part.datasets.first { $0.name == dataset }?.filter ?? "NOT *" }
  }

  /// A search that each source type makes in its own way.
  private func search(_ filter: (Part) -> String) -> String {
    if !tellsSourcetypes, let only = parts.first { return filter(only) }
    if let only = parts.first, parts.count == 1 {
      let own = filter(only)
      return "sourcetype=\(only.sourcetype)" + (own == "*" ? "" : " (\(own))")
    }
    return parts.map { "(sourcetype=\($0.sourcetype) (\(filter($0))))" }.joined(separator: " OR ")
  }

  /// The field without the data set in front: `All_Changes.user` is `user`.
  func fieldName(_ text: String) -> String? {
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let prefix = text[..<dot]
    guard datasetNames.contains(where: { $0 == prefix }) || prefix == name else { return nil }
    let rest = String(text[text.index(after: dot)...])
    return fieldName(rest) ?? rest
  }

  var fieldNames: Set<String> {
    Set(parts.flatMap { $0.fields.map(\.name) }).union(DataModel.plainFields)
  }

  private static func each(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
