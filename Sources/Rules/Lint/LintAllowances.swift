import Diagnostics
import Engine

/// The findings that a rule's comments allow.
///
/// ```
/// // trawl: allow never-true, unused-let          KQL
/// ```trawl: allow group-by-unknown```             SPL, also inside `comment("…")`
/// # trawl: allow join-without-kind                YAML
/// ```
struct LintAllowances {
  struct Allowance: Hashable {
    var slug: String
    /// Within the file.
    var span: SourceSpan
  }

  private static let mark = "trawl: allow "

  let allowances: [Allowance]

  init(_ file: SourceText) {
    var found: [Allowance] = []
    for index in 0..<file.lineCount {
      let span = file.lineSpan(index)
      let line = Array(file[span].utf8)
      guard let start = LintAllowances.start(of: Array(LintAllowances.mark.utf8), in: line) else { continue }
      var word: [UInt8] = []
      var wordStart = start
      for offset in start...line.count {
        let byte = offset < line.count ? line[offset] : 0
        if (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 {
          if word.isEmpty { wordStart = offset }
          word.append(byte)
          continue
        }
        if !word.isEmpty {
          found.append(
            Allowance(
              slug: String(decoding: word, as: UTF8.self),
              span: SourceSpan(span.lowerBound + wordStart, span.lowerBound + offset)))
        }
        word = []
        // Slugs are parted by commas and blanks; all else ends the list.
        if byte != 44, byte != 32 { break }
      }
    }
    allowances = found
  }

  /// Behind the first mark that stands in a comment.
  private static func start(of mark: [UInt8], in line: [UInt8]) -> Int? {
    guard line.count > mark.count else { return nil }
    for offset in 0...(line.count - mark.count) where line[offset..<offset + mark.count].elementsEqual(mark) {
      let before = String(decoding: line[..<offset], as: UTF8.self)
      let isInComment =
        before.contains("//") || before.contains("#") || before.contains("`")
        || before.allSatisfy { $0 == " " }
      return isInComment ? offset + mark.count : nil
    }
    return nil
  }

  /// What is left, and a finding for each allowance that nothing came of.
  func applied(to findings: [Finding], in file: SourceText) -> [Finding] {
    if allowances.isEmpty { return findings }
    let slugs = Set(findings.filter { !$0.isError }.map(\.slug))
    let allowed = Set(allowances.map(\.slug))
    var result = findings.filter { $0.isError || !allowed.contains($0.slug) }
    for allowance in allowances where !slugs.contains(allowance.slug) {
      let known = LintCatalog.all.map(\.slug)
      let near =
        known.contains(allowance.slug) ? [] : NearestNames.of(allowance.slug, among: known)
      result.append(
        Finding(
          .warning(
            LintCatalog.unusedAllow, "nothing here is `\(allowance.slug)`: the allowance suppresses nothing",
            at: allowance.span, suggestions: near.map { .init("the nearest is `\($0)`") }), in: file))
    }
    return result
  }
}
