/// Reads the pages of one column of a row group, one after the other.
///
/// Each entry has a definition level (how much of its path is there) and a repetition level (which list it goes on), and
/// a value if the definition is the highest.
final class ParquetColumnReader {
  let leaf: ParquetSchema.Leaf
  private let chunk: ParquetMetadata.Chunk
  private let codecs: ParquetCodecs
  private let stored = PaddedBuffer(capacity: 1 << 12)
  private let bytes: UnsafeBufferPointer<UInt8>
  // What keeps the bytes alive if they are not those of `stored`.
  private let input: ParquetInput
  private var position = 0
  private var entriesLeft: Int

  /// The values of the page at hand.
  let values = ParquetValues()
  private(set) var dictionary: ParquetValues?
  /// Empty where all entries have the highest level, or none is repeated.
  private(set) var definitions: [UInt32] = []
  private(set) var repetitions: [UInt32] = []
  /// Entries of the page, and the one at hand.
  private(set) var entryCount = 0
  private(set) var entry = 0
  /// The place of the next value among those of the page.
  private(set) var valueIndex = 0
  /// No entry of the page at hand is wanted, and it was not unpacked.
  private(set) var isPassedOver = false
  private var rowsBefore = 0

  init(_ file: ParquetFile, group: Int, leaf number: Int, _ codecs: ParquetCodecs) throws(ParquetDamage) {
    leaf = file.schema.leaves[number]
    chunk = try file.chunk(group, number)
    self.codecs = codecs
    input = file.input
    guard let range = chunk.range else { throw ParquetDamage("a column lies outside of the file") }
    try codecs.reserve(range.count, "reading a column")
    bytes = try input.read(range, into: stored)
    entriesLeft = chunk.values
  }

  // MARK: - Entries

  /// Whether there is an entry at hand.
  @inline(__always)
  func isReady() throws(ParquetDamage) -> Bool {
    if entry < entryCount { return true }
    return try nextPage()
  }

  @inline(__always)
  var definition: Int { definitions.isEmpty ? leaf.definition : Int(definitions[entry]) }

  @inline(__always)
  var repetition: Int { repetitions.isEmpty ? 0 : Int(repetitions[entry]) }

  @inline(__always)
  func advance() {
    if definition == leaf.definition { valueIndex += 1 }
    entry += 1
  }

  /// The values that the entry at hand has its own among, and its place there.
  @inline(__always)
  var current: (values: ParquetValues, index: Int) {
    if values.isCoded, let dictionary { return (dictionary, Int(values.codes[valueIndex])) }
    return (values, valueIndex)
  }

  var hasFurtherPages: Bool { entriesLeft > 0 }

  /// Whether all entries were passed: what is left belongs to no row.
  var isAtEnd: Bool { entriesLeft == 0 && entry >= entryCount }

  // MARK: - Pages

  private struct PageHeader {
    var kind = -1
    var unpacked = 0
    var stored = 0
    var values = 0
    var encoding = -1
    var definitionEncoding = 3
    var repetitionEncoding = 3
    var definitionBytes = 0
    var repetitionBytes = 0
    var isCompressed = true
  }

  /// Goes to the next page that has entries; false at the end of the column.
  ///
  /// - Parameter isWanted: whether any of these rows is; only for columns that no list is in.
  func nextPage(isWanted: (Range<Int>) -> Bool = { _ in true }) throws(ParquetDamage) -> Bool {
    while entriesLeft > 0 {
      if RunLimits.isOutOfTime { throw ParquetDamage(.limit, "the time was over") }
      guard position < bytes.count else { throw ParquetDamage("a column has fewer values than stated") }
      var reader = ThriftReader(bytes.part(position..<bytes.count))
      let header = try ParquetColumnReader.header(&reader)
      position += reader.position
      guard header.stored <= bytes.count - position else { throw .cut }
      let page = bytes.part(position..<position + header.stored)
      position += header.stored
      guard header.values <= ParquetLimits.pageValueLimit else {
        throw ParquetDamage(.limit, "a page has more than \(ParquetLimits.pageValueLimit) values")
      }
      switch header.kind {
      case 0, 3:
        guard header.values <= entriesLeft else {
          throw ParquetDamage("a column has more values than stated")
        }
        entriesLeft -= header.values
        let rows = rowsBefore..<rowsBefore + header.values
        rowsBefore = rows.upperBound
        isPassedOver = !isWanted(rows)
        if isPassedOver {
          (entry, entryCount, valueIndex) = (0, header.values, 0)
        } else {
          try read(header, page)
        }
        if entryCount > 0 { return true }
      case 2: try readDictionary(header, page)
      default: break
      }
    }
    entryCount = 0
    entry = 0
    return false
  }

