package import Diagnostics
package import Engine

/// What a search finds around it beside its own text.
///
/// Example: `SPLEnvironment(events: catalog)` reads the raw fields of a catalog and has no lookups.
package struct SPLEnvironment: Sendable {
  package var macros: MacroSet = .builtIn
  package var events: any EventCatalog
  /// The name of the index that the events are in; nil matches any name.
  package var index: String?
  /// The tables of lookups by the names of their files without `.csv`.
  package var lookups: [String: Table] = [:]
  /// Where addresses are, for `iplocation`; nil without a table of places.
  package var places: AddressPlaces?
  /// Lookups that are more than a file of their name.
  package var lookupDefinitions: [String: LookupDefinition] = [:]
  /// Whether the run takes the rows of `outputlookup`: a folder was opened for writing.
  package var writesLookups = false
  /// What the data answered to the first questions that the search asks of them.
  package var answers: [DataAnswer] = []
  /// Cuts rows where Splunk does; otherwise only a note says so.
  package var appliesSplunkLimits = false

  package init(events: any EventCatalog) { self.events = events }
}

/// The raw events that a search begins with, of one source or of several.
package protocol EventCatalog: Sendable {
  var view: any FieldView { get }
  /// The source types of the events; none where they do not tell.
  var sourcetypes: [String] { get }
  var dataModels: [DataModel] { get }
  /// The names of all fields, for wildcards, where they are known without looking at the events.
  var knownFields: [String]? { get }
  /// The names of the fields that events have whose texts stand in a column.
  func fieldNames(in events: Column) -> [String]
  /// The events of some source types alone.
  func limited(to sourcetypes: [String]) -> any EventCatalog
}

extension EventCatalog {
  package var sourcetypes: [String] { [] }
  package var dataModels: [DataModel] { [] }
  package func limited(to sourcetypes: [String]) -> any EventCatalog { self }
}

/// How the fields of raw events are called: by their paths alone, or with the names that an add-on makes.
package protocol FieldView: Sendable {
  /// `raw` or `addon`.
  var name: String { get }
  /// The field of the events table behind a name, and its type; nil if no event can have it.
  func field(named name: String) -> (source: String, type: DataType)?
  /// The eval expression over other fields that makes a field; nil if it is loaded as it is.
  func definition(of name: String) -> String?
  /// Names beside those that events have by themselves, for wildcards.
  func moreFields() -> [String]
  /// What to say of a name that no event can have, such as that another view has it.
  func adviceForMissing(_ name: String) -> Advice?
  /// What to say of a value that a field never has.
  func adviceForMissing(_ value: String, of name: String) -> Advice?
}

extension FieldView {
  package func adviceForMissing(_ name: String) -> Advice? { nil }
  package func adviceForMissing(_ value: String, of name: String) -> Advice? { nil }
  package func definition(of name: String) -> String? { nil }
  package func moreFields() -> [String] { [] }
}

/// Every name is a path into the event: text, or several values where the path has `{}`.
package struct PathFieldView: FieldView {
  package init() {}

  package var name: String { "raw" }

  package func field(named name: String) -> (source: String, type: DataType)? {
    if name == "_time" { return (name, .datetime) }
    return (name, name.utf8.contains(UInt8(ascii: "{")) ? .dynamic : .string)
  }
}
