import Diagnostics
import Engine
import SPL
import Testing

/// Parsing gives a tree for any bytes, in time.
struct RobustnessTests {
  @Test(arguments: 1...8) func `no mutation of a search traps`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let texts = CommandCatalog.all.flatMap(\.reference.examples).map(\.expression) + [detectionText]
    let pieces = [
      "|", "(", ")", "[", "]", "\"", "'", "`", "```", ",", "=", "!=", "\\", "<<", ">>", "by ", "as ",
      "*", "$", ".", "{}", "é", "\0", "NOT ", "eval(", "where ", "-", "9",
    ]
    for _ in 0..<400 {
      var bytes = Array(texts[random.below(texts.count)].utf8)
      for _ in 0...random.below(4) {
        let place = random.below(bytes.count + 1)
        switch random.below(4) {
        case 0: bytes.insert(contentsOf: Array(pieces[random.below(pieces.count)].utf8), at: place)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(8)))
        case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
        default: bytes.append(contentsOf: bytes[..<place])
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let (tree, diagnostics) = parse(text)
      let length = text.utf8.count
      #expect(tree.span.upperBound <= length)
      #expect(
        diagnostics.allSatisfy { ($0.primary?.span.upperBound ?? 0) <= length }, "seed \(seed): \(text)")
      _ = SPL.dump(tree)
    }
  }

  @Test(arguments: ["(", "NOT ", "[", "x=1 OR (", "[search ", "(a=1 "])
  func `deep nesting in search is an error and no crash`(piece: String) {
    #expect(findings(String(repeating: piece, count: 20_000)).isEmpty == false)
  }

  @Test(arguments: ["(", "not ", "-", "f(", "1+(", "[", "a IN (", "case(1, "])
  func `deep nesting in where is an error and no crash`(piece: String) {
    #expect(findings("* | where " + String(repeating: piece, count: 20_000)).isEmpty == false)
  }

  @Test(arguments: ["+", "-", "*", ".", "=", " LIKE "])
  func `a long chain of operators is an error and no crash`(sign: String) {
    let ids = findings("* | where " + Array(repeating: "'a'", count: 20_000).joined(separator: sign))
    #expect(ids.first?.hasPrefix("too-deep@") == true)
  }

  @Test func `long lists of alternatives are fine`() throws {
    let search = (0..<5000).map { "x=\($0)" }.joined(separator: " OR ")
    let condition = (0..<5000).map { "x=\($0)" }.joined(separator: " OR ")
    #expect(try tree("\(search) | where \(condition)").stages.count == 2)
  }
}

/// A small seeded generator.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