  private func readDictionary(
    _ header: PageHeader, _ page: UnsafeBufferPointer<UInt8>
  ) throws(ParquetDamage) {
    guard dictionary == nil else { throw ParquetDamage("a column has two dictionaries") }
    let made = ParquetValues()
    try codecs.reserve(header.values * 16, "reading a dictionary")
    try codecs.unpack(page, codec: chunk.codec, size: header.unpacked, into: made.buffer)
    made.buffer.sealPadding()
    guard header.encoding == 0 || header.encoding == 2 else {
      throw ParquetDamage(.unsupported, "an encoding of dictionaries that is not read (\(header.encoding))")
    }
    try made.read(
      0..<made.buffer.count, encoding: 0, type: leaf.type, count: header.values, dictionary: nil)
    dictionary = made
  }

  private func read(_ header: PageHeader, _ page: UnsafeBufferPointer<UInt8>) throws(ParquetDamage) {
    // Places, levels and lengths of values take room besides what the page holds.
    try codecs.reserve(header.values * 24, "reading a page")
    values.reset()
    definitions.removeAll(keepingCapacity: true)
    repetitions.removeAll(keepingCapacity: true)
    (entry, entryCount, valueIndex) = (0, 0, 0)
    let buffer = values.buffer
    var start = 0
    if header.kind == 3 {
      let levels = header.definitionBytes + header.repetitionBytes
      guard levels <= page.count, levels <= header.unpacked, let base = page.baseAddress ?? bytes.baseAddress
      else {
        throw .cut
      }
      var part = ParquetBytes(base: base, position: 0, end: levels)
      var first = try part.part(header.repetitionBytes)
      try level(&first, leaf.repetition, 3, header.values, &repetitions)
      try level(&part, leaf.definition, 3, header.values, &definitions)
      let isPacked = header.isCompressed
      try codecs.unpack(
        page.part(levels..<page.count), codec: isPacked ? chunk.codec : 0, size: header.unpacked - levels,
        into: buffer)
      buffer.sealPadding()
    } else {
      try codecs.unpack(page, codec: chunk.codec, size: header.unpacked, into: buffer)
      buffer.sealPadding()
      var bytes = ParquetBytes(base: UnsafePointer(buffer.base), position: 0, end: buffer.count)
      try sizedLevel(&bytes, leaf.repetition, header.repetitionEncoding, header.values, &repetitions)
      try sizedLevel(&bytes, leaf.definition, header.definitionEncoding, header.values, &definitions)
      start = bytes.position
    }
    let highest = UInt32(leaf.definition)
    var present = header.values
    if !definitions.isEmpty {
      present = 0
      for level in definitions where level == highest { present += 1 }
    }
    try values.read(
      start..<buffer.count, encoding: header.encoding, type: leaf.type, count: present, dictionary: dictionary
    )
    entryCount = header.values
  }

  /// Levels behind their size, as in pages of the first version.
  private func sizedLevel(
    _ bytes: inout ParquetBytes, _ highest: Int, _ encoding: Int, _ count: Int, _ levels: inout [UInt32]
  ) throws(ParquetDamage) {
    guard highest > 0 else { return }
    if encoding == 4 { return try level(&bytes, highest, encoding, count, &levels) }
    var part = try bytes.part(try bytes.little32())
    try level(&part, highest, encoding, count, &levels)
  }

  private func level(
    _ bytes: inout ParquetBytes, _ highest: Int, _ encoding: Int, _ count: Int, _ levels: inout [UInt32]
  ) throws(ParquetDamage) {
    guard highest > 0, count > 0 else { return }
    let width = ParquetRuns.width(of: highest)
    switch encoding {
    case 3: try ParquetRuns.read(&bytes, width: width, count: count, into: &levels)
    case 4: try ParquetRuns.readOldLevels(&bytes, width: width, count: count, into: &levels)
    default: throw ParquetDamage(.unsupported, "an encoding of levels that is not read (\(encoding))")
    }
    guard (levels.max() ?? 0) <= UInt32(highest) else {
      throw ParquetDamage("a level of a page is out of range")
    }
  }

  // MARK: - Headers

  private static func header(_ reader: inout ThriftReader) throws(ParquetDamage) -> PageHeader {
    var header = PageHeader()
    var last = 0
    while let field = try reader.field(&last) {
      switch field.number {
      case 1: header.kind = try reader.size(field)
      case 2: header.unpacked = try reader.size(field)
      case 3: header.stored = try reader.size(field)
      case 5, 7, 8:
        try reader.expectStructure(field)
        try describe(&header, field.number, &reader)
      default: try reader.skip(field)
      }
    }
    return header
  }

  /// The three kinds of pages count their values and name their encoding first, but for one that counts rows between.
  private static func describe(
    _ header: inout PageHeader, _ kind: Int, _ reader: inout ThriftReader
  ) throws(ParquetDamage) {
    var last = 0
    while let field = try reader.field(&last) {
      switch (kind, field.number) {
      case (_, 1): header.values = try reader.size(field)
      case (5, 2), (7, 2), (8, 4): header.encoding = try reader.size(field)
      case (5, 3): header.definitionEncoding = try reader.size(field)
      case (5, 4): header.repetitionEncoding = try reader.size(field)
      case (8, 5): header.definitionBytes = try reader.size(field)
      case (8, 6): header.repetitionBytes = try reader.size(field)
      case (8, 7): header.isCompressed = try reader.bool(field)
      default: try reader.skip(field)
      }
    }
  }
}
