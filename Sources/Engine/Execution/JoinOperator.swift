/// Matches rows of two tables by equal keys: the right side is put into a hash table, the left side looks up.
///
/// Rows come in the order of the left side, partners in the order of the right; rows of the right side that
/// found none (right and full outer) come last.
struct JoinOperator: Sendable {
  /// A few keys may match millions of rows, so time and rows are looked at by matches too.
  private static let matchesBetweenChecks = 1 << 20

  let kind: Join.Kind
  let nullsMatch: Bool
  let maximumMatches: Int?

  /// Row indexes of both sides, side by side; `missing` where there is no partner.
  struct Matches {
    static let missing = UInt32.max
    var left: [UInt32] = []
    var right: [UInt32] = []
  }

  func match(
    left: [Column], leftCount: Int, right: [Column], rightCount: Int, types: [DataType],
    context: ExecutionContext
  ) throws(ExecutionFailure) -> Matches {
    var table = GroupTable(types: types)
    let rightGroups = table.groups(of: right, count: rightCount)
    let buckets = Buckets(groups: rightGroups, groupCount: table.count)
    // A left key that may not match, because it has a null, finds no group; so groups of nulls need no test.
    var leftGroups = table.lookUp(left, count: leftCount, nullsMatch: nullsMatch)
    if kind == .innerunique { JoinOperator.keepFirstOfEachGroup(&leftGroups, groupCount: table.count) }
    var matches = Matches()
    var isMatched = [Bool](
      repeating: false, count: kind.keepsUnmatchedRight || kind.givesRight ? rightCount : 0)
    let limit = maximumMatches ?? Int.max
    var nextCheck = JoinOperator.matchesBetweenChecks
    for row in 0..<leftCount {
      if row & 0xFFFF == 0 { try context.checkpoint() }
      let partners = buckets.range(of: leftGroups[row], limit: limit)
      switch kind {
      case .inner, .innerunique, .leftouter, .rightouter, .fullouter:
        for position in partners {
          let partner = buckets.rows[position]
          matches.left.append(UInt32(truncatingIfNeeded: row))
          matches.right.append(partner)
          if !isMatched.isEmpty { isMatched[Int(partner)] = true }
        }
        if partners.isEmpty, kind == .leftouter || kind == .fullouter {
          matches.left.append(UInt32(truncatingIfNeeded: row))
          matches.right.append(Matches.missing)
        }
        if matches.left.count >= nextCheck {
          nextCheck = matches.left.count + JoinOperator.matchesBetweenChecks
          try context.checkpoint()
          try context.check(rows: matches.left.count, in: "a join")
          // The lists of both sides double as they grow.
          try RunLimits.reserve(matches.left.count * 16, for: "a join")
        }
      case .leftsemi: if !partners.isEmpty { matches.left.append(UInt32(truncatingIfNeeded: row)) }
      case .leftanti: if partners.isEmpty { matches.left.append(UInt32(truncatingIfNeeded: row)) }
      case .rightsemi, .rightanti: for position in partners { isMatched[Int(buckets.rows[position])] = true }
      }
    }
    for row in isMatched.indices {
      switch kind {
      case .rightouter, .fullouter:
        if !isMatched[row] {
          matches.left.append(Matches.missing)
          matches.right.append(UInt32(row))
        }
      case .rightsemi: if isMatched[row] { matches.right.append(UInt32(row)) }
      case .rightanti: if !isMatched[row] { matches.right.append(UInt32(row)) }
      case .inner, .innerunique, .leftouter, .leftsemi, .leftanti: break
      }
    }
    return matches
  }

  private static func keepFirstOfEachGroup(_ groups: inout [UInt32], groupCount: Int) {
    var isSeen = [Bool](repeating: false, count: groupCount)
    for row in groups.indices where groups[row] != GroupTable.noGroup {
      if isSeen[Int(groups[row])] {
        groups[row] = GroupTable.noGroup
      } else {
        isSeen[Int(groups[row])] = true
      }
    }
  }

  /// The rows of each group, side by side.
  private struct Buckets {
    private var starts: [Int]
    let rows: [UInt32]

    init(groups: [UInt32], groupCount: Int) {
      var starts = [Int](repeating: 0, count: groupCount + 1)
      for group in groups { starts[Int(group) + 1] += 1 }
      for group in 0..<groupCount { starts[group + 1] += starts[group] }
      var next = starts
      var rows = [UInt32](repeating: 0, count: groups.count)
      for row in groups.indices {
        let group = Int(groups[row])
        rows[next[group]] = UInt32(truncatingIfNeeded: row)
        next[group] += 1
      }
      self.starts = starts
      self.rows = rows
    }

    /// Where the rows of a group stand, at most `limit` of them.
    @inline(__always)
    func range(of group: UInt32, limit: Int) -> Range<Int> {
      let group = Int(group)
      guard group < starts.count - 1 else { return 0..<0 }
      let start = starts[group]
      return start..<start + min(starts[group + 1] - start, limit)
    }
  }
}

extension Join.Kind {
  /// Rows of the right side without a partner are given too.
  var keepsUnmatchedRight: Bool { self == .rightouter || self == .fullouter }
  /// Only columns of the right side are given.
  var givesRight: Bool { self == .rightsemi || self == .rightanti }
}
