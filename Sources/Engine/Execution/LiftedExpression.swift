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
    /// For each entry, then for null.
    var result: Column
    /// For each entry; without validity where no entry gives null.
    var withoutNull: Column
    /// Whether each entry, then null, is true; nil if the result is no truth value.
    var passing: Vector<Bool>?

    init(dictionary: StringDictionary, result: Column) {
      self.dictionary = dictionary
      self.result = result
      withoutNull = result.slice(0..<dictionary.count).withoutNeedlessValidity
      guard result.type == .bool else { return }
      var isTrue = [Bool](repeating: false, count: dictionary.count + 1)
      BoolKernels.forEachTrue(result) { isTrue[$0] = true }
      passing = Vector(isTrue)
    }
  }

  private let memos = Mutex<[Memo]>([])

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
    let memo = try memo(for: column.dictionary, type: column.type)
    guard let validity = column.validity else { return memo.withoutNull.gather(column.codes) }
    let null = UInt32(column.dictionary.count)
    return memo.result.gather(Vector(LiftedExpression.places(column.codes, validity, null: null)))
  }

  /// For a condition over a text column, whether each entry of its dictionary passes, a null as the last; nil if
  /// entries are not worked out apart from their rows.
  func passing(_ chunk: Chunk) throws(ExecutionFailure) -> Passing? {
    guard case .string(let column) = chunk.columns[input],
      column.dictionary.count <= max(LiftedExpression.dictionaryLimit, chunk.count)
    else { return nil }
    let known = try memo(for: column.dictionary, type: column.type)
    guard let entries = known.passing else { return nil }
    guard let validity = column.validity else { return Passing(entries: entries, codes: column.codes) }
    let null = UInt32(column.dictionary.count)
    return Passing(
      entries: entries, codes: Vector(LiftedExpression.places(column.codes, validity, null: null)))
  }

  /// Which entries of a dictionary pass, and the entry of each row.
  struct Passing {
    var entries: Vector<Bool>
    var codes: Vector<UInt32>

    /// The share of entries that pass: a guess at that of the rows.
    var share: Double {
      Double(entries.withBuffer { $0.reduce(0) { $0 + ($1 ? 1 : 0) } }) / Double(max(1, entries.count))
    }

    /// The rows that pass, out of some or of all.
    func rows(among kept: Vector<UInt32>?) -> Vector<UInt32> {
      let rows = entries.withBuffer { entries in
        codes.withBuffer { codes in
          if let kept {
            return kept.withBuffer { kept in
              [UInt32](unsafeUninitializedCapacity: kept.count) { target, count in
                for row in kept {
                  target[count] = row
                  count &+= entries[Int(codes[Int(row)])] ? 1 : 0
                }
              }
            }
          }
          return [UInt32](unsafeUninitializedCapacity: codes.count) { target, count in
            for row in 0..<codes.count {
              target[count] = UInt32(truncatingIfNeeded: row)
              count &+= entries[Int(codes[row])] ? 1 : 0
            }
          }
        }
      }
      return Vector(rows)
    }
  }

  private static func places(_ codes: Vector<UInt32>, _ validity: Vector<Bool>, null: UInt32) -> [UInt32] {
    codes.withBuffer { codes in
      validity.withBuffer { valid in
        [UInt32](unsafeUninitializedCapacity: codes.count) { target, initialized in
          for row in 0..<codes.count { target.initializeElement(at: row, to: valid[row] ? codes[row] : null) }
          initialized = codes.count
        }
      }
    }
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
    memos.withLock { $0.contains { $0.dictionary === dictionary } }
  }

  private func memo(for dictionary: StringDictionary, type inputType: DataType) throws(ExecutionFailure)
    -> Memo
  {
    if let known = memos.withLock({ $0.first { $0.dictionary === dictionary } }) { return known }
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
    let made = Memo(dictionary: dictionary, result: result)
    memos.withLock { memos in
      if memos.count >= 4 { memos.removeFirst() }
      memos.append(made)
    }
    return made
  }
}

extension Column {
  /// The same rows; a validity that no row needs is dropped.
  var withoutNeedlessValidity: Column {
    func isNeedless(_ validity: Vector<Bool>?) -> Bool {
      validity.map { $0.withBuffer { !$0.contains(false) } } ?? false
    }
    switch self {
    case .bool(var column) where isNeedless(column.validity):
      column.validity = nil
      return .bool(column)
    case .int64(var column) where isNeedless(column.validity):
      column.validity = nil
      return .int64(column)
    case .real(var column) where isNeedless(column.validity):
      column.validity = nil
      return .real(column)
    case .string(var column) where isNeedless(column.validity):
      column.validity = nil
      return .string(column)
    case .constant, .bool, .int64, .real, .string, .values: return self
    }
  }
}
