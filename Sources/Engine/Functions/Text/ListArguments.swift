/// The values listed behind `in`, `has_any` and the like: arrays are flattened.
enum ListArguments {
  /// `("a", dynamic(["b", 1]))` is `"a", "b", 1`.
  static func flattened(_ values: some Sequence<Value>) -> [Value] {
    var result: [Value] = []
    for value in values {
      guard case .dynamic(let json) = value else {
        result.append(value)
        continue
      }
      if case .array(let elements) = json {
        for element in elements { result.append(element.scalar ?? .dynamic(element)) }
      } else {
        result.append(json.scalar ?? value)
      }
    }
    return result
  }

  /// The texts among the flattened values.
  static func texts(_ values: some Sequence<Value>) -> [String] {
    flattened(values).compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The texts among the constants from an index on.
  static func texts(_ arguments: PreparedArguments, from index: Int) -> [String] {
    texts(arguments.constants.dropFirst(index).map { $0 ?? .null })
  }
}
