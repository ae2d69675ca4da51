/// Writes Thrift's compact protocol: see `ThriftReader`.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  /// The number of the last field of each structure that is open.
  private var last = [0]

  private mutating func varint(_ value: UInt64) { Varint.append(value, to: &bytes) }

  private mutating func zigzag(_ value: Int64) { varint(Varint.unsigned(value)) }

  private mutating func header(_ number: Int, _ kind: ThriftReader.Kind) {
    let step = number - last[last.count - 1]
    if (1...15).contains(step) {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(Int64(number))
    }
    last[last.count - 1] = number
  }

  mutating func int(_ number: Int, _ value: Int) {
    header(number, .int)
    zigzag(Int64(value))
  }

  mutating func long(_ number: Int, _ value: Int) {
    header(number, .long)
    zigzag(Int64(value))
  }

  mutating func bool(_ number: Int, _ value: Bool) { header(number, value ? .isTrue : .isFalse) }

  mutating func binary(_ number: Int, _ value: some Collection<UInt8>) {
    header(number, .binary)
    element(value)
  }

  mutating func text(_ number: Int, _ value: String) { binary(number, value.utf8) }

  mutating func list(_ number: Int, of kind: ThriftReader.Kind, count: Int) {
    header(number, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(UInt64(count))
    }
  }

  mutating func element(_ value: some Collection<UInt8>) {
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func element(_ value: Int) { zigzag(Int64(value)) }

  mutating func structure(_ number: Int, _ body: (inout ThriftWriter) -> Void) {
    header(number, .structure)
    elementStructure(body)
  }

  /// One of a list, or the whole.
  mutating func elementStructure(_ body: (inout ThriftWriter) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }

  /// What stands there by itself, as a page's header.
  static func whole(_ body: (inout ThriftWriter) -> Void) -> [UInt8] {
    var writer = ThriftWriter()
    body(&writer)
    writer.bytes.append(0)
    return writer.bytes
  }
}
