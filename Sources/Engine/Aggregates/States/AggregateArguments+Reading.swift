extension AggregateArguments {
  /// A constant whole number, such as the size limit of `make_set(x, 100)`; nil if absent.
  func count(at index: Int) -> Int? {
    guard index < constants.count, let number = constants[index]?.number else { return nil }
    return Int(max(0, Int64(saturating: number)))
  }

  /// The type of an argument; `otherwise` where there is none.
  func type(at index: Int, otherwise: DataType = .dynamic) -> DataType {
    index < types.count ? types[index] : otherwise
  }

  /// The type of the first result column.
  var resultType: DataType { resultTypes.first ?? .dynamic }
}
