import Synchronization

/// An expression over one string column, run once for each entry of the column's dictionary:
///
///     codes        0 1 0 2            dictionary  SES SNS S3
///     expression   dictionary -> "ses" "sns" "s3"
///     result       codes 0 1 0 2 over the new dictionary
///
/// The result for a dictionary is kept, so that the next chunk only gathers.
final class LiftedExpression: Sendable {
  /// Dictionaries above this are worked through row by row, as most of their entries may not be needed.
  static let dictionaryLimit = 65_536

  let input: Int
  /// The expression over a chunk with that column alone, at position 0.
  private let inner: PhysicalExpression
  private let type: DataType

  private struct Memo: Sendable {
    var dictionary: StringDictionary
    /// One row for each entry, and a last one for null.
    var result: Column
  }

  private let memo = Mutex<[Memo]>([])

  init(input: Int, inner: PhysicalExpression, type: DataType) {
    self.input = input
    self.inner = inner
    self.type = type
  }

  func evaluate(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    guard case .string(let column) = chunk.columns[input] else { return try evaluateRows(chunk) }
    let size = column.dictionary.count
    if size > chunk.count, size > LiftedExpression.dictionaryLimit || size > 4 * chunk.count,
      !isKnown(column.dictionary)
    {
      return try evaluateRows(chunk)
    }
    let result = try result(for: column.dictionary, type: column.type)
    guard let validity = column.validity else { return result.gather(column.codes) }
    let null = UInt32(column.dictionary.count)
    let rows = (0..<chunk.count).map { validity[$0] ? column.codes[$0] : null }
    return result.gather(Vector(rows))
  }

  /// A constant, or a column whose texts hardly repeat.
  private func evaluateRows(_ chunk: Chunk) throws(ExecutionFailure) -> Column {
    if case .constant(var constant) = chunk.columns[input] {
      constant.count = 1
      let single = try inner.evaluate(Chunk(columns: [.constant(constant)], count: 1))
      return .constant(single.value(at: 0), type, count: chunk.count)
    }
    return try inner.evaluate(Chunk(columns: [chunk.columns[input]], count: chunk.count))
  }

  private func isKnown(_ dictionary: StringDictionary) -> Bool {
    memo.withLock { $0.contains { $0.dictionary === dictionary } }
  }

  private func result(for dictionary: StringDictionary, type inputType: DataType) throws(ExecutionFailure)
    -> Column
  {
    if let known = memo.withLock({ $0.first { $0.dictionary === dictionary }?.result }) { return known }
    let count = dictionary.count
    var validity = [Bool](repeating: true, count: count + 1)
    validity[count] = false
    var codes = (0..<UInt32(count)).map { $0 }
    codes.append(0)
    let column: Column
    if count == 0 {
      column = .constant(.null, inputType, count: 1)
    } else {
      column = .string(
        StringColumn(
          type: inputType, codes: Vector(codes), dictionary: dictionary, validity: Vector(validity)))
    }
    let result = try inner.evaluate(Chunk(columns: [column], count: count + 1)).materialized
    memo.withLock { memo in
      if memo.count >= 4 { memo.removeFirst() }
      memo.append(Memo(dictionary: dictionary, result: result))
    }
    return result
  }
}
