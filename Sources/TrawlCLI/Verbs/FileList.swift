import Diagnostics

/// Files in a summary, each with what is to be said of it.
enum FileList {
  /// So many files are named; of more, the number is given.
  private static let namedFiles = 5

  static func lines(_ files: [(path: String, reason: String)], _ what: String) -> [String] {
    var lines = files.prefix(namedFiles).map {
      "  \(what): \(DisplayText.escaped($0.path)): \(DisplayText.escaped($0.reason))"
    }
    if files.count > namedFiles {
      var reasons: [String: Int] = [:]
      for file in files.dropFirst(namedFiles) { reasons[file.reason, default: 0] += 1 }
      for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(5) {
        lines.append("  \(what): \(count.grouped) more: \(DisplayText.escaped(reason))")
      }
    }
    return lines
  }
}
