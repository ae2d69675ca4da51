import Testing

@testable import Engine

@Suite struct InflateTests {
  /// Kinds of data that drive different block types, match lengths and distances.
  static let samples: [(name: String, bytes: [UInt8])] = {
    var random = SeededGenerator(seed: 7)
    let noise = (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let letters = (0..<60_000).map { _ in UInt8.random(in: 97...104, using: &random) }
    let event = Array(#"{"eventName":"SendEmail","eventSource":"ses.amazonaws.com","readOnly":false},"#.utf8)
    let log = (0..<900).flatMap { index in event + Array("\(index * 7919)".utf8) }
    return [
      ("empty", []), ("one byte", [65]), ("zeros", [UInt8](repeating: 0, count: 100_000)),
      ("period of 3", (0..<5000).map { UInt8($0 % 3) }), ("period of 9", (0..<5000).map { UInt8($0 % 9) }),
      ("noise", noise), ("letters", letters), ("log", log), ("log, noise, log", log + noise + log),
    ]
  }()

  static func inflated(_ gzip: [UInt8], limits: FileLimits = FileLimits()) throws -> (
    damage: PackDamage?, bytes: [UInt8]
  ) {
    let (bytes, damage) = try decoded(
      gzip, limit: limits.output(compressed: gzip.count).bytes, by: Gunzip.self)
    return (damage, bytes)
  }

  @Test(arguments: samples.indices)
  func `gzip of every level and strategy comes back byte for byte`(index: Int) throws {
    let (name, bytes) = Self.samples[index]
    for level in Int32(0)...9 {
      for strategy in Int32(0)...4 {
        let (damage, output) = try Self.inflated(
          ZlibReference.deflate(bytes, level: level, strategy: strategy))
        #expect(damage == nil, "\(name) level \(level) strategy \(strategy)")
        #expect(output == bytes, "\(name) level \(level) strategy \(strategy)")
      }
    }
  }

  @Test func `several members and zero padding are one file`() throws {
    let first = ZlibReference.deflate(Array("first ".utf8), level: 6)
    let second = ZlibReference.deflate(Array("second".utf8), level: 9)
    let (damage, output) = try Self.inflated(first + second + [0, 0, 0])
    #expect(damage == nil)
    #expect(String(decoding: output, as: UTF8.self) == "first second")
  }

  @Test func `garbage behind the last member is reported and the data is kept`() throws {
    let (damage, output) = try Self.inflated(
      ZlibReference.deflate([1, 2, 3], level: 6) + Array("rubbish".utf8))
    #expect(damage?.reason == "no gzip data after the last member")
    #expect(output == [1, 2, 3])
  }

  @Test func `a cut file keeps a prefix and says that it is cut`() throws {
    let bytes = Self.samples[7].bytes
    let gzip = ZlibReference.deflate(bytes, level: 6)
    for length in stride(from: 18, to: gzip.count, by: 37) {
      let (damage, output) = try Self.inflated(Array(gzip[..<length]))
      #expect(damage?.reason.contains("cut off") == true, "\(length) of \(gzip.count)")
      #expect(bytes.starts(with: output), "\(length) of \(gzip.count)")
      // Whatever was whole in the input must be there: at most one symbol may be missing per 15 bits.
      if length > 1000 { #expect(output.count > 0) }
    }
  }

  @Test func `wrong checksum and wrong length are found`() throws {
    var gzip = ZlibReference.deflate(Array("some text".utf8), level: 6)
    gzip[gzip.count - 6] ^= 1
    #expect(try Self.inflated(gzip).damage?.reason == "gzip checksum does not match")
    gzip[gzip.count - 6] ^= 1
    gzip[gzip.count - 1] ^= 1
    #expect(try Self.inflated(gzip).damage?.reason == "gzip length does not match")
    #expect(try Self.inflated(gzip).bytes == Array("some text".utf8))
  }

  @Test func `a bomb stops at the named limit`() throws {
    var limits = FileLimits()
    limits.ratioFreeBytes = 1 << 16
    let gzip = ZlibReference.deflate([UInt8](repeating: 0, count: 10_000_000), level: 9)
    let (damage, output) = try Self.inflated(gzip, limits: limits)
    let found = try #require(damage)
    #expect(found.isLimit)
    #expect(output.count <= limits.output(compressed: gzip.count).bytes)
    limits.ratio = 2000
    #expect(try Self.inflated(gzip, limits: limits).damage == nil)
  }

  @Test func `output of exactly the limit is no error`() throws {
    var limits = FileLimits()
    limits.bytes = 100_000
    let whole = ZlibReference.deflate([UInt8](repeating: 9, count: 100_000), level: 6)
    #expect(try Self.inflated(whole, limits: limits).damage == nil)
    let over = ZlibReference.deflate([UInt8](repeating: 9, count: 100_001), level: 6)
    #expect(try Self.inflated(over, limits: limits).damage?.isLimit == true)
  }

  @Test(arguments: 1...12)
  func `damaged streams agree with zlib and never trap`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let output = PaddedBuffer(capacity: 64)
    let decoder = DeflateDecoder(output: output)
    for round in 0..<60 {
      let sample = Self.samples[Int.random(in: 1..<Self.samples.count, using: &random)].bytes
      let part = Array(sample.prefix(Int.random(in: 1...3000, using: &random)))
      var stream = ZlibReference.deflate(
        part, level: Int32.random(in: 0...9, using: &random),
        strategy: Int32.random(in: 0...4, using: &random), windowBits: -15)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<stream.count, using: &random)
        stream[place] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { stream.removeLast(Int.random(in: 0..<stream.count, using: &random)) }
      let limit = 100_000
      output.count = 0
      let failure = stream.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.flatMap { decoder.inflate($0, from: 0, to: bytes.count, limit: limit) }
      }
      let reference = ZlibReference.inflate(stream, maximum: limit)
      let hint: Comment = "seed \(seed) round \(round): \(String(describing: failure))"
      if failure == .outputLimit { continue }
      #expect((failure == nil) == reference.ended, hint)
      if reference.ended {
        #expect(Array(output.bytes) == reference.output, hint)
        #expect(decoder.position == reference.consumed, hint)
      } else {
        let shared = min(output.count, reference.output.count)
        #expect(output.bytes.prefix(shared).elementsEqual(reference.output.prefix(shared)), hint)
      }
    }
  }

  @Test func `checksums of known texts`() throws {
    let crc = CRC32()
    let text = Array("123456789".utf8)
    #expect(text.withUnsafeBufferPointer { $0.baseAddress.map { crc.checksum($0, count: 9) } } == 0xCBF4_3926)
    let long = Self.samples[5].bytes
    for length in [0, 1, 63, 127, 128, 129, 160, 1000, 40_000] {
      let gzip = ZlibReference.deflate(Array(long.prefix(length)), level: 1)
      #expect(try Self.inflated(gzip).damage == nil, "\(length) bytes")
    }
  }
}
