import Engine
import KQL
import SPL

/// A page of the reference in the documentation: functions of one family, or the operators or commands of a language.
///
/// The pages are made from the records, and a test keeps the committed ones current.
struct ReferencePage {
  /// `KQLFunctions-Text.md`.
  var fileName: String
  var text: String

  static let all: [ReferencePage] =
    Language.allCases.flatMap { language -> [ReferencePage] in
      let families = titles.compactMap { page(language, $0, functions(of: $0)) }
      let others = [
        page(language, "Aggregates", AggregateCatalog.all.map(FunctionPage.init)),
        page(language, "Rows in order", WindowFunctionCatalog.all.map(FunctionPage.init)),
        page(
          language, "Special forms",
          (KQLSpecialFunctions.all + SPLSpecialFunctions.all).map { FunctionPage($0) }),
        page(language, "Plugins of evaluate", KQLPluginReference.all.map { FunctionPage($0, kind: .plugin) }),
      ]
      return families + others.compactMap { $0 }
    } + [
      stages("KQLOperators", "KQL: Operators", "The operators of KQL that Trawl runs.", .stage),
      stages("SPLCommands", "SPL: Commands", "The commands of SPL that Trawl runs.", .command),
    ]

  /// The families' titles, each once: both languages may have one of the same title.
  private static let titles: [String] = FunctionCatalog.families.map(\.title).reduce(into: []) {
    if !$0.contains($1) { $0.append($1) }
  }

  private static func functions(of title: String) -> [FunctionPage] {
    FunctionCatalog.families.filter { $0.title == title }.flatMap(\.functions).compactMap(FunctionPage.init)
  }

  /// nil if a language has none of the functions.
  private static func page(
    _ language: Language, _ title: String, _ functions: [FunctionPage]
  ) -> ReferencePage? {
    let own = functions.compactMap { $0.only(language) }.sorted { $0.sortKey < $1.sortKey }
    if own.isEmpty { return nil }
    let languageName = language.rawValue.uppercased()
    let word = title.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    var text = "# \(languageName): \(title)\n\n"
    text += "\(title) of \(languageName) as Trawl runs them. `trawl functions NAME` prints the same.\n\n"
    text += own.map(\.markdown).joined()
    return ReferencePage(fileName: "\(languageName)Functions-\(word).md", text: trimmed(text))
  }

  private static func stages(
    _ name: String, _ title: String, _ opening: String, _ kind: FunctionPage.Kind
  ) -> ReferencePage {
    let own = FunctionPage.stages.filter { $0.kind == kind }.sorted { $0.sortKey < $1.sortKey }
    return ReferencePage(
      fileName: "\(name).md",
      text: trimmed(
        "# \(title)\n\n\(opening) `trawl functions NAME` prints the same.\n\n"
          + own.map(\.markdown).joined()))
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
    let kept = names.indices.filter { names[$0].language == language && !names[$0].isInternal }
    if kept.isEmpty { return nil }
    page.names = kept.map { names[$0] }
    page.signatures = kept.map { signatures[$0] }
    page.examples = examples.filter { $0.language == language }
    return page
  }

  fileprivate var sortKey: String { (names.first { !$0.isAlias } ?? names.first)?.text.lowercased() ?? "" }
}
