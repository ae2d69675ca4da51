/// Where a file stands among others: by what is in it, so that no answer depends on names or on the order in which they
/// were given.
///
/// Files with events come by the time of their first one, then by their first bytes; all others behind them, in the
/// order in which they were found.
struct FileRank: Hashable, Comparable, Sendable {
  /// So many bytes of a file's text are looked at.
  static let headBytes = 8192
  /// Of a compressed file so many hold as much text.
  private static let storedBytes = 8192
  /// Enough for the identity of the first event.
  private static let digestBytes = 2048

  /// Ticks.
  private var time = Int64.max
  private var digest: UInt64 = 0

  /// The rank of what is neither read nor an event.
  static let last = FileRank()

  private init() {}

  /// As numbers that travel.
  var words: (time: Int64, digest: Int64) { (time, Int64(bitPattern: digest)) }

  init(words: (time: Int64, digest: Int64)) {
    time = words.time
    digest = UInt64(bitPattern: words.digest)
  }

  /// - Parameters:
  ///   - text: the file's text, or its first bytes.
  ///   - framing: tells which members and values are times.
  init(_ text: UnsafeBufferPointer<UInt8>, _ framing: FramingKeys) {
    let head = UnsafeBufferPointer(rebasing: text.prefix(FileRank.headBytes))
    guard let time = FileRank.firstTime(head, framing) else {
      self.init()
      return
    }
    self.init(time: time, text)
  }

  /// The rank of a file whose first time is known.
  init(time: Int64, _ text: UnsafeBufferPointer<UInt8>) {
    self.time = time
    // Without a seed: it orders rows.
    digest = text.prefix(FileRank.digestBytes).reduce(0xCBF2_9CE4_8422_2325) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
  }

  /// The rank of a file of which nothing was read yet, and whether only its records tell it: it is an archive, or they
  /// are carried by something.
  static func ofHead(
    _ path: String, _ stored: PaddedBuffer, _ decoder: DeflateDecoder, _ framing: FramingKeys
  ) -> (rank: FileRank, isUnsure: Bool) {
    guard FileReading.load(path, range: 0..<FileRank.storedBytes, into: stored) == nil else {
      return (FileRank(), false)
    }
    if ParquetInput.isParquet(stored.bytes) {
      let time = PackLayout.firstTime(of: path)
      return (
        time.map { FileRank(time: $0, UnsafeBufferPointer(start: nil, count: 0)) } ?? .last, time == nil
      )
    }
    guard let start = Gunzip.headerEnd(stored.bytes, 0), let base = stored.bytes.baseAddress else {
      return head(stored.bytes, framing)
    }
    decoder.output.count = 0
    // That it is cut off, or longer, is no matter here.
    _ = decoder.inflate(base, from: start, to: stored.count, limit: FileRank.headBytes + 1024)
    decoder.output.sealPadding()
    return head(decoder.output.bytes, framing)
  }

  private static func head(
    _ bytes: UnsafeBufferPointer<UInt8>, _ framing: FramingKeys
  ) -> (rank: FileRank, isUnsure: Bool) {
    switch Packing(bytes) {
    case .zip, .tar, .gzip, .zstandard, .bzip2, .xz, .lz4: return (FileRank(), true)
    case .foreign: return (FileRank(), false)
    case nil: break
    }
    if ParquetInput.isParquet(bytes) { return (FileRank(), true) }
    let rank = FileRank(bytes, framing)
    return (rank, rank == .last && mayCarry(bytes, framing))
  }

  private static func mayCarry(_ bytes: UnsafeBufferPointer<UInt8>, _ framing: FramingKeys) -> Bool {
    switch FileContent(bytes) {
    case .empty, .binary: return false
    case .json, .prefixedLines:
      let text = String(decoding: bytes.prefix(FileRank.headBytes), as: UTF8.self)
      return !framing.framing.strangers.contains { text.contains("\"\($0.member)\"") }
    case .wideText: return true
    case .text:
      let head = UnsafeBufferPointer(rebasing: bytes.prefix(FileRank.headBytes))
      guard let reader = CSVReader.atHeader(of: head) else { return false }
      let names = (0..<reader.cellCount).map { reader.text($0) }
      return framing.writer(forNames: names) != nil
        || framing.framing.textColumns.contains(where: names.contains)
    }
  }

  static func < (left: FileRank, right: FileRank) -> Bool {
    (left.time, left.digest) < (right.time, right.digest)
  }

  private static func firstTime(_ head: UnsafeBufferPointer<UInt8>, _ framing: FramingKeys) -> Int64? {
    // Most files are JSON, whose first line is the whole file.
    if let first = head.first, first != 0x7B, first != 0x5B,
      let time = framing.framing.lines.lazy.compactMap({ $0.firstTime(in: head) }).first
    {
      return time
    }
    return firstTime(head, keys: framing.timeKeys)
      ?? framing.framing.timeMembers.lazy.compactMap { firstTime(head, inText: $0) }.first
  }

  /// The first time in the text of a record that is a JSON text itself: `\"eventTime\":\"2026-…\"`.
  private static func firstTime(_ head: UnsafeBufferPointer<UInt8>, inText member: String) -> Int64? {
    let name = Array("\(member)\\\":".utf8)
    guard let first = name.first, head.count > name.count else { return nil }
    for start in 0..<head.count - name.count where head[start] == first {
      guard head[start...].starts(with: name) else { continue }
      let value = head[(start + name.count)...].drop { JSONBytes.isBlank($0) }
      guard value.starts(with: [0x5C, 0x22]) else { return nil }
      let text = value.dropFirst(2).prefix { $0 != 0x5C && $0 != 0x22 }
      return EventTime.ticks(UnsafeBufferPointer(rebasing: text))
    }
    return nil
  }

  private static func firstTime(_ head: UnsafeBufferPointer<UInt8>, keys: [[UInt8]]) -> Int64? {
    guard let base = head.baseAddress else { return nil }
    let end = base + head.count
    var position = base
    while position < end {
      var hasEscape = false
      guard let quote = nextQuote(position, end) else { return nil }
      let rest = UnsafeBufferPointer(start: quote, count: end - quote)
      if keys.contains(where: { rest.starts(with: $0) }) {
        var failure: ScanFailure?
        guard let (_, value) = JSONBytes.key(at: quote, end, &failure), value < end, value.pointee == 0x22,
          let close = JSONBytes.closingQuote(value + 1, end, &hasEscape)
        else { return nil }
        return EventTime.ticks(UnsafeBufferPointer(start: value + 1, count: close - value - 1))
      }
      position = quote + 1
    }
    return nil
  }

  private static func nextQuote(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<
    UInt8
  >? {
    var hasEscape = false
    return JSONBytes.closingQuote(start, end, &hasEscape)
  }
}
