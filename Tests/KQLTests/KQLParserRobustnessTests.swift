import Diagnostics
import Foundation
import KQL
import Testing

/// Whatever the bytes, parsing ends, in a tree and messages, and within a small stack.
@Suite struct KQLParserRobustnessTests {
  /// A small generator with a printed seed, so that a failure can be run again.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bits = state
      bits ^= bits >> 33
      bits = bits &* 0xFF51_AFD7_ED55_8CCD
      return bits ^ (bits >> 33)
    }
  }

  private static let fragments = [
    "|", "(", ")", "[", "]", "{", "}", ",", ";", "=", "==", "..", ".", "*", "-", "!", "'", "\"", "`", "```",
    "@\"",
    "h'", "\\", "\n", "//", "#", "let ", "by ", "on ", "in ", "in (", "between (", "dynamic(", "datetime(",
    "datatable(a:int)[", "join ", "mv-apply ", "scan ", "with (", "step ", "print ", "range ", "union ",
    "typeof(", "to ", "project-", "1", "0x", "1.", "1e", "99999999999999999999", "1d", "é", "\u{200B}", "“",
    "\u{0}", "not ", "and ", "or ", "$left.", "[\"", "where ", "let f = (a:long) {", "view (", "set ",
    "declare ",
    "search ", "find ", "externaldata(", "parse x with ", "top-nested ", "fork (", "partition by x (",
  ]

  @Test func `mutated queries never trap and always end`() {
    let seed: UInt64 = 20_240_601
    var generator = Generator(state: seed)
    for round in 0..<3000 {
      let base = KQLParserOperatorTests.queries[round % KQLParserOperatorTests.queries.count]
      var bytes = Array(base.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          let end = min(bytes.count, place + Int.random(in: 1...8, using: &generator))
          bytes.removeSubrange(place..<end)
        case 1:
          bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        default:
          let fragment = Self.fragments[Int.random(in: 0..<Self.fragments.count, using: &generator)]
          bytes.insert(contentsOf: Array(fragment.utf8), at: place)
        }
      }
      let source = SourceText(
        name: "seed \(seed) round \(round)", text: String(decoding: bytes, as: UTF8.self))
      let (tree, diagnostics) = KQL.parse(source)
      _ = DiagnosticRenderer.render(diagnostics, in: source)
      _ = tree.description
      // What was accepted must print back to something that is accepted.
      if diagnostics.isEmpty {
        let printed = SourceText(name: "printed", text: KQLSourcePrinter.text(tree))
        let (again, more) = KQL.parse(printed)
        #expect(more.isEmpty && again.description == tree.description, "\(source.text)\n\(printed.text)")
      }
    }
  }

  static let nested: [String] = [
    String(repeating: "(", count: 50_000), "print " + String(repeating: "(", count: 50_000) + "1",
    "print " + String(repeating: "(", count: 190) + "1" + String(repeating: ")", count: 190),
    "print " + String(repeating: "f(", count: 60) + "1" + String(repeating: ")", count: 60),
    "print " + String(repeating: "f(", count: 50_000), "print " + String(repeating: "-", count: 50_000) + "1",
    "print " + String(repeating: "!", count: 50_000) + "a",
    "print a" + String(repeating: "[0", count: 50_000),
    "print a" + String(repeating: ".b", count: 50_000), "print 1" + String(repeating: " + 1", count: 50_000),
    "print a" + String(repeating: " has 'x'", count: 50_000),
    "print a" + String(repeating: " in (1)", count: 50_000),
    "print dynamic(" + String(repeating: "[", count: 50_000),
    "print dynamic(" + String(repeating: "{'a':", count: 50_000),
    "print dynamic(" + String(repeating: "dynamic(", count: 50_000),
    String(repeating: "T | join (", count: 20_000), String(repeating: "union (", count: 20_000),
    String(repeating: "T | mv-apply x on (", count: 20_000) + "count",
    String(repeating: "let f = () {", count: 20_000),
    "T | where a in (" + String(repeating: "(", count: 20_000),
    "T | where a " + String(repeating: "between (", count: 20_000),
    "T | where " + String(repeating: "not ", count: 20_000) + "a",
    "T | fork (" + String(repeating: "fork (", count: 20_000),
    "T | where " + String(repeating: "a in (T | where ", count: 20_000),
  ]

  @Test func `deep nesting is reported and doesn't exhaust a small stack`() {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      for text in Self.nested {
        let (tree, diagnostics) = KQL.parse(SourceText(name: "deep", text: text))
        if text.utf8.count > 1000 { #expect(!diagnostics.isEmpty, "\(text.prefix(30))") }
        _ = tree
      }
      done.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    done.wait()
  }

  @Test func `long flat queries are no deep trees`() {
    let terms = "T | where " + (0..<5000).map { "a == \($0)" }.joined(separator: " or ")
    #expect(KQL.parse(SourceText(name: "flat", text: terms)).1.isEmpty)
    let stages = "T" + String(repeating: " | where a", count: 5000)
    #expect(KQL.parse(SourceText(name: "flat", text: stages)).1.isEmpty)
    let list = "T | where a in (" + (0..<5000).map { "'x\($0)'" }.joined(separator: ", ") + ")"
    #expect(KQL.parse(SourceText(name: "flat", text: list)).1.isEmpty)
  }
}
