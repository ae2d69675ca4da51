import Foundation
import Testing

/// Cases that are written in the other language, and back again, give the same rows; which are refused, and why, is
/// recorded.
@Suite struct PortGoldenTests {
  @Test(arguments: ["kql", "spl"]) func `a case that is written in the other language gives its rows`(
    _ language: String
  ) throws {
    var same: [String] = []
    var refused: [String: [String]] = [:]
    for golden in GoldenCase.all(in: language) {
      let name = golden.file.deletingPathExtension().lastPathComponent
      switch try PortedCase(golden).outcome() {
      case .same: same.append(name)
      case .refused(let reason): refused[plain(reason), default: []].append(name)
      case .oneWay(let reason): refused["on the way back, \(plain(reason))", default: []].append(name)
      case .said(let remarks): refused["other rows, as it says: \(remarks)", default: []].append(name)
      case .different(let text): Issue.record("\(golden): \(golden.section(language) ?? "")\n\(text)")
      }
    }
    if ProcessInfo.processInfo.environment["CASE"] != nil { return }
    var lines = ["# written in the other language and back: \(same.count)"]
    lines += same.map { "  \($0)" }
    for (reason, names) in refused.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
      lines.append("# \(names.count): \(reason.replacing("\n", with: " "))")
      lines += names.map { "  \($0)" }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Ports/\(language).txt")
    if GoldenCase.isRecording {
      try text.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(try text == String(contentsOf: file, encoding: .utf8))
    }
  }

  /// A reason without the words of the query that it is about.
  private func plain(_ reason: String) -> String {
    reason.firstRange(of: "` says: ").map { String(reason[$0.upperBound...]) } ?? reason
  }
}
