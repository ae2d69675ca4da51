import Diagnostics
import Engine
import Formats

/// The files that a workspace reads beside the logs, as they were named.
package struct CompanionPaths: Sendable {
  /// Saved KQL functions: files NAME.kql, or folders of them.
  package var functions: [String] = []
  /// CSV files.
  package var watchlists: [WorkspaceConfiguration.NamedPath] = []
  /// Local files that stand for URLs.
  package var externals: [WorkspaceConfiguration.NamedPath] = []
  /// Macro files (SPL), or folders of them.
  package var macros: [String] = []
  /// Lookup files (SPL), or folders of them.
  package var lookups: [String] = []
  /// The folder that `outputlookup` writes to.
  package var lookupOutput: String?
  /// A CSV with the places of addresses.
  package var places: String?

  package init() {}

  /// Reads them all.
  package func read(into configuration: inout WorkspaceConfiguration) throws(UnreadableInput) {
    for path in functions {
      for file in try InputFile.files(path, endings: ["kql", "txt", "csl"]) {
        let name = FilePath(file).stem
        configuration.functions[name] = SourceText(name: name, text: try InputFile.text(file))
      }
    }
    for watchlist in watchlists {
      configuration.watchlists[watchlist.name] = try InputFile.watchlist(watchlist.path)
    }
    for external in externals { configuration.externals[external.name] = try InputFile.text(external.path) }
    for path in macros {
      for file in try InputFile.files(path, endings: ["conf", "json", "yml", "yaml"]) {
        configuration.macros.append(SourceText(name: file, text: try InputFile.text(file)))
      }
    }
    if let lookupOutput { configuration.lookupOutput = .folder(lookupOutput) }
    for folder in lookups + [lookupOutput].compactMap({ $0 }).filter(InputFile.exists) {
      for file in try InputFile.files(folder, endings: WorkspaceConfiguration.lookupEndings) {
        configuration.addLookups(SourceText(name: file, text: try InputFile.text(file)))
      }
    }
    if let places { configuration.places = try CompanionPaths.places(places) }
  }

  private static func places(_ path: String) throws(UnreadableInput) -> AddressPlaces {
    guard let table = AddressPlaces(try InputFile.csv(path)) else {
      throw UnreadableInput(
        path: path,
        reason: "it needs a column network, or start and end, and one of country, state, city, latitude")
    }
    if let row = table.unreadableRow {
      throw UnreadableInput(path: path, reason: "row \(row) behind its header has no readable network")
    }
    return table
  }
}
