import Testing

@testable import Engine

/// Hostile input by seeded chance. A failing seed is in the message; a read outside of the input ends the process,
/// since inputs stand before a page without access.
@Suite struct IngestFuzzTests {
  private static let seeds = 1...8

  /// A few changes of the kinds that break parsers: bytes, bits, cuts, and parts that are there twice.
  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0...6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 2: bytes.removeSubrange(place...)
      case 3: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &random)))
      case 5: bytes[place] = [0, 0xFF, 0x7F, 0x80].randomElement(using: &random) ?? 0
      default: bytes += bytes.prefix(place)
      }
    }
  }

  @Test(arguments: seeds)
  func `mutated gzip files give what zlib gives, or say what is wrong`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(900 + seed))
    let output = PaddedBuffer(capacity: 64)
    let gunzip = Gunzip(output: output)
    for round in 0..<150 {
      let sample = InflateTests.samples[Int.random(in: 0..<InflateTests.samples.count, using: &random)].bytes
      let part = Array(sample.prefix(Int.random(in: 0...2500, using: &random)))
      var gzip = ZlibReference.deflate(
        part, level: Int32.random(in: 0...9, using: &random),
        strategy: Int32.random(in: 0...4, using: &random))
      Self.mutate(&gzip, &random)
      let input = try #require(GuardedBytes(gzip))
      let damage = gunzip.decompress(input.buffer, limit: 1 << 28)
      let behind = UnsafeBufferPointer(start: output.base + output.capacity, count: PaddedBuffer.padding)
      #expect(behind.allSatisfy { $0 == 0 }, "seed \(seed) round \(round) wrote behind its buffer")
      guard damage == nil else { continue }
      // What passes is whole members: each must be what zlib makes of it.
      if gzip.starts(with: [0x1F, 0x8B, 8, 0]), gzip.count > 18 {
        let reference = ZlibReference.inflate(Array(gzip[10...]), maximum: 1 << 20)
        #expect(reference.ended, "seed \(seed) round \(round)")
        #expect(output.bytes.starts(with: reference.output), "seed \(seed) round \(round)")
      }
    }
  }

  @Test(arguments: seeds)
  func `mutated deflate streams are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(700 + seed))
    let output = PaddedBuffer(capacity: 64)
    let decoder = DeflateDecoder(output: output)
    for round in 0..<150 {
      let letters = UInt8.random(in: 1...60, using: &random)
      let length = Int.random(in: 1...4000, using: &random)
      // Few letters make short codes (pairs of literals), equal bytes long matches.
      var text = (0..<length).map { _ in 64 &+ UInt8.random(in: 0..<letters, using: &random) }
      if Bool.random(using: &random) { text += text.prefix(Int.random(in: 1...length, using: &random)) }
      var stream = ZlibReference.deflate(
        text, level: Int32.random(in: 1...9, using: &random),
        strategy: Int32.random(in: 0...4, using: &random),
        windowBits: -15)
      let isWhole = round % 3 == 0
      if !isWhole { Self.mutate(&stream, &random) }
      let input = try #require(GuardedBytes(stream))
      let limit = isWhole ? text.count : 50_000
      output.count = 0
      let failure = decoder.inflate(input.base, from: 0, to: input.count, limit: limit)
      let hint: Comment = "seed \(seed) round \(round): \(String(describing: failure))"
      let behind = UnsafeBufferPointer(start: output.base + output.capacity, count: PaddedBuffer.padding)
      #expect(behind.allSatisfy { $0 == 0 }, hint)
      #expect(output.count <= limit, hint)
      if isWhole {
        #expect(failure == nil, hint)
        #expect(output.bytes.elementsEqual(text), hint)
      } else if failure != .outputLimit {
        let reference = ZlibReference.inflate(stream, maximum: 200_000)
        #expect((failure == nil) == reference.ended, hint)
        if reference.ended { #expect(output.bytes.elementsEqual(reference.output), hint) }
      }
    }
  }

  /// Takes every record that can be scanned, looking inside its members.
  private final class Taker: RecordConsumer {
    let scanner: RecordScanner
    let framing = FramingKeys(TemporaryLogs.framing)
    var count = 0
    var takesAll: Bool { false }
    var isStopped: Bool { false }

    init() {
      let paths = ["a", "b.a", "a{}.b", "c[0]", "c{}", "b.c{}.a", "longer key name.a"]
      scanner = RecordScanner(
        FieldTrie(
          paths: paths.map { path in if case .field(let parts) = FieldPath(path) { parts } else { [] } }))
    }

    func reject(reason: String, offset: Int) {}

    func record(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordVerdict {
      switch scanner.scan(start, end, verdict: { _ in true }) {
      case .failed(let failure): return .failed(failure)
      case .record(let after), .dropped(let after):
        for container in 0..<scanner.trie.containerCount where !scanner.extract(container: container) {
          return .failed(ScanFailure(reason: "inside", position: start))
        }
        for slot in 0..<scanner.slotCount {
          let value = scanner.value(slot)
          // A value lies within the record, whatever the record is.
          if value.kind != .absent { #expect(value.start >= start && value.start + value.count <= after) }
          ValueText.withText(value) { count += $0.count }
        }
        return .taken(after: after)
      }
    }
  }

  @Test(arguments: seeds)
  func `random and mutated JSON files are walked within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(300 + seed))
    let marks = Array(#"{}[]{}"",:\\ntf0-1.e u\u00"#.utf8) + [0, 0xFF, 0x0A, 0xC3, 0x20]
    for round in 0..<200 {
      var bytes: [UInt8] = []
      switch round % 4 {
      case 0:
        bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
          marks.randomElement(using: &random) ?? 0
        }
      case 1:
        bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        bytes.insert(0x7B, at: 0)
      default:
        let records = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          RandomJSON.spaced(RandomJSON.object(depth: 3, &random).text, &random)
        }
        let isWrapped = Bool.random(using: &random)
        let text =
          isWrapped ? "{\"Records\":[\(records.joined(separator: ","))]}" : records.joined(separator: "\n")
        bytes = Array(text.utf8)
        Self.mutate(&bytes, &random)
      }
      let text = try #require(GuardedBytes(bytes, behind: PaddedBuffer.padding))
      let taker = Taker()
      var walker = JSONWalker(text.buffer, consumer: taker)
      let result = walker.walk()
      #expect(result.taken <= bytes.count, "seed \(seed) round \(round)")
    }
  }
}
