/// Finds the names that somebody may have meant by a misspelt one.
public enum NearestNames {
  /// At most three candidates, best first: equal but for case, then within an edit distance of 2
  /// (1 for names under five letters).
  public static func of<Candidates: Sequence>(
    _ name: String, among candidates: Candidates
  ) -> [String] where Candidates.Element == String {
    let lowered = Array(name.lowercased().utf8)
    let limit = lowered.count < 5 ? 1 : 2
    var scored: [(distance: Int, name: String)] = []
    for candidate in candidates where candidate != name {
      let other = Array(candidate.lowercased().utf8)
      if abs(other.count - lowered.count) > limit { continue }
      let distance = editDistance(lowered, other, limit: limit)
      if distance <= limit { scored.append((distance, candidate)) }
    }
    scored.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return Array(scored.prefix(3).map(\.name))
  }

  /// Edits (insert, delete, replace, swap of neighbours) from one name to another; above `limit` any larger number.
  static func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [Int](repeating: row, count: right.count + 1)
      var best = row
      for column in 1...right.count {
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        var value = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          value = min(value, beforePrevious[column - 2] + 1)
        }
        current[column] = value
        best = min(best, value)
      }
      if best > limit { return limit + 1 }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
