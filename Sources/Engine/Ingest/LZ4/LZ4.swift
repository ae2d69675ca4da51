/// LZ4's block format, bare or in Hadoop's frames.
///
/// ```
///   block     LLLLMMMM (more lengths) literals, distance (2 bytes) (more lengths) …        the last has no match
///   Hadoop    size (4 bytes, big end first), stored size (4), block, …
/// ```
enum LZ4 {
  /// Appends the bytes of one block; `size` is how many there must be. Nil if the data are whole.
  static func decompress(
    _ input: UnsafeBufferPointer<UInt8>, size: Int, into output: PaddedBuffer
  ) -> UnpackFailure? {
    output.reserve(output.count + size)
    let start = output.count
    if let failure = block(input, most: size, reach: 0, into: output) {
      output.count = start
      return failure == .outputLimit ? .invalid("it is longer than stated") : failure
    }
    guard output.count - start == size else {
      output.count = start
      return .truncated
    }
    return nil
  }

  /// Appends the bytes of one block, or those that came before what is wrong with it; nil if the data are whole, the
  /// output limit if there are more than `most`.
  ///
  /// - Parameters:
  ///   - most: bytes that may come out; the output has room for them.
  ///   - reach: bytes before the block that its matches may begin in.
  static func block(
    _ input: UnsafeBufferPointer<UInt8>, most: Int, reach: Int, into output: PaddedBuffer
  ) -> UnpackFailure? {
    guard let source = input.baseAddress else { return most == 0 ? nil : .truncated }
    let target = output.base + output.count
    var position = 0
    var written = 0
    defer { output.count += written }
    while position < input.count {
      let token = Int(source[position])
      position += 1
      guard let literals = length(token >> 4, source, &position, input.count) else { return .truncated }
      let there = min(literals, input.count - position)
      guard there <= most - written else { return .outputLimit }
      (target + written).update(from: source + position, count: there)
      position += there
      written += there
      if there < literals { return .truncated }
      if position == input.count { break }
      guard position + 2 <= input.count else { return .truncated }
      let distance = input.little16(position)
      position += 2
      guard let more = length(token & 15, source, &position, input.count) else { return .truncated }
      guard distance > 0, distance <= written + reach else {
        return .invalid("distance reaches before the start")
      }
      guard more + 4 <= most - written else { return .outputLimit }
      BlockCopy.repeated(target + written, distance: distance, count: more + 4)
      written += more + 4
    }
    return nil
  }

  private static func length(
    _ first: Int, _ source: UnsafePointer<UInt8>, _ position: inout Int, _ end: Int
  ) -> Int? {
    guard first == 15 else { return first }
    var length = 15
    while position < end {
      let byte = Int(source[position])
      position += 1
      length += byte
      if byte < 255 { return length }
    }
    return nil
  }

  /// The same in Hadoop's frames; what has none is taken as one block.
  static func decompressFramed(
    _ input: UnsafeBufferPointer<UInt8>, size: Int, into output: PaddedBuffer
  ) -> UnpackFailure? {
    let start = output.count
    if frames(input, size: size, into: output) { return nil }
    output.count = start
    return decompress(input, size: size, into: output)
  }

  private static func frames(
    _ input: UnsafeBufferPointer<UInt8>, size: Int, into output: PaddedBuffer
  ) -> Bool {
    let start = output.count
    var position = 0
    while position + 8 <= input.count {
      let part = big32(input, position)
      let stored = big32(input, position + 4)
      position += 8
      guard stored <= input.count - position, part <= size - (output.count - start),
        decompress(input.part(position..<position + stored), size: part, into: output) == nil
      else { return false }
      position += stored
    }
    return position == input.count && output.count - start == size
  }

  private static func big32(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(input[at + $1]) }
  }
}
