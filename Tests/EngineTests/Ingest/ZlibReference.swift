import CZlib

/// zlib as the reference for the inflate written here.
enum ZlibReference {
  /// A deflate stream of the given kind: `windowBits` 15 + 16 makes gzip, -15 a raw stream.
  static func deflate(_ data: [UInt8], level: Int32, strategy: Int32 = 0, windowBits: Int32 = 31) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, windowBits, 8, strategy, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(data.count))) + 64)
    var input = data
    let written = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        _ = CZlib.deflate(&stream, Z_FINISH)
        return target.count - Int(stream.avail_out)
      }
    }
    return Array(output[..<written])
  }

  /// What zlib makes of one raw deflate stream: whether it ended well, and all bytes it gave.
  static func inflate(_ data: [UInt8], maximum: Int) -> (ended: Bool, output: [UInt8], consumed: Int) {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return (false, [], 0)
    }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: maximum)
    var input = data + [0]
    return input.withUnsafeMutableBufferPointer { source in
      let (status, written) = output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(data.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        let status = CZlib.inflate(&stream, Z_SYNC_FLUSH)
        return (status, target.count - Int(stream.avail_out))
      }
      return (status == Z_STREAM_END, Array(output[..<written]), data.count - Int(stream.avail_in))
    }
  }
}

/// A small seeded generator (SplitMix64), so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
