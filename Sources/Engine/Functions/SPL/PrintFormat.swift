/// The conversions of `printf`.
///
///     PrintFormat.text("%05.1f", [.real(2.25)])  // 002.2
enum PrintFormat {
  private struct Conversion {
    var flags: Set<UInt8> = []
    var width = 0
    var precision: Int?
    var letter: UInt8 = 0
  }

  private static let sizeLimit = 4096

  static func text(_ format: String, _ values: [Value]) -> String {
    var rest = Array(format.utf8)[...]
    var values = values[...]
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), !rest.isEmpty else {
        result.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "%") {
        rest = rest.dropFirst()
        result.append(byte)
        continue
      }
      let start = rest
      guard let conversion = conversion(&rest, &values) else {
        result.append(byte)
        rest = start
        continue
      }
      result += written(conversion, values.popFirst() ?? .null).utf8
      if !TextLimit.admits(result.count) { break }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func conversion(
    _ rest: inout ArraySlice<UInt8>, _ values: inout ArraySlice<Value>
  ) -> Conversion? {
    var conversion = Conversion()
    while let flag = rest.first, "-+ #0'".utf8.contains(flag) {
      conversion.flags.insert(flag)
      rest = rest.dropFirst()
    }
    conversion.width = size(&rest, &values) ?? 0
    if conversion.width < 0 {
      conversion.flags.insert(UInt8(ascii: "-"))
      conversion.width = -conversion.width
    }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      conversion.precision = max(0, size(&rest, &values) ?? 0)
    }
    while let size = rest.first, "hlLjt".utf8.contains(size) { rest = rest.dropFirst() }
    guard let letter = rest.popFirst(), "diouxXfFeEgGaAcspz".utf8.contains(letter) else { return nil }
    conversion.letter = letter
    return conversion
  }

  private static func size(_ rest: inout ArraySlice<UInt8>, _ values: inout ArraySlice<Value>) -> Int? {
    if rest.first == UInt8(ascii: "*") {
      rest = rest.dropFirst()
      let number = SPLValue.number(values.popFirst() ?? .null) ?? 0
      let most = Double(sizeLimit + 1)
      return limited(Int(max(-most, min(most, number.isNaN ? 0 : number))))
    }
    let digits = rest.prefix { $0 &- 0x30 < 10 }
    rest = rest.dropFirst(digits.count)
    if digits.isEmpty { return nil }
    return limited(digits.reduce(0) { min(sizeLimit + 1, $0 * 10 + Int($1 &- 0x30)) })
  }

  /// A width or a number of digits that is not too large; else the call fails.
  private static func limited(_ size: Int) -> Int {
    FunctionLimit.allows(abs(size), sizeLimit, "letters of a width of `printf`") ? size : 0
  }

  private static func written(_ conversion: Conversion, _ value: Value) -> String {
    var sign = ""
    var body: String
    var isNumber = true
    switch conversion.letter {
    case UInt8(ascii: "s"), UInt8(ascii: "c"), UInt8(ascii: "z"):
      isNumber = false
      body = SPLValue.text(value)
      if conversion.letter == UInt8(ascii: "c"), value.number != nil, let number = SPLValue.number(value) {
        body = Unicode.Scalar(UInt32(Int64(saturating: number) & 0x1F_FFFF)).map { String($0) } ?? ""
      }
      let limit = conversion.letter == UInt8(ascii: "c") ? 1 : conversion.precision
      if let limit { body = String(String.UnicodeScalarView(body.unicodeScalars.prefix(limit))) }
    case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
      let number = Int64(saturating: SPLValue.number(value) ?? 0)
      sign = number < 0 ? "-" : ""
      body = padded(String(number.magnitude), conversion.precision)
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "p"):
      let bits = UInt64(bitPattern: Int64(saturating: SPLValue.number(value) ?? 0))
      let isOctal = conversion.letter == UInt8(ascii: "o")
      let isUpper = conversion.letter == UInt8(ascii: "X")
      body = padded(String(bits, radix: isOctal ? 8 : 16, uppercase: isUpper), conversion.precision)
      if conversion.flags.contains(UInt8(ascii: "#")), bits != 0 {
        sign = isOctal ? "0" : isUpper ? "0X" : "0x"
      }
    default:
      let number = SPLValue.number(value) ?? 0
      sign = number < 0 ? "-" : ""
      let letter = Character(Unicode.Scalar(conversion.letter))
      body = NumberText.formatted("%.\(conversion.precision ?? 6)\(letter)", abs(number))
    }
    if conversion.flags.contains(UInt8(ascii: "'")), "diufFgG".utf8.contains(conversion.letter) {
      body = NumberStyle.withCommas(body)
    }
    if isNumber, sign.isEmpty, !"xXop".utf8.contains(conversion.letter) {
      if conversion.flags.contains(UInt8(ascii: "+")) {
        sign = "+"
      } else if conversion.flags.contains(0x20) {
        sign = " "
      }
    }
    let missing = conversion.width - sign.unicodeScalars.count - body.unicodeScalars.count
    guard missing > 0 else { return sign + body }
    if conversion.flags.contains(UInt8(ascii: "-")) {
      return sign + body + String(repeating: " ", count: missing)
    }
    if isNumber, conversion.flags.contains(UInt8(ascii: "0")) {
      return sign + String(repeating: "0", count: missing) + body
    }
    return String(repeating: " ", count: missing) + sign + body
  }

  private static func padded(_ digits: String, _ precision: Int?) -> String {
    String(repeating: "0", count: max(0, (precision ?? 0) - digits.utf8.count)) + digits
  }
}
