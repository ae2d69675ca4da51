/// One column of a row group as it is written: with a dictionary where values repeat, else one value after the other.
struct ParquetColumnWriter {
  /// The values, by their place in each row.
  enum Values {
    /// Codes of texts; `nil` code is `missing`.
    case texts(codes: [UInt32], texts: ValueInterner)
    case longs([Int64?])
    case bools([Bool?])
  }

  struct Written {
    var bytes: [UInt8] = []
    var unpackedBytes = 0
    var dictionaryBytes = 0
    var hasDictionary = false
    var nulls = 0
    var minimum: [UInt8]?
    var maximum: [UInt8]?
    var values = 0
  }

  static let missing = UInt32.max
  /// Rows of a page, and bytes after which it is closed.
  private static let pageRows = 8192
  private static let pageBytes = 1 << 18
  /// Texts whose bounds are written are no longer.
  private static let boundBytes = 64
  /// A dictionary that grows beyond this is given up.
  private static let dictionaryBytes = 1 << 20

  private var written = Written()
  private var encoder: ParquetPageEncoder

  private init(_ compression: ParquetCompression) { encoder = ParquetPageEncoder(compression) }

  static func write(_ values: Values, hasBounds: Bool, _ compression: ParquetCompression) -> Written {
    var writer = ParquetColumnWriter(compression)
    switch values {
    case .texts(let codes, let texts): writer.texts(codes, texts, hasBounds)
    case .longs(let longs): writer.longs(longs)
    case .bools(let bools): writer.bools(bools)
    }
    return writer.written
  }

  // MARK: - Columns

  private mutating func texts(_ codes: [UInt32], _ texts: ValueInterner, _ hasBounds: Bool) {
    // Those that occur, in their order.
    var places = [UInt32](repeating: Self.missing, count: texts.count)
    var used: [UInt32] = []
    var size = 0
    var present = 0
    for code in codes where code != Self.missing {
      present += 1
      if places[Int(code)] == Self.missing {
        places[Int(code)] = UInt32(used.count)
        used.append(code)
        size += texts.value(code).count + 4
      }
    }
    if hasBounds { bounds(used, texts) }
    let repeats = used.count * 2 <= present || used.count < 16
    guard repeats, size <= Self.dictionaryBytes, !used.isEmpty else {
      return pages(of: codes.count, encoding: 0) { rows, page in
        for row in rows where codes[row] != Self.missing { Self.append(texts.value(codes[row]), &page) }
      } isPresent: {
        codes[$0] != Self.missing
      } size: {
        codes[$0] == Self.missing ? 0 : texts.value(codes[$0]).count
      }
    }
    var dictionary: [UInt8] = []
    dictionary.reserveCapacity(size)
    for code in used { Self.append(texts.value(code), &dictionary) }
    written.hasDictionary = true
    page(dictionary) { header in
      header.structure(7) {
        $0.int(1, used.count)
        $0.int(2, 0)
      }
    } kind: {
      2
    }
    written.dictionaryBytes = written.bytes.count
    let width = max(1, ParquetRuns.width(of: used.count - 1))
    pages(of: codes.count, encoding: 8) { rows, page in
      page.append(UInt8(width))
      ParquetRunWriter.write(
        rows.lazy.filter { codes[$0] != Self.missing }.map { places[Int(codes[$0])] }, width: width, to: &page
      )
    } isPresent: {
      codes[$0] != Self.missing
    } size: { _ in
      1
    }
  }

  private static func append(_ text: FieldValue, _ page: inout [UInt8]) {
    page.appendLittle(text.count)
    page.append(contentsOf: text.bytes)
  }

  private mutating func bounds(_ used: [UInt32], _ texts: ValueInterner) {
    guard var low = used.first.map(texts.value) else { return }
    var high = low
    for code in used {
      let text = texts.value(code)
      if text.bytes.lexicographicallyPrecedes(low.bytes) { low = text }
      if high.bytes.lexicographicallyPrecedes(text.bytes) { high = text }
    }
    guard low.count <= Self.boundBytes, high.count <= Self.boundBytes else { return }
    (written.minimum, written.maximum) = (Array(low.bytes), Array(high.bytes))
  }

