/// What a column is in Arrow, and how its rows are laid out there.
enum ArrowType: Hashable {
  case bool
  case int(bits: Int32)
  case double
  /// With offsets of 64 bits.
  case text
  /// Of nanoseconds where all fit into them, else of microseconds.
  case timestamp(isNano: Bool)
  case duration(isNano: Bool)

  /// Nanoseconds in 64 bits reach so far: about 292 years, and from 1677 to 2262.
  private static let nanoSpans = Int64.min / 100...Int64.max / 100
  private static let nanoTimes =
    Ticks.unixEpoch + nanoSpans.lowerBound...Ticks.unixEpoch + nanoSpans.upperBound

  init(of column: Column) {
    switch column.type {
    case .bool: self = .bool
    case .int: self = .int(bits: ArrowType.fits(column, Int64(Int32.min)...Int64(Int32.max)) ? 32 : 64)
    case .long: self = .int(bits: 64)
    case .real: self = .double
    case .decimal, .guid, .string, .dynamic: self = .text
    case .datetime: self = .timestamp(isNano: ArrowType.fits(column, ArrowType.nanoTimes))
    case .timespan: self = .duration(isNano: ArrowType.fits(column, ArrowType.nanoSpans))
    }
  }

  private static func fits(_ column: Column, _ range: ClosedRange<Int64>) -> Bool {
    allSatisfy(column) { range.contains($0) }
  }

  private static func allSatisfy(_ column: Column, _ test: (Int64) -> Bool) -> Bool {
    guard case .int64(let integers) = column.materialized else { return true }
    return (0..<integers.values.count).allSatisfy { row in
      test(integers.values[row]) || integers.validity.map { !$0[row] } ?? false
    }
  }

  /// Whether values of the column are cut: nanoseconds cannot hold them all, and microseconds not all of each.
  func cuts(_ column: Column) -> Bool {
    switch self {
    case .timestamp(isNano: false), .duration(isNano: false):
      !ArrowType.allSatisfy(column) { $0 % Ticks.perMicrosecond == 0 }
    case .timestamp, .duration, .bool, .int, .double, .text: false
    }
  }

  /// The place of the type among all types of the format.
  var code: UInt8 {
    switch self {
    case .bool: 6
    case .int: 2
    case .double: 3
    case .text: 20
    case .timestamp: 10
    case .duration: 18
    }
  }

  func table(_ builder: inout FlatBufferBuilder) -> Int {
    switch self {
    case .bool, .text: return builder.table([])
    case .int(let bits): return builder.table([.int(bits), .byte(1)])
    case .double: return builder.table([.short(2)])
    case .timestamp(let isNano):
      let zone = builder.text("UTC")
      return builder.table([.short(isNano ? 3 : 2), .reference(zone)])
    case .duration(let isNano): return builder.table([.short(isNano ? 3 : 2)])
    }
  }

  // MARK: - Rows

  /// A bit for each row, the first one lowest.
  static func bits(_ flags: Vector<Bool>) -> [UInt8] {
    flags.withBuffer { flags in
      var bytes = [UInt8](repeating: 0, count: (flags.count + 7) / 8)
      for row in flags.indices where flags[row] { bytes[row / 8] |= 1 << UInt8(row % 8) }
      return bytes
    }
  }

  /// The buffers of a column without the constant layout, but for the one of its nulls.
  func buffers(of column: Column) -> [[UInt8]] {
    switch self {
    case .bool:
      guard case .bool(let bools) = column else { return [[]] }
      return [ArrowType.bits(bools.values)]
    case .int(let bits):
      guard case .int64(let integers) = column else { return [[]] }
      if bits == 64 { return [ArrowType.raw(integers.values.array)] }
      return [ArrowType.raw(integers.values.withBuffer { $0.map { Int32(truncatingIfNeeded: $0) } })]
    case .double:
      guard case .real(let reals) = column else { return [[]] }
      return [ArrowType.raw(reals.values.array)]
    case .timestamp(let isNano): return [ArrowType.ticks(column, from: Ticks.unixEpoch, isNano: isNano)]
    case .duration(let isNano): return [ArrowType.ticks(column, from: 0, isNano: isNano)]
    case .text: return ArrowType.texts(column)
    }
  }

  private static func ticks(_ column: Column, from origin: Int64, isNano: Bool) -> [UInt8] {
    guard case .int64(let integers) = column else { return [] }
    return raw(
      integers.values.withBuffer { values in
        values.map { value in
          let distance = value &- origin
          // The place of a null holds anything.
          if isNano { return distance &* 100 }
          let (whole, rest) = distance.quotientAndRemainder(dividingBy: Ticks.perMicrosecond)
          // Downwards, so that no time before 1970 is told too late.
          return rest < 0 ? whole - 1 : whole
        }
      })
  }

  private static func texts(_ column: Column) -> [[UInt8]] {
    var offsets: [Int64] = [0]
    var bytes: [UInt8] = []
    offsets.reserveCapacity(column.count + 1)
    for row in 0..<column.count {
      if !column.isNull(at: row) {
        if case .string(let strings) = column {
          bytes.append(contentsOf: valid(strings.dictionary[strings.codes[row]]))
        } else {
          bytes.append(contentsOf: column.value(at: row).kqlText.utf8)
        }
      }
      offsets.append(Int64(bytes.count))
    }
    return [raw(offsets), bytes]
  }

  /// Readers refuse a text that is no UTF-8.
  private static func valid(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    bytes.allSatisfy { $0 < 0x80 } ? Array(bytes) : Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  private static func raw(_ numbers: [some Any]) -> [UInt8] { numbers.withUnsafeBytes { Array($0) } }
}
