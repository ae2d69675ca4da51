import Engine
import Session

/// A page of the reference in the documentation: functions of one family, or the operators or commands of a language.
///
/// The pages are made from the records, and a test keeps the committed ones current.
struct ReferencePage {
  /// `KQLFunctions-Text.md`.
  var fileName: String
  var text: String

  static func all(of languages: FrontEnds) -> [ReferencePage] {
    languages.all.flatMap { language -> [ReferencePage] in
      let families = titles.compactMap { title in
        let functions = FunctionCatalog.families.filter { $0.title == title }
        return page(language, title, functions.flatMap { FunctionPage.scalars($0, of: languages) })
      }
      let others = [
        page(language, "Aggregates", AggregateCatalog.all.map(FunctionPage.init)),
        page(language, "Rows in order", WindowFunctionCatalog.all.map(FunctionPage.init)),
        page(language, "Special forms", FunctionPage.special(of: languages)),
        page(language, "Plugins of evaluate", FunctionPage.plugins(of: languages)),
        stages(of: language),
      ]
      return families + others.compactMap { $0 }
    }
  }

  /// The families' titles, each once: two languages may have one of the same title.
  private static let titles: [String] = FunctionCatalog.families.map(\.title).reduce(into: []) {
    if !$0.contains($1) { $0.append($1) }
  }

  /// nil if a language has none of the functions.
  private static func page(
    _ language: any FrontEnd, _ title: String, _ functions: [FunctionPage]
  ) -> ReferencePage? {
    let own = functions.compactMap { $0.only(language.dialect.language) }.sorted { $0.sortKey < $1.sortKey }
    if own.isEmpty { return nil }
    let word = title.split(separator: " ").map(capitalized).joined()
    var text = "# \(language.title): \(title)\n\n"
    text += "\(title) of \(language.title) as Trawl runs them. `trawl functions NAME` prints the same.\n\n"
    text += own.map(\.markdown).joined()
    return ReferencePage(fileName: "\(language.title)Functions-\(word).md", text: trimmed(text))
  }

  private static func stages(of language: any FrontEnd) -> ReferencePage? {
    guard let kind = language.reference.stages?.kind else { return nil }
    let own = FunctionPage.stages(of: language).sorted { $0.sortKey < $1.sortKey }
    let title = language.title
    return ReferencePage(
      fileName: "\(title)\(capitalized(kind))s.md",
      text: trimmed(
        "# \(title): \(capitalized(kind))s\n\nThe \(kind)s of \(title) that Trawl runs. "
          + "`trawl functions NAME` prints the same.\n\n" + own.map(\.markdown).joined()))
  }

  private static func capitalized(_ word: some StringProtocol) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    return text + "\n"
  }
}

extension FunctionPage {
  /// The page with the names and examples of one language; nil if it has no name there.
  fileprivate func only(_ language: Language) -> FunctionPage? {
    var page = self
    let kept = names.indices.filter { names[$0].isOf(language) }
    if kept.isEmpty { return nil }
    page.names = kept.map { names[$0] }
    page.signatures = kept.map { signatures[$0] }
    page.examples = examples.filter { $0.language == language }
    return page
  }

  fileprivate var sortKey: String { (names.first { !$0.isAlias } ?? names.first)?.text.lowercased() ?? "" }
}
