/// What `evaluate rows_near` is made of.
package enum NearRows {
  package static let all = [isNear]

  /// Whether a row that satisfies a condition is among so many rows behind or before.
  package static let isNear = WindowFunction(
    [.kql("[rows_near]")],
    Signature(
      [.bool("condition"), .long("rows before").constant, .long("rows after").constant],
      returns: .fixed(.bool)),
    "Whether a row near by satisfies a condition."
  ) { call in
    guard let column = call.arguments.first else { return .constant(.bool(false), .bool, count: call.count) }
    let before = Int(clamping: max(0, call.integer(1) ?? 0))
    let after = Int(clamping: max(0, call.integer(2) ?? 0))
    var isKept = [Bool](repeating: false, count: call.count)
    // Each row up to here is settled, so that the whole is one pass.
    var settled = 0
    for row in 0..<call.count where column.value(at: row) == .bool(true) {
      let end = min(
        call.count - 1, row > call.count - 1 - min(after, call.count) ? call.count - 1 : row + after)
      for near in max(settled, row - min(before, row))..<(end + 1) where near >= 0 { isKept[near] = true }
      settled = max(settled, end + 1)
    }
    return .bools(isKept)
  }
}
