/// Writes values of Parquet columns as JSON.
///
/// ```
///   timestamp, INT96, date     "2026-03-02T10:00:00Z", "2026-03-02"      decimal   12.50
///   text, uuid                 "ada", "0a1b2c3d-0000-4000-8000-000000000001"
///   JSON                       an object or a list as it stands, any other text quoted
/// ```
enum ParquetCell {
  /// What JSON or a table cannot tell as it is.
  enum Loss: String {
    case time = "times out of the years 1 to 9999, which are null or the number that stands there"
    case text = "texts that are no UTF-8, in which replacement characters stand"
    case bytes = "bytes, which are told as Base64"
    case json = "texts that are said to be JSON and are none"
  }

  /// - Returns: what could not be told as it is; nil if the value is told whole.
  static func write(
    _ values: ParquetValues, _ index: Int, _ type: ParquetType, to buffer: PaddedBuffer
  ) -> Loss? {
    switch type.physical {
    case .boolean: append(values.words[index] != 0 ? "true" : "false", buffer)
    case .int32, .int64: return integer(values.words[index], type, buffer)
    case .float: real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: values.words[index]))), buffer)
    case .double: real(Double(bitPattern: UInt64(bitPattern: values.words[index])), buffer)
    case .int96:
      guard let ticks = ticks(values, index, type) else {
        append("null", buffer)
        return .time
      }
      time(ticks, buffer)
    case .bytes, .fixed: return text(values.text(index), type, buffer)
    }
    return nil
  }

  /// The point in time that a value is; nil for a type that is none, and out of range.
  static func ticks(_ values: ParquetValues, _ index: Int, _ type: ParquetType) -> Int64? {
    if type.physical == .int96 {
      let bytes = values.text(index)
      guard bytes.count == 12 else { return nil }
      let raw = UnsafeRawBufferPointer(bytes)
      let nanos = Int64(littleEndian: raw.loadUnaligned(fromByteOffset: 0, as: Int64.self))
      let day = Int64(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
      // The Julian day of 1970-01-01.
      let (days, overflow) = (day - 2_440_588).multipliedReportingOverflow(by: Ticks.perDay)
      guard !overflow else { return nil }
      return since1970(days.addingReportingOverflow(floored(nanos, 100)))
    }
    guard type.physical == .int32 || type.physical == .int64 else { return nil }
    return ticks(values.words[index], type)
  }

  static func ticks(_ word: Int64, _ type: ParquetType) -> Int64? {
    switch type.logical {
    case .timestamp(.millis): return since1970(word, Ticks.perMillisecond)
    case .timestamp(.micros): return since1970(word, Ticks.perMicrosecond)
    case .timestamp(.nanos): return since1970((floored(word, 100), false))
    case .date: return since1970(word, Ticks.perDay)
    case .text, .json, .uuid, .float16, .decimal, .unsigned, .signed, .interval, .time, nil: return nil
    }
  }

  private static func floored(_ value: Int64, _ size: Int64) -> Int64 {
    let quotient = value / size
    return value % size < 0 ? quotient - 1 : quotient
  }

  /// Ticks of a time that is so many units behind 1970; nil if it is out of range.
  static func since1970(_ value: Int64, _ size: Int64) -> Int64? {
    since1970(value.multipliedReportingOverflow(by: size))
  }

  private static func since1970(_ product: (partialValue: Int64, overflow: Bool)) -> Int64? {
    guard !product.overflow else { return nil }
    let (sum, overflow) = product.partialValue.addingReportingOverflow(Ticks.unixEpoch)
    return overflow ? nil : Ticks.inRange(sum)
  }

  // MARK: -

  private static func append(_ text: String, _ buffer: PaddedBuffer) {
    var text = text
    text.withUTF8 { if let base = $0.baseAddress { buffer.append(base, count: $0.count) } }
  }

  private static func time(_ ticks: Int64, _ buffer: PaddedBuffer) {
    append("\"\(Ticks.shortText(ticks))\"", buffer)
  }

  private static func integer(_ word: Int64, _ type: ParquetType, _ buffer: PaddedBuffer) -> Loss? {
    switch type.logical {
    case .timestamp, .date:
      guard let ticks = ticks(word, type) else {
        append(String(word), buffer)
        return .time
      }
      if type.logical == .date {
        append("\"\(Ticks.shortText(ticks).prefix(10))\"", buffer)
      } else {
        time(ticks, buffer)
      }
    case .time(let unit):
      let scale: Int64 = unit == .millis ? Ticks.perMillisecond : unit == .micros ? Ticks.perMicrosecond : 1
      let (product, overflow) = word.multipliedReportingOverflow(by: scale)
      let ticks = unit == .nanos ? word / 100 : product
      guard !overflow, ticks >= 0, ticks < Ticks.perDay, let time = Ticks.inRange(ticks) else {
        append(String(word), buffer)
        return .time
      }
      let text = Ticks.shortText(time).dropFirst(11).prefix { $0 != "Z" }
      append("\"\(text)\"", buffer)
    case .decimal: append(decimal(String(word.magnitude), word < 0, type.scale), buffer)
    case .unsigned:
      append(
        type.physical == .int32
          ? String(UInt32(truncatingIfNeeded: word)) : String(UInt64(bitPattern: word)), buffer)
    case .text, .json, .uuid, .float16, .signed, .interval, nil: append(String(word), buffer)
    }
    return nil
  }

  /// JSON has no infinities and no NaN: they are texts.
  private static func real(_ value: Double, _ buffer: PaddedBuffer) {
    if value.isNaN { return append("\"NaN\"", buffer) }
    if value.isInfinite { return append(value < 0 ? "\"-Infinity\"" : "\"Infinity\"", buffer) }
    append(value.description, buffer)
  }

  private static func decimal(_ digits: String, _ isNegative: Bool, _ scale: Int) -> String {
    let sign = isNegative ? "-" : ""
    guard scale > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
  }

  private static func text(
    _ bytes: UnsafeBufferPointer<UInt8>, _ type: ParquetType, _ buffer: PaddedBuffer
  ) -> Loss? {
    switch type.logical {
    case .uuid where bytes.count == 16:
      func word(_ half: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
        half.reduce(0) { $0 << 8 | UInt64($1) }
      }
      append("\"\(GUID(high: word(bytes.prefix(8)), low: word(bytes.suffix(8))).text)\"", buffer)
    case .decimal where (1...64).contains(bytes.count):
      let (digits, isNegative) = digits(of: bytes)
      append(decimal(digits, isNegative, type.scale), buffer)
    case .float16 where bytes.count == 2:
      real(half(UInt16(bytes[0]) | UInt16(bytes[1]) << 8), buffer)
    case .json:
      if let first = bytes.first(where: { !JSONBytes.isBlank($0) }), first == 0x7B || first == 0x5B,
        JSONValue(parsing: bytes) != nil, let base = bytes.baseAddress
      {
        buffer.append(base, count: bytes.count)
        return nil
      }
      let isWhole = JSONValue(parsing: bytes) != nil
      return quoted(bytes, buffer) ?? (isWhole ? nil : .json)
    case .text: return quoted(bytes, buffer)
    case .uuid, .decimal, .float16, .date, .unsigned, .signed, .interval, .time, .timestamp, nil:
      // Older engines write texts without saying so.
      if String(validating: bytes, as: UTF8.self) != nil { return quoted(bytes, buffer) }
      append("\"\(Base64.encode(Array(bytes)))\"", buffer)
      return .bytes
    }
    return nil
  }

  /// A text in quotes; what is no UTF-8 in it becomes replacement characters.
  private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ buffer: PaddedBuffer) -> Loss? {
    if let base = bytes.baseAddress, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x80 && $0 != 0x22 && $0 != 0x5C })
    {
      buffer.append(0x22)
      buffer.append(base, count: bytes.count)
      buffer.append(0x22)
      return nil
    }
    let whole = String(validating: bytes, as: UTF8.self)
    var escaped: [UInt8] = []
    escaped.reserveCapacity(bytes.count + bytes.count / 8)
    JSONValue.writeQuoted(whole ?? String(decoding: bytes, as: UTF8.self), to: &escaped)
    escaped.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.append(base, count: $0.count) } }
    return whole == nil ? .text : nil
  }

  /// The decimal digits of a number in two's complement, the highest byte first.
  private static func digits(of bytes: UnsafeBufferPointer<UInt8>) -> (digits: String, isNegative: Bool) {
    var magnitude = Array(bytes)
    let isNegative = magnitude[0] & 0x80 != 0
    if isNegative {
      var carry = true
      for index in magnitude.indices.reversed() {
        magnitude[index] = ~magnitude[index] &+ (carry ? 1 : 0)
        carry = carry && magnitude[index] == 0
      }
    }
    var digits: [UInt8] = []
    while magnitude.contains(where: { $0 != 0 }) {
      var rest = 0
      for index in magnitude.indices {
        let value = rest << 8 | Int(magnitude[index])
        magnitude[index] = UInt8(value / 10)
        rest = value % 10
      }
      digits.append(UInt8(ascii: "0") + UInt8(rest))
    }
    return (digits.isEmpty ? "0" : String(decoding: digits.reversed(), as: UTF8.self), isNegative)
  }

  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let sign = bits & 0x8000 == 0 ? 1.0 : -1.0
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}
