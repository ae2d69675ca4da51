/// What a path says of its file.
///
/// ```
///   rules/ses.tests.yml    name ses.tests.yml, stem ses.tests, folder rules/, without ending rules/ses.tests
/// ```
package struct FilePath: Hashable, Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// Without its folder.
  package var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The name without its ending; a name that only begins with a dot has none.
  package var stem: String {
    let name = name
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// With its slash; empty of a file that is named without one.
  package var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

  package var withoutEnding: String { folder + stem }

  package var isYAML: Bool {
    let name = path.lowercased()
    return name.hasSuffix(".yml") || name.hasSuffix(".yaml")
  }
}
