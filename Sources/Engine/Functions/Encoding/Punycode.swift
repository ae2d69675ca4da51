/// Punycode: texts of any letters in the letters of host names (RFC 3492).
///
///     Punycode.encode("bücher")  // bcher-kva
enum Punycode {
  private static let base = 36
  private static let (lowest, highest, skew, damping) = (1, 26, 38, 700)
  private static let (firstCode, firstBias) = (128, 72)
  /// The work grows with the square of the length, and names are short.
  private static let lengthLimit = 4096

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damping : delta / 2
    delta += delta / count
    var steps = 0
    while delta > (base - lowest) * highest / 2 {
      delta /= base - lowest
      steps += base
    }
    return steps + (base - lowest + 1) * delta / (delta + skew)
  }

  private static func threshold(_ place: Int, _ bias: Int) -> Int { min(highest, max(lowest, place - bias)) }

  static func encode(_ text: String) -> String? {
    let scalars = text.unicodeScalars.map { Int($0.value) }
    guard scalars.count <= lengthLimit else { return nil }
    var output = scalars.filter { $0 < 128 }.map { UInt8($0) }
    let basicCount = output.count
    var handled = basicCount
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var (code, delta, bias) = (firstCode, 0, firstBias)
    while handled < scalars.count {
      guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
      delta += (next - code) * (handled + 1)
      code = next
      for scalar in scalars {
        if scalar < code { delta += 1 }
        guard scalar == code else { continue }
        var rest = delta
        var place = base
        while true {
          let limit = threshold(place, bias)
          if rest < limit { break }
          output.append(digit(limit + (rest - limit) % (base - limit)))
          rest = (rest - limit) / (base - limit)
          place += base
        }
        output.append(digit(rest))
        bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  static func decode(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count <= lengthLimit, bytes.allSatisfy({ $0 < 128 }) else { return nil }
    let mark = bytes.lastIndex(of: UInt8(ascii: "-"))
    var output = bytes[..<(mark ?? 0)].map { Int($0) }
    var index = mark.map { $0 + 1 } ?? 0
    var (code, position, bias) = (firstCode, 0, firstBias)
    while index < bytes.count {
      let old = position
      var weight = 1
      var place = base
      while true {
        guard index < bytes.count, let digit = value(bytes[index]) else { return nil }
        index += 1
        position += digit * weight
        if position > 1 << 40 { return nil }
        let limit = threshold(place, bias)
        if digit < limit { break }
        weight *= base - limit
        if weight > 1 << 40 { return nil }
        place += base
      }
      bias = adapted(position - old, count: output.count + 1, isFirst: old == 0)
      code += position / (output.count + 1)
      position %= output.count + 1
      output.insert(code, at: position)
      position += 1
    }
    var result = String.UnicodeScalarView()
    for value in output {
      guard let code = UInt32(exactly: value), let scalar = Unicode.Scalar(code) else { return nil }
      result.append(scalar)
    }
    return String(result)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30)
  }

  private static func value(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 0x61
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 0x41
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30 + 26
    default: nil
    }
  }

  /// Each label of a host name that is not ASCII, encoded behind `xn--`.
  static func encodeDomain(_ domain: String) -> String? {
    mapLabels(domain) { label in
      label.utf8.allSatisfy { $0 < 128 } ? label : encode(label).map { "xn--" + $0 }
    }
  }

  static func decodeDomain(_ domain: String) -> String? {
    mapLabels(domain) { label in
      label.lowercased().hasPrefix("xn--") ? decode(String(label.dropFirst(4))) : label
    }
  }

  /// The full stops of RFC 3490: also those of wide scripts end a label.
  private static let stops: Set<Character> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

  private static func mapLabels(_ domain: String, _ transform: (String) -> String?) -> String? {
    var labels: [String] = []
    for label in domain.split(omittingEmptySubsequences: false, whereSeparator: { stops.contains($0) }) {
      guard let changed = transform(String(label)) else { return nil }
      labels.append(changed)
    }
    return labels.joined(separator: ".")
  }
}
