/// Reads a column as doubles, passing over nulls and, in SPL, over texts that are no number.
///
/// A text is read once for each distinct one; arrays give each element.
struct NumberReader: ~Copyable {
  private var texts: ElementEncoder
  /// The number of each text code; NaN for one that is none.
  private var numbers: [Double] = []

  init(type: DataType, dialect: Dialect) {
    texts = ElementEncoder(type: type, dialect: dialect, flattens: true)
  }

  @inline(__always)
  mutating func forEach(
    _ column: Column, groups: UnsafeBufferPointer<UInt32>, _ body: (Int, Double) -> Void
  ) {
    switch column {
    case .real(let reals):
      reals.values.withBuffer { values in
        guard let validity = reals.validity else {
          for row in 0..<values.count { body(Int(groups[row]), values[row]) }
          return
        }
        validity.withBuffer { valid in
          for row in 0..<values.count where valid[row] { body(Int(groups[row]), values[row]) }
        }
      }
    case .int64(let integers) where integers.type != .datetime:
      integers.values.withBuffer { values in
        guard let validity = integers.validity else {
          for row in 0..<values.count { body(Int(groups[row]), Double(values[row])) }
          return
        }
        validity.withBuffer { valid in
          for row in 0..<values.count where valid[row] { body(Int(groups[row]), Double(values[row])) }
        }
      }
    case .string: forEachText(column, groups: groups, body)
    case .constant(let constant) where constant.type == .string || constant.type == .dynamic:
      forEachText(column, groups: groups, body)
    case .constant, .int64, .bool, .values:
      for row in 0..<column.count {
        if let number = NumberReader.number(column.value(at: row)) { body(Int(groups[row]), number) }
      }
    }
  }

  @inline(__always)
  private mutating func forEachText(
    _ column: Column, groups: UnsafeBufferPointer<UInt32>, _ body: (Int, Double) -> Void
  ) {
    var known = numbers
    numbers = []
    var elements: [(UInt32, UInt32)] = []
    elements.reserveCapacity(column.count)
    texts.forEach(column, groups: groups) { elements.append(($0, $1)) }
    while known.count < texts.count {
      known.append(NumberReader.number(texts.value(of: UInt32(known.count))) ?? .nan)
    }
    for (group, code) in elements where !known[Int(code)].isNaN { body(Int(group), known[Int(code)]) }
    numbers = known
  }

  /// The number that a value is or, as a text, spells; nil for anything else.
  static func number(_ value: Value) -> Double? {
    switch value {
    case .long, .real, .decimal: return value.number
    case .timespan(let ticks): return Double(ticks)
    case .datetime(let ticks): return Ticks.unixSeconds(of: ticks)
    case .string(let text):
      guard let number = NumberText.real(text), number.isFinite else { return nil }
      return number
    case .dynamic(let json): return json.scalar.flatMap { number($0) }
    case .null, .bool, .guid: return nil
    }
  }
}
