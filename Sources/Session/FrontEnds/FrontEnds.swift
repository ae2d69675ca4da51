/// The languages that a workspace reads.
package struct FrontEnds: Sendable {
  /// Taken where nothing says what a text is.
  package let usual: any FrontEnd
  /// In the order of lists and help.
  package let all: [any FrontEnd]

  package init(_ usual: any FrontEnd, _ others: any FrontEnd...) {
    self.usual = usual
    all = [usual] + others
  }

  package static let standard = FrontEnds(KQLFrontEnd(), SPLFrontEnd())

  package var names: [String] { all.map(\.name) }

  /// `KQL or SPL`.
  package var titles: String {
    let titles = all.map(\.title)
    guard titles.count > 1, let last = titles.last else { return titles.joined() }
    return "\(titles.dropLast().joined(separator: ", ")) or \(last)"
  }

  package func named(_ name: String) -> (any FrontEnd)? {
    let name = name.lowercased()
    return all.first { $0.name == name }
  }

  /// By a file's ending; nil if the file holds no query.
  package func language(ofFile path: String) -> (any FrontEnd)? {
    let path = path.lowercased()
    return all.first { $0.fileEndings.contains(where: path.hasSuffix) }
  }

  /// The folders beside rules that hold tables for them.
  package var companionFolders: [String] { all.compactMap(\.companionFolder) }
}

extension FrontEnds: Hashable {
  package static func == (left: FrontEnds, right: FrontEnds) -> Bool { left.names == right.names }

  package func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
