import Diagnostics
import Engine
import SPL
import Testing

/// What becomes of golden searches that somebody has broken: a message or rows, never a trap.
@Suite struct SPLMutationTests {
  /// Words of the cases, put where they do not belong.
  private static let pieces = [
    " | ", "(", ")", "[", "]", "\"", "'", ",", "=", "\\", "<<ITEM>>", " by ", " as ", "*", "-", "0",
    "99999999999", "{}",
    " NOT ", "eval(", ".5", "span=0", "null()", "\u{0}", "é",
  ]

  @Test(arguments: 0..<6) func `no broken search traps`(_ seed: Int) throws {
    let cases = GoldenCase.all(in: "spl")
    for (index, golden) in cases.enumerated() {
      guard let text = golden.section("spl") else { continue }
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      let place = (index * 7 + seed * 3) % max(1, words.count)
      let piece = SPLMutationTests.pieces[(index + seed * 5) % SPLMutationTests.pieces.count]
      let parts = [words[..<place].joined(separator: " "), piece, words[place...].joined(separator: " ")]
      try run(parts.joined(separator: seed % 2 == 0 ? "" : " "), golden)
      try run(words[..<place].joined(separator: " "), golden)
    }
  }

  private func run(_ text: String, _ golden: GoldenCase) throws {
    var tables: [String: Table] = [:]
    for section in golden.sections where section.kind == "table" {
      tables[section.argument] = try TableText.parse(section.text)
    }
    let source = SourceText(name: "query", text: text)
    var environment = SPLEnvironment(events: GoldenEvents(fields: tables["events"]?.fields.map(\.name) ?? []))
    environment.lookups = tables
    do {
      let plan = try GoldenRun.compile(spl: source, environment, tables: tables).plan
      _ = try GoldenRun.run(Optimizer.optimize(plan), tables: tables, chunkSize: 7)
    } catch let failure as QueryFailure {
      _ = DiagnosticRenderer.render(failure.diagnostics, in: source)
      #expect(!failure.diagnostics.isEmpty)
    } catch let failure as ExecutionFailure {
      #expect(!failure.message.isEmpty)
    }
  }
}
