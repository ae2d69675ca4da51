/// Folders in which files must lie, whatever links or `..` stand in their paths.
///
/// ```
///   FolderBoundary(["rules"]).holds("rules/a/../../secret.csv")   // false
/// ```
package struct FolderBoundary: Hashable, Sendable {
  /// Resolved, each with its slash.
  private var roots: [String]
  /// As they were named.
  package private(set) var names: [String]

  /// A file stands for itself alone.
  package init(_ paths: [String]) {
    names = paths
    roots = paths.compactMap { FilePath.resolved($0.isEmpty ? "." : $0) }
  }

  /// False for what is not there.
  package func holds(_ path: String) -> Bool {
    guard let target = FilePath.resolved(path) else { return false }
    return roots.contains { target == $0 || target.hasPrefix($0 == "/" ? $0 : $0 + "/") }
  }

  package func adding(_ path: String) -> FolderBoundary { FolderBoundary(names + [path]) }
}
