import Testing

@testable import Engine

/// What a decoder makes of bytes, of which it reads and writes none beyond their ends.
func decoded(
  _ bytes: [UInt8], limit: Int = 1 << 24, by decoder: any FileDecoder.Type
) throws -> (bytes: [UInt8], damage: PackDamage?) {
  let input = try #require(GuardedBytes(bytes, behind: 16))
  let output = PaddedBuffer(capacity: 64)
  let damage = decoder.init(output: output).decompress(input.buffer, limit: limit)
  let behind = UnsafeBufferPointer(start: output.base + output.capacity, count: PaddedBuffer.padding)
  #expect(behind.allSatisfy { $0 == 0 }, "nothing is written behind the buffer")
  return (Array(output.bytes), damage)
}
