/// Appends numbers and texts to bytes, little endian.
package struct ByteSink {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func put(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  package mutating func put(_ raw: UnsafeRawBufferPointer) { bytes.append(contentsOf: raw) }

  /// A text behind its length.
  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 {
      put(UInt32($0.count))
      put(UnsafeRawBufferPointer($0))
    }
  }
}

/// Reads what a `ByteSink` wrote. Whatever does not fit is damage, never a trap.
package struct ByteSource {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var left: Int { bytes.endIndex - position }

  package mutating func take(_ count: Int) throws(BlockFailure) -> ArraySlice<UInt8> {
    guard count >= 0, count <= left else { throw .cutOff }
    defer { position += count }
    return bytes[position..<position + count]
  }

  package mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(BlockFailure) -> Number
  {
    let raw = try take(MemoryLayout<Number>.size)
    var number = Number.zero
    withUnsafeMutableBytes(of: &number) { $0.copyBytes(from: raw) }
    return Number(littleEndian: number)
  }

  /// A number of things that take at least so many bytes each.
  mutating func count(each size: Int) throws(BlockFailure) -> Int {
    let count = try number(UInt32.self)
    guard Int(count) <= left / max(1, size) else { throw .cutOff }
    return Int(count)
  }

  mutating func text() throws(BlockFailure) -> String {
    String(decoding: try take(try count(each: 1)), as: UTF8.self)
  }

  /// Numbers side by side.
  mutating func numbers<Number: FixedWidthInteger>(
    _ type: Number.Type, count: Int
  ) throws(BlockFailure) -> [Number] {
    let (size, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<Number>.size)
    guard !isTooLarge, count >= 0 else { throw .cutOff }
    let raw = try take(size)
    return [Number](unsafeUninitializedCapacity: count) { target, initialized in
      UnsafeMutableRawBufferPointer(target).copyBytes(from: raw)
      for index in 0..<count { target[index] = Number(littleEndian: target[index]) }
      initialized = count
    }
  }
}

/// Why bytes are no block that this version reads.
package enum BlockFailure: Error, Hashable, Sendable {
  case cutOff
  case damaged(String)
  case otherVersion(UInt16)

  package var message: String {
    switch self {
    case .cutOff: "a block of rows is cut off"
    case .damaged(let what): "a block of rows is damaged: \(what)"
    case .otherVersion(let version):
      "a block of rows has the format \(version), and this version reads \(ColumnBlock.version)"
    }
  }
}
