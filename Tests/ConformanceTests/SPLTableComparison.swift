import Foundation

/// Whether the answer to a search is the table that Splunk gives.
enum SPLTableComparison {
  enum Verdict: Equatable {
    case equal
    /// Equal but for how a number is written, an empty text for no value, the order of columns, more columns.
    case alike(String)
    case different(String)

    var rank: Int {
      switch self {
      case .equal: 0
      case .alike: 1
      case .different: 2
      }
    }
  }

  static func compare(_ vector: SPLVector, _ names: [String], _ rows: [[SPLCell]]) -> Verdict {
    var notes: [String] = []
    let missing = vector.columns.filter { !names.contains($0) }
    if !missing.isEmpty {
      let places = missing.compactMap { vector.columns.firstIndex(of: $0) }
      let isEmpty = vector.answers[0].allSatisfy { row in places.allSatisfy { row[$0] == .none } }
      if !isEmpty { return .different("no column \(missing.joined(separator: ", ")), there are \(names)") }
      notes.append("columns without values are left out")
    }
    let more = names.filter { !vector.columns.contains($0) && !$0.hasPrefix("_") }
    if !more.isEmpty, !vector.mayHaveMoreColumns { notes.append("more columns: \(more)") }
    if vector.columns.filter(names.contains) != names.filter(vector.columns.contains) {
      notes.append("the order of columns")
    }
    let places = vector.columns.map { names.firstIndex(of: $0) }
    let found = rows.map { row in places.map { $0.map { row[$0] } ?? .none } }
    let verdicts = vector.answers.map { compare($0, found, vector) }
    guard let best = verdicts.min(by: { $0.rank < $1.rank }) else { return .different("nothing to compare") }
    if best == .equal, !notes.isEmpty { return .alike(notes.joined(separator: "; ")) }
    return best
  }

  private static func compare(_ wanted: [[SPLCell]], _ found: [[SPLCell]], _ vector: SPLVector) -> Verdict {
    guard wanted.count == found.count else {
      let filled = [wanted, found].map { $0.filter { !$0.allSatisfy { $0 == .none || $0 == .text("") } } }
      if filled[0].count == filled[1].count, filled[0].count < max(wanted.count, found.count),
        compare(filled[0], filled[1], vector) == .equal
      {
        return .alike("rows without values")
      }
      return .different("\(found.count) rows instead of \(wanted.count)")
    }
    if vector.isOrdered {
      let verdicts = zip(wanted, found).map { row($0, $1, vector) }
      for (index, verdict) in verdicts.enumerated() {
        if case .different(let reason) = verdict { return .different("row \(index + 1): \(reason)") }
      }
      return verdicts.first { $0 != .equal } ?? .equal
    }
    var rest = found
    var result = Verdict.equal
    for one in wanted {
      let verdicts = rest.map { row(one, $0, vector) }
      guard let best = verdicts.indices.min(by: { verdicts[$0].rank < verdicts[$1].rank }),
        verdicts[best].rank < 2
      else { return .different("no row \(one.map(\.shown))") }
      if result == .equal { result = verdicts[best] }
      rest.remove(at: best)
    }
    return result
  }

  private static func row(_ wanted: [SPLCell], _ found: [SPLCell], _ vector: SPLVector) -> Verdict {
    var result = Verdict.equal
    for (first, second) in zip(wanted, found) {
      let verdict = cell(first, second, isUnordered: vector.hasUnorderedValues)
      if verdict.rank == 2 { return verdict }
      if result == .equal { result = verdict }
    }
    return result
  }

  private static func cell(_ wanted: SPLCell, _ found: SPLCell, isUnordered: Bool = false) -> Verdict {
    switch (wanted, found) {
    case (.none, .none): return .equal
    case (.none, .text("")): return .alike("an empty text for no value")
    case (.none, _): return .different("`\(found.shown)` for no value")
    case (.text(""), .none): return .alike("no value for an empty text")
    case (_, .none): return .different("no value for `\(wanted.shown)`")
    case (.list(let wanted), _):
      var parts = [found]
      if case .list(let several) = found { parts = several }
      guard parts.count == wanted.count else { return .different("\(parts.count) values") }
      let sorted = isUnordered
      let pairs = zip(
        sorted ? wanted.sorted { $0.shown < $1.shown } : wanted,
        sorted ? parts.sorted { $0.shown < $1.shown } : parts)
      let verdicts = pairs.map { cell($0, $1) }
      return verdicts.max { $0.rank < $1.rank } ?? .equal
    case (_, .list(let parts)):
      if parts.count == 1 { return cell(wanted, parts[0]) }
      return wanted.shown == found.shown ? .equal : .different("several values for `\(wanted.shown)`")
    case (.text, .text), (.text, .number), (.number, .text), (.number, .number):
      return single(wanted, found)
    }
  }

  private static func single(_ wanted: SPLCell, _ found: SPLCell) -> Verdict {
    var found = found
    if case .number = wanted, case .text(let text) = found, let seconds = seconds(of: text) {
      found = .number(seconds == seconds.rounded() ? String(Int64(seconds)) : "\(seconds)")
    }
    if wanted.shown == found.shown { return .equal }
    if let first = wanted.value, let second = found.value {
      if first == second || abs(first - second) <= 1e-9 * max(abs(first), abs(second)) {
        return .alike("how `\(wanted.shown)` is written: `\(found.shown)`")
      }
    }
    return .different("`\(found.shown)` for `\(wanted.shown)`")
  }

  /// The seconds since 1970 of a time in the form of ISO 8601.
  private static func seconds(of text: String) -> Double? {
    guard let match = text.wholeMatch(of: /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z/),
      let date = try? Date(String(match.1) + "Z", strategy: .iso8601)
    else { return nil }
    return date.timeIntervalSince1970 + (match.2.flatMap { Double("0" + $0) } ?? 0)
  }
}
