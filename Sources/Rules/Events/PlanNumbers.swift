import Engine

extension Engine.Expression {
  /// The numbers that stand in it and could say how many events there are, and one more than each.
  func collectCounts(into counts: inout Set<Int>) {
    if let value = constantValue, let number = value.number ?? Double(value.kqlText), number >= 0,
      number < Double(LogicalPlan.mostEvents)
    {
      counts.formUnion([Int(number), Int(number) + 1])
    }
    for operand in operands { operand.collectCounts(into: &counts) }
  }
}

extension LogicalPlan {
  /// More events are no small log.
  static let mostEvents = 2_000

  /// The numbers that stand in a plan and could say how many events it asks for, the least first.
  var numbers: [Int] {
    var counts: Set<Int> = [2, 3, 5]
    forEachNode { node in
      for expression in node.expressions { expression.collectCounts(into: &counts) }
    }
    return counts.filter { $0 > 1 }.sorted()
  }
}
