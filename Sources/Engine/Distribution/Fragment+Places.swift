/// What tasks need beside their rows.
extension Fragment {
  /// Whether its tasks look up where addresses are.
  package var looksUpPlaces: Bool {
    plan.looksUpPlaces || output.keys.contains(where: \.looksUpPlaces)
      || inputs.contains { input in input.merges.map { LogicalPlan.aggregate($0).looksUpPlaces } ?? false }
  }
}

extension LogicalPlan {
  fileprivate var looksUpPlaces: Bool {
    var result = false
    forEachNode { node in result = result || node.expressions.contains(where: \.looksUpPlaces) }
    return result
  }
}

extension Expression {
  fileprivate var looksUpPlaces: Bool {
    contains {
      if case .call(let call) = $0 { AddressPlaceFunctions.all.contains(call.function) } else { false }
    }
  }
}
