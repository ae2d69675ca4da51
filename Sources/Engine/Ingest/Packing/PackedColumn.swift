/// One column of a row group of packed events, in memory: for each row the place of its value.
final class PackedColumn {
  static let missing = UInt32.max
  static let unset = UInt32.max

  private let arena = PaddedBuffer(capacity: 1 << 12)
  private var starts: [Int] = []
  private var counts: [Int] = []
  /// For texts, the entry of each row.
  private(set) var rows: [UInt32] = []
  /// For times and bools.
  private(set) var words: [Int64] = []
  /// The codes of entries in the interner of the slot that the column fills.
  var codes: [UInt32] = []

  /// - Parameter isWanted: rows of a page; pages without any are not unpacked.
  init(
    _ file: ParquetFile, group: Int, leaf: Int, _ codecs: ParquetCodecs, isWanted: (Range<Int>) -> Bool,
    isWantedRow: (Int) -> Bool
  ) throws(ParquetDamage) {
    let reader = try ParquetColumnReader(file, group: group, leaf: leaf, codecs)
    let count = file.metadata.groups[group].rows
    let isText = reader.leaf.type.physical == .bytes
    guard reader.leaf.repetition == 0 else { throw ParquetDamage("a column of packed events is a list") }
    guard count <= ParquetLimits.pageValueLimit else {
      throw ParquetDamage(.limit, "a row group has more than \(ParquetLimits.pageValueLimit) rows")
    }
    var dictionaryStart: UInt32?
    var row = 0
    while row < count, try reader.nextPage(isWanted: isWanted) {
      let end = min(count, row + reader.entryCount)
      if reader.isPassedOver {
        rows.append(contentsOf: repeatElement(PackedColumn.missing, count: isText ? end - row : 0))
        words.append(contentsOf: repeatElement(0, count: isText ? 0 : end - row))
        row = end
        continue
      }
      let values = reader.values
      if isText, values.isCoded, dictionaryStart == nil, let dictionary = reader.dictionary {
        dictionaryStart = UInt32(starts.count)
        for index in 0..<dictionary.count { add(dictionary.text(index)) }
      }
      let highest = UInt32(reader.leaf.definition)
      var place = 0
      for index in 0..<end - row {
        let isPresent = reader.definitions.isEmpty || reader.definitions[index] == highest
        if isText {
          if !isPresent {
            rows.append(PackedColumn.missing)
          } else if values.isCoded {
            rows.append((dictionaryStart ?? 0) + values.codes[place])
          } else if isWantedRow(row + index) {
            rows.append(UInt32(starts.count))
            add(values.text(place))
          } else {
            rows.append(PackedColumn.missing)
          }
        } else {
          words.append(isPresent ? PackedColumn.word(values, place, reader.dictionary) : .min)
        }
        if isPresent { place += 1 }
      }
      row = end
    }
    guard row == count else { throw ParquetDamage("a column has fewer values than rows") }
    arena.sealPadding()
    codes = [UInt32](repeating: PackedColumn.unset, count: starts.count)
  }

  private static func word(_ values: ParquetValues, _ place: Int, _ dictionary: ParquetValues?) -> Int64 {
    if values.isCoded, let dictionary { return dictionary.words[Int(values.codes[place])] }
    return values.words[place]
  }

  private func add(_ text: UnsafeBufferPointer<UInt8>) {
    starts.append(arena.count)
    counts.append(text.count)
    if let base = text.baseAddress { arena.append(base, count: text.count) }
  }

  var entryCount: Int { starts.count }

  /// The bytes of an entry; eight behind them can be read.
  @inline(__always)
  func text(_ entry: UInt32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena.base + starts[Int(entry)], count: counts[Int(entry)])
  }

  @inline(__always)
  func value(_ entry: UInt32, _ kind: ValueKind) -> FieldValue {
    FieldValue(kind: kind, start: arena.base + starts[Int(entry)], count: counts[Int(entry)])
  }
}
