import Engine
import KQL
import Testing

/// Every operator of KQL stands in a golden case: who adds one adds a case.
@Suite struct KQLCoverageTests {
  /// The words of a text that are operators: what a pipe or a parenthesis stands before, and the first of all.
  private static func words(of text: String) -> Set<String> {
    var words: Set<String> = []
    var isStart = true
    var word = ""
    for character in text + "\n" {
      if character.isLetter || character.isNumber || character == "-" || character == "_" {
        word.append(character)
        continue
      }
      if !word.isEmpty {
        if isStart { words.insert(word) }
        isStart = false
        word = ""
      }
      if character == "|" || character == "(" || character == ";" || character == "=" { isStart = true }
    }
    return words
  }

  @Test func `every operator stands in a case`() {
    let used = GoldenCase.all(in: "kql").compactMap { $0.section("kql") }
      .reduce(into: Set<String>()) { $0.formUnion(KQLCoverageTests.words(of: $1)) }
    let missing = KQLOperatorTable.all.map { $0.reference.names[0].text }.filter { !used.contains($0) }
    #expect(missing.isEmpty, "no case has \(missing)")
  }

  @Test func `every operator says how it is written and has an example that holds it`() {
    for record in KQLOperatorTable.all {
      let name = record.reference.names[0].text
      #expect(record.reference.syntax.contains(name), "\(name)")
      let used = record.reference.examples.reduce(into: Set<String>()) {
        $0.formUnion(KQLCoverageTests.words(of: $1.expression))
      }
      #expect(used.contains(name), "\(name)")
    }
  }

  @Test func `every name is that of one operator`() {
    let names = KQLOperatorTable.all.flatMap(\.reference.names).map(\.text)
    #expect(Set(names).count == names.count)
  }
}
