@testable import Engine

/// Small Parquet files for tests, row group by row group.
struct ParquetWriting {
  enum Values {
    case texts([String?])
    /// Microseconds since 1970.
    case times([Int64?])
    case bools([Bool?])

    fileprivate var kind: ParquetFileWriter.Column.Kind {
      switch self {
      case .texts: .text
      case .times: .time
      case .bools: .bool
      }
    }

    fileprivate var count: Int {
      switch self {
      case .texts(let values): values.count
      case .times(let values): values.count
      case .bools(let values): values.count
      }
    }

    fileprivate var written: ParquetColumnWriter.Values {
      switch self {
      case .times(let values): return .longs(values)
      case .bools(let values): return .bools(values)
      case .texts(let values):
        let interner = ValueInterner()
        let codes = values.map { text -> UInt32 in
          guard let text else { return ParquetColumnWriter.missing }
          let bytes = PaddedBuffer(Array(text.utf8))
          return withExtendedLifetime(bytes) {
            interner.intern(FieldValue(kind: .string, start: bytes.base, count: bytes.count))
          }
        }
        return .texts(codes: codes, texts: interner)
      }
    }
  }

  /// A file of row groups, each with the same columns.
  static func file(
    _ groups: [[(name: String, values: Values)]], _ compression: ParquetCompression = .snappy
  ) -> [UInt8] {
    let columns = (groups.first ?? []).map { ParquetFileWriter.Column(name: $0.name, kind: $0.values.kind) }
    var writer = ParquetFileWriter(columns, notes: [], compression)
    for group in groups {
      writer.add(
        rows: group.first?.values.count ?? 0,
        group.map { ParquetColumnWriter.write($0.values.written, hasBounds: true, compression) })
    }
    return writer.finish()
  }

  /// A file of bytes and a footer.
  static func file(_ body: [UInt8] = [], footer: [UInt8]) -> [UInt8] {
    ParquetInput.mark + body + footer + (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> ($0 * 8)) }
      + ParquetInput.mark
  }
}
