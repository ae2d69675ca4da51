package import Engine

/// A kind of log and all that is special about it: how its records are told, and how both languages see them.
///
/// ```swift
/// extension SourceDefinition {
///   package static let flow = SourceDefinition(
///     "VPC Flow", table: .awsVPCFlow, sourcetype: "aws:cloudwatchlogs:vpcflow",
///     addonFields: ["src_ip": .paths(["srcaddr"])], sample: "2 123456789012 eni-1 …")
/// }
/// ```
package struct SourceDefinition: Sendable {
  /// As messages call it.
  package var name: String
  /// What KQL reads. What stands around the records in files is the table's too.
  package var table: SourceTable
  /// What SPL knows its events by.
  package var sourcetype: String
  /// Path to the identity of an event; nil if it has none.
  package var eventID: String?
  /// What an event is about, for the questions of what logs hold and rules read; nil if events have no names.
  package var eventNames: EventNames?
  /// Members that hold further fields, and whose name alone says that a text is a path into an event.
  package var objects: Set<String>
  /// Searches may put these before a path: `detail.type` is `type` in what an envelope held.
  package var pathPrefixes: [String]
  /// Fields that the Splunk add-on for the source makes.
  package var addonFields: [String: AddonField]
  package var dataModels: [SourceDataModel]
  /// A record as a file holds it, made up.
  package var sample: String
  /// A record in JSON with all that an ordinary one has, made up: what made events begin with.
  package var exemplar: String
  /// A made record with what follows from what it is about, as the service from the name of a call.
  package var completed: (@Sendable (JSONValue) -> JSONValue)?

  package init(
    _ name: String, table: SourceTable, sourcetype: String, eventID: String? = nil,
    eventNames: EventNames? = nil, objects: Set<String> = [], pathPrefixes: [String] = [],
    addonFields: [String: AddonField] = [:], dataModels: [SourceDataModel] = [], sample: String,
    exemplar: String? = nil, completed: (@Sendable (JSONValue) -> JSONValue)? = nil
  ) {
    self.name = name
    self.table = table
    self.sourcetype = sourcetype
    self.eventID = eventID
    self.eventNames = eventNames
    self.objects = objects
    self.pathPrefixes = pathPrefixes
    self.addonFields = addonFields
    self.dataModels = dataModels
    self.sample = sample
    self.exemplar = exemplar ?? sample
    self.completed = completed
  }

  /// Its events for the loader, whose fields are whatever a search asks for.
  package var events: LogSource {
    LogSource(
      name: sourcetype, columns: [], shapes: table.shapes, time: table.time, framing: table.framing)
  }

  /// Where a search finds a field.
  package func paths(of field: String) -> [FieldPath] {
    [FieldPath(field)]
      + pathPrefixes.filter(field.hasPrefix).map { FieldPath(String(field.dropFirst($0.count))) }
  }

  /// Members that records begin their paths with.
  package var roots: Set<String> {
    var names = objects
    for column in table.columns {
      for path in column.paths {
        guard let first = SourceDefinition.root(of: path), first.first?.isLowercase == true else { continue }
        names.insert(first)
      }
    }
    return names
  }

  /// Whether events have a field of that name by themselves.
  package func hasField(_ name: String) -> Bool {
    let inside = pathPrefixes.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
    return SourceDefinition.root(of: inside).map(roots.contains) ?? false
  }

  /// `requestParameters.userName`: a path into an event, though it stands as a text.
  package func isPath(_ text: String) -> Bool {
    guard let dot = text.firstIndex(of: "."), text.index(after: dot) < text.endIndex,
      let first = SourceDefinition.root(of: text)
    else { return false }
    return objects.contains(first) && !text.contains(" ")
  }

  /// `resources{}.ARN` begins with `resources`.
  private static func root(of path: String) -> String? {
    path.split(separator: ".").first.map { String($0.prefix { $0 != "{" && $0 != "[" }) }
  }
}

/// What says what an event is about.
package struct EventNames: Sendable {
  /// Columns in KQL; the service is that of the column, or always the same.
  package var column: String
  package var serviceColumn: String?
  /// Paths in SPL.
  package var path: String
  package var servicePath: String?
  /// What the names of all services end with, and a list of them need not say.
  package var serviceSuffix: String?

  package init(
    column: String, serviceColumn: String? = nil, path: String, servicePath: String? = nil,
    serviceSuffix: String? = nil
  ) {
    self.column = column
    self.serviceColumn = serviceColumn
    self.path = path
    self.servicePath = servicePath
    self.serviceSuffix = serviceSuffix
  }
}

extension [SourceDefinition] {
  /// The one whose records are loaded under a name: that of its table, or its source type.
  package func source(loadedAs name: String) -> SourceDefinition? {
    first { $0.sourcetype == name || $0.table.name == name }
  }
}
