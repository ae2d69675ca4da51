/// One column of a row group of packed events, in memory: for each row the place of its value.
final class PackedColumn {
  static let missing = UInt32.max
  static let unset = UInt32.max
  /// In place of a code: the value is too long to be worth one.
  static let long = UInt32.max - 1

  private let arena = PaddedBuffer(capacity: 1 << 12)
  private var starts: [Int] = []
  private var counts: [Int] = []
  /// For texts, the entry of each row; in flat memory, as each is looked at.
  private(set) var rows = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)
  /// For times and bools.
  private(set) var words: [Int64] = []
  /// The codes of entries in the interner of the slot that the column fills.
  private(set) var codes = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)

  /// - Parameter isWanted: rows of a page; pages without any are not unpacked.
  init(
    _ file: ParquetFile, group: Int, leaf: Int, _ codecs: ParquetCodecs, isWanted: (Range<Int>) -> Bool,
    isWantedRow: (Int) -> Bool
  ) throws(ParquetDamage) {
    var entries: [UInt32] = []
    let reader = try ParquetColumnReader(file, group: group, leaf: leaf, codecs)
    let count = file.metadata.groups[group].rows
    let isText = reader.leaf.type.physical == .bytes
    guard reader.leaf.repetition == 0 else { throw ParquetDamage("a column of packed events is a list") }
    guard count <= ParquetLimits.pageValueLimit else {
      throw ParquetDamage(.limit, "a row group has more than \(ParquetLimits.pageValueLimit) rows")
    }
    try codecs.reserve(count * 8, "reading a column")
    var dictionaryStart: UInt32?
    var row = 0
    var entryTotal = 0
    while row < count, try reader.nextPage(isWanted: isWanted) {
      let end = min(count, row + reader.entryCount)
      entryTotal += reader.entryCount
      if reader.isPassedOver {
        entries.append(contentsOf: repeatElement(PackedColumn.missing, count: isText ? end - row : 0))
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
      let definitions = reader.definitions
      if isText, values.isCoded {
        PackedColumn.append(values.codes, definitions, highest, dictionaryStart ?? 0, end - row, to: &entries)
        row = end
        continue
      }
      var place = 0
      for index in 0..<end - row {
        let isPresent = definitions.isEmpty || definitions[index] == highest
        if isText {
          if isPresent, isWantedRow(row + index) {
            entries.append(UInt32(starts.count))
            add(values.text(place))
          } else {
            entries.append(PackedColumn.missing)
          }
        } else {
          words.append(isPresent ? PackedColumn.word(values, place, reader.dictionary) : .min)
        }
        if isPresent { place += 1 }
      }
      row = end
    }
    guard row == count else { throw ParquetDamage("a column has fewer values than rows") }
    guard entryTotal == count, !reader.hasFurtherPages else {
      throw ParquetDamage("a column has more values than rows")
    }
    arena.sealPadding()
    rows = .allocate(capacity: entries.count)
    _ = rows.initialize(from: entries)
    codes = .allocate(capacity: starts.count)
    codes.initialize(repeating: PackedColumn.unset)
  }

  deinit {
    rows.deallocate()
    codes.deallocate()
  }

  /// The entries of rows whose values are places in a dictionary.
  private static func append(
    _ codes: [UInt32], _ definitions: [UInt32], _ highest: UInt32, _ start: UInt32, _ count: Int,
    to entries: inout [UInt32]
  ) {
    entries.reserveCapacity(entries.count + count)
    if definitions.isEmpty {
      for code in codes.prefix(count) { entries.append(start &+ code) }
      return
    }
    var place = 0
    for level in definitions.prefix(count) {
      if level == highest {
        entries.append(start &+ codes[place])
        place += 1
      } else {
        entries.append(missing)
      }
    }
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
