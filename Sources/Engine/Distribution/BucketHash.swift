/// Which bucket rows fall into by their keys: equal keys fall into one, on whatever machine.
///
/// So it has no seed. Who chooses values so that all fall into one bucket makes one task slow, and no row wrong.
enum BucketHash {
  private static let start: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func buckets(of keys: [Column], count: Int, among buckets: Int) -> [UInt32] {
    var hashes = [UInt64](repeating: start, count: count)
    for key in keys { add(key, to: &hashes) }
    return hashes.map { UInt32($0 % UInt64(max(1, buckets))) }
  }

  private static func add(_ column: Column, to hashes: inout [UInt64]) {
    let validity = column.validity
    func add(_ word: (Int) -> UInt64) {
      for row in hashes.indices {
        let isThere = validity?[row] ?? true
        hashes[row] = ByteHash.mix(hashes[row] ^ (isThere ? word(row) : 1), 0xA076_1D64_78BD_642F)
      }
    }
    switch column {
    case .constant(let constant):
      let word = word(of: constant.value, constant.type)
      add { _ in word }
    case .bool(let bools): add { bools.values[$0] ? 3 : 2 }
    case .int64(let integers): add { UInt64(bitPattern: integers.values[$0]) }
    case .real(let reals): add { KeyColumnEncoder.word(reals.values[$0]) }
    case .string(let strings):
      let words = (0..<UInt32(strings.dictionary.count)).map { BucketHash.word(of: strings.dictionary[$0]) }
      add { words[Int(strings.codes[$0])] }
    case .values(let values): add { word(of: values.values[$0], values.type) }
    }
  }

  /// As the same value in a column of its own layout.
  private static func word(of value: Value, _ type: DataType) -> UInt64 {
    switch value {
    case .null: return 1
    case .bool(let truth): return truth ? 3 : 2
    case .long(let number):
      return type == .real ? KeyColumnEncoder.word(Double(number)) : UInt64(bitPattern: number)
    case .datetime(let ticks), .timespan(let ticks): return UInt64(bitPattern: ticks)
    case .real(let number): return KeyColumnEncoder.word(number)
    // Equal decimals may be written in two ways, but are one number.
    case .decimal: return KeyColumnEncoder.word(value.number ?? 0)
    case .guid(let guid): return word(of: guid.text)
    case .string(let text): return word(of: text)
    case .dynamic(let tree): return word(of: tree.text)
    }
  }

  private static func word(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { word(of: $0) }
  }

  private static func word(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
