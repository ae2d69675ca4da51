extension DistinctState {
  /// SPL's `values`: in the order of the UTF-8 bytes; one value is a text, several are an array.
  func sortedTexts(_ runs: GroupedRuns<UInt32>, groupCount: Int) -> Column {
    // Sorted once for all groups: ranks are cheaper to sort by than texts.
    let texts = (0..<UInt32(elements.count)).map { elements.value(of: $0).text(in: arguments.dialect) }
    let order = (0..<UInt32(texts.count)).sorted {
      texts[Int($0)].precedes(texts[Int($1)])
    }
    var ranks = [UInt32](repeating: 0, count: texts.count)
    for (rank, code) in order.enumerated() { ranks[Int(code)] = UInt32(truncatingIfNeeded: rank) }
    var sorted = runs.map { ranks[Int($0)] }
    sorted.sortWithinGroups()
    return JSONArrays.column(
      sorted.map { order[Int($0)] }, groupCount: groupCount, elements: elements, form: .multivalue)
  }

  /// The least or the greatest value. Where texts are ordered as numbers, this is if all of them are numbers.
  func extremes(_ runs: GroupedRuns<UInt32>, groupCount: Int, greatest: Bool) -> Column {
    let values = (0..<UInt32(elements.count)).map { elements.value(of: $0) }
    let ordersNumbers = arguments.dialect.ordersTextsAsNumbers
    let numbers = ordersNumbers ? values.map { NumberReader.number($0) } : []
    let best: [Value] = (0..<groupCount).map { group in
      let codes = runs[group].map { Int($0) }
      if codes.isEmpty { return resultValue(of: KeyColumnEncoder.null) }
      if ordersNumbers,
        let number = DistinctState.extreme(codes.compactMap { numbers[$0] }, of: codes.count, greatest)
      {
        return DistinctState.numberValue(number)
      }
      let code = codes.dropFirst().reduce(codes[0]) { best, code in
        let isBetter =
          greatest
          ? ValueOrder.isBefore(values[best], values[code]) : ValueOrder.isBefore(values[code], values[best])
        return isBetter ? code : best
      }
      return resultValue(of: UInt32(code))
    }
    return Column.of(arguments.resultType, best)
  }

  private static func extreme(_ numbers: [Double], of count: Int, _ greatest: Bool) -> Double? {
    if numbers.count < count { return nil }
    return greatest ? numbers.max() : numbers.min()
  }

  /// A number out of SPL text: whole ones are longs.
  static func numberValue(_ number: Double) -> Value {
    if let whole = Int64(exactly: number) { return .dynamic(.long(whole)) }
    return .dynamic(.real(number))
  }

  func bags(_ runs: GroupedRuns<UInt32>, groupCount: Int) -> Column {
    Column.of(
      .dynamic,
      (0..<groupCount).map { group in
        var keys: Set<String> = []
        var members: [JSONValue.Member] = []
        for code in runs[group] {
          guard case .dynamic(.object(let bag)) = elements.value(of: code) else { continue }
          for member in bag where members.count < limit ?? Int.max {
            if keys.insert(member.key).inserted { members.append(member) }
          }
        }
        return .dynamic(.object(members))
      })
  }

  func schemas(_ runs: GroupedRuns<UInt32>, groupCount: Int) -> Column {
    Column.of(
      .dynamic,
      (0..<groupCount).map { group in
        var schema = DynamicSchema()
        for code in runs[group] { schema.add(elements.value(of: code).json) }
        return runs[group].isEmpty ? .null : .dynamic(schema.json)
      })
  }
}
