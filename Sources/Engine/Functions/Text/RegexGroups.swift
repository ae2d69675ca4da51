/// The groups that `extract_all` takes from each match.
enum RegexGroups {
  /// Group numbers from an array of numbers and names; what names no group is passed over.
  static func picked(_ value: Value, of expression: RegularExpression) -> [Int] {
    var groups: [Int] = []
    for element in ListArguments.flattened([value]) {
      switch element {
      case .long(let index):
        if index >= 0, index <= Int64(expression.captureCount) { groups.append(Int(index)) }
      case .string(let name):
        if let index = expression.captureNames.firstIndex(of: name) { groups.append(index) }
      case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: continue
      }
    }
    return groups
  }

  /// A text for each match, or an array of texts if several groups are taken.
  static func all(
    _ groups: [Int], of expression: RegularExpression, in text: UnsafeBufferPointer<UInt8>
  ) -> [JSONValue] {
    var result: [JSONValue] = []
    expression.allCaptures(in: text) { captures in
      let texts: [JSONValue] = groups.map { group in
        guard group < captures.count, let range = captures[group] else { return .string("") }
        return .string(String(decoding: text[range], as: UTF8.self))
      }
      result.append(texts.count == 1 ? texts[0] : .array(texts))
      return DynamicLimit.admits(result.count)
    }
    return result
  }
}
