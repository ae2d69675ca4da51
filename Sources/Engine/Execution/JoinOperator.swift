/// Matches rows of two tables by equal keys: the right side is put into a hash table, the left side looks up.
///
/// Rows come in the order of the left side, partners in the order of the right; rows of the right side that
/// found none (right and full outer) come last.
struct JoinOperator: Sendable {
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
    let usable = nullsMatch ? nil : Set(table.groupsWithoutNull())
    var leftGroups = table.lookUp(left, count: leftCount, nullsMatch: nullsMatch)
    if kind == .innerunique { JoinOperator.keepFirstOfEachGroup(&leftGroups) }
    var matches = Matches()
    var isMatched = [Bool](
      repeating: false, count: kind.keepsUnmatchedRight || kind.givesRight ? rightCount : 0)
    for row in 0..<leftCount {
      if row & 0xFFFF == 0 { try context.checkpoint() }
      let partners: ArraySlice<UInt32> =
        if let group = leftGroups[row], usable?.contains(group) ?? true { buckets[Int(group)] } else { [] }
      let wanted = maximumMatches.map { partners.prefix($0) } ?? partners
      switch kind {
      case .inner, .innerunique, .leftouter, .rightouter, .fullouter:
        for partner in wanted {
          matches.left.append(UInt32(row))
          matches.right.append(partner)
          if !isMatched.isEmpty { isMatched[Int(partner)] = true }
        }
        if wanted.isEmpty, kind == .leftouter || kind == .fullouter {
          matches.left.append(UInt32(row))
          matches.right.append(Matches.missing)
        }
        if row & 0xFFF == 0 { try context.check(rows: matches.left.count, in: "a join") }
      case .leftsemi: if !wanted.isEmpty { matches.left.append(UInt32(row)) }
      case .leftanti: if wanted.isEmpty { matches.left.append(UInt32(row)) }
      case .rightsemi, .rightanti: for partner in wanted { isMatched[Int(partner)] = true }
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

  private static func keepFirstOfEachGroup(_ groups: inout [UInt32?]) {
    var seen: Set<UInt32> = []
    for row in groups.indices {
      if let group = groups[row], !seen.insert(group).inserted { groups[row] = nil }
    }
  }

  /// The rows of each group, side by side.
  private struct Buckets {
    private var starts: [Int]
    private var rows: [UInt32]

    init(groups: [UInt32], groupCount: Int) {
      starts = [Int](repeating: 0, count: groupCount + 1)
      for group in groups { starts[Int(group) + 1] += 1 }
      for group in 0..<groupCount { starts[group + 1] += starts[group] }
      var next = starts
      rows = [UInt32](repeating: 0, count: groups.count)
      for (row, group) in groups.enumerated() {
        rows[next[Int(group)]] = UInt32(row)
        next[Int(group)] += 1
      }
    }

    subscript(group: Int) -> ArraySlice<UInt32> {
      group + 1 < starts.count ? rows[starts[group]..<starts[group + 1]] : []
    }
  }
}

extension Join.Kind {
  /// Rows of the right side without a partner are given too.
  var keepsUnmatchedRight: Bool { self == .rightouter || self == .fullouter }
  /// Only columns of the right side are given.
  var givesRight: Bool { self == .rightsemi || self == .rightanti }
}
