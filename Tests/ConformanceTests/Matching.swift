/// Finds partners for all elements of a list among those of another, whatever their order.
enum Matching {
  static func perfect<Element, Candidate>(
    _ elements: [Element], _ candidates: [Candidate],
    _ compare: (Element, Candidate) -> CellComparison.Verdict
  ) -> CellComparison.Verdict {
    var edges: [[(candidate: Int, isRounded: Bool)]] = []
    for element in elements {
      var row: [(candidate: Int, isRounded: Bool)] = []
      for (index, candidate) in candidates.enumerated() {
        let verdict = compare(element, candidate)
        if verdict.isEqual { row.append((index, verdict == .rounded)) }
      }
      if row.isEmpty { return .different }
      // Exact partners first.
      edges.append(row.filter { !$0.isRounded } + row.filter(\.isRounded))
    }
    var owner: [Int: Int] = [:]
    func place(_ element: Int, _ seen: inout Set<Int>) -> Bool {
      for edge in edges[element] where seen.insert(edge.candidate).inserted {
        if let other = owner[edge.candidate], !place(other, &seen) { continue }
        owner[edge.candidate] = element
        return true
      }
      return false
    }
    for element in elements.indices {
      var seen: Set<Int> = []
      if !place(element, &seen) { return .different }
    }
    let isRounded = owner.contains { candidate, element in
      edges[element].contains { $0.candidate == candidate && $0.isRounded }
    }
    return isRounded ? .rounded : .equal
  }
}
