package import Diagnostics
import Engine

extension FrontEnd {
  /// A query as it is laid out: the same tokens and comments, with other white space between them.
  ///
  /// - Throws: what is wrong in a text that cannot be read.
  package func formatted(_ source: SourceText, in workspace: Workspace) throws(QueryFailure) -> String {
    let ends = LineEnds(of: source.text)
    switch ends {
    case .asTheyAre: return try laidOut(source, in: workspace)
    case .windows:
      let plain = SourceText(name: source.name, text: ends.removed(from: source.text))
      return ends.restored(in: try laidOut(plain, in: workspace))
    }
  }

  private func laidOut(_ source: SourceText, in workspace: Workspace) throws(QueryFailure) -> String {
    let (pieces, diagnostics) = layout(of: source, in: workspace)
    let errors = diagnostics.filter(\.preventsLayout)
    if !errors.isEmpty { throw QueryFailure(errors, in: source) }
    if pieces.isEmpty { return source.text }
    let text = QueryLayout.text(of: pieces, in: source, breaksAtSpaces: breaksAtSpaces)
    let (again, _) = layout(of: SourceText(name: source.name, text: text), in: workspace)
    guard LayoutPiece.sayTheSame(pieces, again) else {
      let message = "laid out, this would be another query"
      throw QueryFailure([.error("layout-changes-query", message, at: pieces[0].span)], in: source)
    }
    return text
  }

  /// How many arguments of a function take turns in its calls: two of `case(condition, value, …)`.
  func argumentsInTurn(of name: String) -> Int {
    if let special = reference.special.first(where: { $0.names.contains { $0.text == name } }) {
      // `[condition, value, …]`
      guard let open = special.signature.firstIndex(of: "["),
        let end = special.signature[open...].firstIndex(of: "…")
      else { return 1 }
      return max(1, special.signature[open..<end].count { $0 == "," })
    }
    guard let function = FunctionCatalog.scalar(name, in: dialect.language) else { return 1 }
    return max(1, function.signature.parameters.count(where: \.isRepeated))
  }
}

extension Diagnostic {
  /// The text cannot be read; what lenience passes over can.
  var preventsLayout: Bool { severity == .error && !yieldsToLenience }
}

extension LayoutPiece.Role {
  /// White space beside it says nothing.
  fileprivate var standsApart: Bool {
    switch self {
    case .pipe, .comma, .end, .open, .close: true
    case .word, .clause, .link, .comment, .lineComment: false
    }
  }
}

extension LayoutPiece {
  /// Whether two texts have the same tokens and the same comments, and words that are apart in both or in none.
  fileprivate static func sayTheSame(_ left: [LayoutPiece], _ right: [LayoutPiece]) -> Bool {
    func tokens(_ pieces: [LayoutPiece]) -> [LayoutPiece] { pieces.filter { !$0.isComment } }
    func comments(_ pieces: [LayoutPiece]) -> [String] { pieces.filter(\.isComment).map(\.text) }
    let (first, second) = (tokens(left), tokens(right))
    return comments(left) == comments(right) && first.count == second.count
      && first.indices.allSatisfy { index in
        let (one, other) = (first[index], second[index])
        return one.text == other.text && one.role == other.role
          && (one.isSpaced == other.isSpaced || one.role.standsApart || index == 0
            || first[index - 1].role.standsApart)
      }
  }
}
