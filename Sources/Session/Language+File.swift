package import Engine

extension Language {
  /// The language by a file's ending; nil if the file holds no query.
  package init?(ofFile path: String) {
    let name = path.lowercased()
    if name.hasSuffix(".kql") || name.hasSuffix(".kusto") {
      self = .kql
    } else if name.hasSuffix(".spl") {
      self = .spl
    } else {
      return nil
    }
  }
}
