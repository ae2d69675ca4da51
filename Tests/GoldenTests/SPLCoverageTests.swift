import Diagnostics
import Engine
import SPL
import Testing

/// Every command and every function of SPL stands in a golden case: who adds one adds a case.
@Suite struct SPLCoverageTests {
  private static let texts: [String] = GoldenCase.all(in: "spl").compactMap { $0.section("spl") }

  /// The names of the commands of a text, those inside its brackets too.
  private static func commands(in value: Any, depth: Int = 0) -> Set<String> {
    if depth > 60 { return [] }
    var names: Set<String> = []
    if let command = value as? CommandSyntax { names.insert(command.name) }
    for child in Mirror(reflecting: value).children {
      names.formUnion(commands(in: child.value, depth: depth + 1))
    }
    return names
  }

  @Test func `every command stands in a case`() {
    let used = SPLCoverageTests.texts.reduce(into: Set<String>()) { names, text in
      let pipeline = SPL.parse(SourceText(name: "case", text: text)).0
      names.formUnion(SPLCoverageTests.commands(in: pipeline))
    }
    let missing = CommandCatalog.all.map { $0.names[0] }.filter { !used.contains($0) }
    #expect(missing.isEmpty, "no case has \(missing)")
  }

  @Test func `every command says how it is written and has an example that holds it`() {
    for record in CommandCatalog.all {
      #expect(record.reference.syntax.hasPrefix(record.names[0]), "\(record.names[0])")
      let used = record.reference.examples.reduce(into: Set<String>()) { names, example in
        let pipeline = SPL.parse(SourceText(name: "example", text: example.expression)).0
        names.formUnion(SPLCoverageTests.commands(in: pipeline))
      }
      #expect(used.contains(record.names[0]), "\(record.names[0])")
    }
  }

  @Test func `every function stands in a case`() {
    let words = Set(
      SPLCoverageTests.texts.flatMap { text in
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      })
    let names = (SPL.functionNames + AggregateCatalog.names(in: .spl)).filter { name in
      name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }
    // `perc` and its like stand with their number, as `perc95`.
    let numbered = Set(words.map { String($0.prefix { !$0.isNumber }) })
    let missing = names.filter { !words.contains($0.lowercased()) && !numbered.contains($0.lowercased()) }
    #expect(missing.isEmpty, "no case has \(missing)")
  }
}