  private mutating func longs(_ values: [Int64?]) {
    let present = values.compactMap { $0 }
    func bytes(_ value: Int64) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.appendLittle(Int(value), bytes: 8)
      return bytes
    }
    written.minimum = present.min().map(bytes)
    written.maximum = present.max().map(bytes)
    pages(of: values.count, encoding: 0) { rows, page in
      for row in rows { if let value = values[row] { page.appendLittle(Int(value), bytes: 8) } }
    } isPresent: {
      values[$0] != nil
    } size: { _ in
      8
    }
  }

  private mutating func bools(_ values: [Bool?]) {
    pages(of: values.count, encoding: 0) { rows, page in
      var byte: UInt8 = 0
      var count: UInt8 = 0
      for row in rows {
        guard let value = values[row] else { continue }
        if value { byte |= 1 << count }
        count += 1
        if count == 8 {
          page.append(byte)
          (byte, count) = (0, 0)
        }
      }
      if count > 0 { page.append(byte) }
    } isPresent: {
      values[$0] != nil
    } size: { _ in
      1
    }
  }

  // MARK: - Pages

  private mutating func pages(
    of rows: Int, encoding: Int, _ body: (Range<Int>, inout [UInt8]) -> Void, isPresent: (Int) -> Bool,
    size: (Int) -> Int
  ) {
    var start = 0
    while start < rows {
      var end = start
      var bytes = 0
      while end < rows, end - start < Self.pageRows, bytes < Self.pageBytes {
        bytes += size(end)
        end += 1
      }
      let range = start..<end
      var page: [UInt8] = []
      var levels: [UInt8] = []
      let present: [UInt32] = range.map { isPresent($0) ? 1 : 0 }
      ParquetRunWriter.write(present, width: 1, to: &levels)
      page.appendLittle(levels.count)
      page += levels
      body(range, &page)
      for row in range where !isPresent(row) { written.nulls += 1 }
      self.page(page) { header in
        header.structure(5) {
          $0.int(1, range.count)
          $0.int(2, encoding)
          $0.int(3, 3)
          $0.int(4, 3)
        }
      } kind: {
        0
      }
      written.values += range.count
      start = end
    }
  }

  private mutating func page(
    _ body: [UInt8], _ describe: (inout ThriftWriter) -> Void, kind: () -> Int
  ) {
    let stored = encoder.compress(body)
    let header = ThriftWriter.whole {
      $0.int(1, kind())
      $0.int(2, body.count)
      $0.int(3, stored.count)
      describe(&$0)
    }
    written.bytes += header
    written.bytes += stored
    written.unpackedBytes += header.count + body.count
  }
}

/// Writes small numbers as `ParquetRuns` reads them.
enum ParquetRunWriter {
  static func write(_ numbers: some Sequence<UInt32>, width: Int, to bytes: inout [UInt8]) {
    let numbers = Array(numbers)
    var position = 0
    var packed = 0
    while position < numbers.count {
      var end = position
      while end < numbers.count, numbers[end] == numbers[position] { end += 1 }
      let isRun = end - position >= 16
      // Packed numbers come in groups of eight.
      let behind = (position - packed) % 8
      if isRun, behind == 0 || end - position >= 24 {
        let start = behind == 0 ? position : position + 8 - behind
        pack(numbers[packed..<start], width, &bytes)
        Varint.append(UInt64(end - start) << 1, to: &bytes)
        bytes.appendLittle(Int(numbers[start]), bytes: (width + 7) / 8)
        packed = end
      }
      position = end
    }
    pack(numbers[packed...], width, &bytes)
  }

  private static func pack(_ numbers: ArraySlice<UInt32>, _ width: Int, _ bytes: inout [UInt8]) {
    guard !numbers.isEmpty else { return }
    let groups = (numbers.count + 7) / 8
    Varint.append(UInt64(groups) << 1 | 1, to: &bytes)
    var window: UInt64 = 0
    var held = 0
    for place in 0..<groups * 8 {
      let index = numbers.startIndex + place
      window |= UInt64(index < numbers.endIndex ? numbers[index] : 0) << UInt64(held)
      held += width
      while held >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: window))
        window >>= 8
        held -= 8
      }
    }
  }
}
