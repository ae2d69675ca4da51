/// Columns of JSON arrays out of value codes by group.
enum JSONArrays {
  static func column(
    _ runs: GroupedRuns<UInt32>, groupCount: Int, elements: borrowing ElementEncoder, limit: Int? = nil,
    form: Dialect.Lists = .array
  ) -> Column {
    // The JSON of all values, written once and copied for each group that has it.
    var texts: [UInt8] = []
    var ends: [Int] = [0]
    ends.reserveCapacity(elements.count + 1)
    for code in 0..<UInt32(elements.count) {
      elements.writeJSON(of: code, to: &texts)
      ends.append(texts.count)
    }
    var builder = ColumnBuilder(type: .dynamic)
    var array: [UInt8] = []
    for group in 0..<groupCount {
      let codes = runs[group].prefix(limit ?? Int.max)
      if form == .multivalue, codes.count < 2 {
        guard let code = codes.first else {
          builder.appendNull()
          continue
        }
        texts[ends[Int(code)]..<ends[Int(code) + 1]].withUnsafeBufferPointer { builder.append(bytes: $0) }
        continue
      }
      array.removeAll(keepingCapacity: true)
      array.append(UInt8(ascii: "["))
      for code in codes {
        if array.count > 1 { array.append(UInt8(ascii: ",")) }
        array.append(contentsOf: texts[ends[Int(code)]..<ends[Int(code) + 1]])
      }
      array.append(UInt8(ascii: "]"))
      array.withUnsafeBufferPointer { builder.append(bytes: $0) }
    }
    return builder.finish()
  }
}
