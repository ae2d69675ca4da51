import Diagnostics
import Engine
import Session

/// `trawl functions [NAME]`: the functions, operators and commands of all languages, or all that is known of one.
enum FunctionsVerb: Verb {
  static let name = VerbName.functions

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let wantedLanguage = arguments.value(.language).flatMap { arguments.languages.named($0) }
    let asked = wantedLanguage.map { [$0] } ?? arguments.languages.all
    let languages = asked.map(\.dialect.language)
    let all =
      FunctionPage.functions(of: arguments.languages) + asked.flatMap { FunctionPage.stages(of: $0) }
    let pages = all.filter { page in
      page.names.contains { languages.contains($0.language) }
    }
    guard let wanted = arguments.operands.first else {
      show(listing(pages, languages), output, console)
      return .success
    }
    let found = find(wanted, in: pages, languages)
    for language in asked where found.isEmpty {
      guard let reason = language.reference.refusal(wanted) else { continue }
      throw UsageError(
        "unsupported-function", "`\(wanted)` is \(language.title) that Trawl doesn't run: \(reason)",
        verb: .functions)
    }
    if found.isEmpty {
      let names = pages.flatMap { page in page.names.filter { languages.contains($0.language) && !$0.isAlias }
      }
      .map(\.text)
      let parts = containing(wanted, names)
      let near = parts + NearestNames.of(wanted, among: Set(names)).filter { !parts.contains($0) }
      throw UsageError(
        "unknown-function", "no function named `\(wanted)`",
        advice: UsageError.suggestion(Array(near.prefix(5)))
          + ["`trawl functions` lists them"],
        verb: .functions)
    }
    switch output.format {
    case .table:
      console.write(found.map { $0.text(width: min(output.width ?? 100, 100)) }.joined(separator: "\n"))
    case .markdown: console.write(found.map(\.markdown).joined())
    case .json, .ndjson, .csv, .tsv, .typedJSON, .arrow: show(listing(found, languages), output, console)
    }
    return .success
  }

  /// Those of exactly that name, or else those that differ in case.
  private static func find(_ name: String, in pages: [FunctionPage], _ languages: [Language])
    -> [FunctionPage]
  {
    let exact = pages.filter { page in
      page.names.contains { $0.text == name && languages.contains($0.language) }
    }
    if !exact.isEmpty { return exact }
    let lowered = name.lowercased()
    return pages.filter { page in
      page.names.contains { $0.text.lowercased() == lowered && languages.contains($0.language) }
    }
  }

  private static func containing(_ part: String, _ names: [String]) -> [String] {
    let lowered = part.lowercased()
    return Array(
      Set(names.filter { lowered.count > 2 && $0.lowercased().contains(lowered) }).sorted().prefix(5))
  }

  private static func listing(_ pages: [FunctionPage], _ languages: [Language]) -> Table {
    var rows: [[String]] = []
    for page in pages {
      for name in page.names where languages.contains(name.language) && !name.isAlias {
        rows.append([name.text, name.language.name, page.kind.text, page.summary])
      }
    }
    rows.sort { ($0[0].lowercased(), $0[1], $0[2]) < ($1[0].lowercased(), $1[1], $1[2]) }
    return Table(
      fields: [
        Field("name", .string), Field("language", .string), Field("kind", .string), Field("summary", .string),
      ],
      rows: rows.map { $0.map { .string($0) } })
  }

  private static func show(_ table: Table, _ output: OutputSettings, _ console: Console) {
    let shown = output.limit.map { table.slice(0..<min($0, table.rowCount)) } ?? table
    console.write(shown, output.renderer())
    if shown.rowCount < table.rowCount {
      console.say(.note, "\(shown.rowCount) of \(table.rowCount) rows shown (--limit)")
    }
  }
}
