import Engine
package import Session

/// The values that `--set NAME=…` asks for: one that is fixed, or several that are tried.
///
/// ```
///   SweepValues("50..200:50")   // 50, 100, 150, 200
///   SweepValues("1h..3h:30m")   // 60m, 90m, 120m, 150m, 180m
///   SweepValues("1,5,10")       // 1, 5, 10
///   SweepValues("24h")          // 24h, fixed
/// ```
package struct SweepValues: Hashable, Sendable {
  package var texts: [String]
  /// Several were asked for; a single value is fixed.
  package var isSwept: Bool

  /// No range has more values.
  package static let limit = 1000

  package init(_ text: String) throws(SweepFailure) {
    let parts = SweepValues.parts(of: text)
    var texts: [String] = []
    var hasRange = false
    for part in parts {
      if let range = try SweepValues.range(part) {
        texts += range
        hasRange = true
      } else {
        texts.append(part)
      }
      if texts.count > SweepValues.limit { throw .tooMany(text, limit: SweepValues.limit) }
    }
    var seen: Set<String> = []
    self.texts = texts.filter { seen.insert($0).inserted }
    isSwept = hasRange || parts.count > 1
  }

  /// The parts between commas outside quotes and brackets.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      } else if character == ",", depth <= 0 {
        parts.append(trimmed(part))
        part = ""
        continue
      }
      part.append(character)
    }
    return parts + [trimmed(part)]
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  // MARK: - Ranges

  /// The values of `FROM..TO:STEP`; nil if the text is no range of numbers or times.
  private static func range(_ text: String) throws(SweepFailure) -> [String]? {
    let bytes = Array(text.utf8)
    guard
      let dots = bytes.indices.dropLast().first(where: {
        bytes[$0] == UInt8(ascii: ".") && bytes[$0 + 1] == UInt8(ascii: ".")
      })
    else { return nil }
    let from = String(decoding: bytes[..<dots], as: UTF8.self)
    let rest = String(decoding: bytes[(dots + 2)...], as: UTF8.self)
    let colon = rest.firstIndex(of: ":")
    let to = colon.map { String(rest[..<$0]) } ?? rest
    let step = colon.map { String(rest[rest.index(after: $0)...]) }
    let first = Quantity(from)
    let last = Quantity(to)
    if first == nil, last == nil {
      // Two dots may also stand in a text; words with a step are meant as a range.
      let isWord = !from.isEmpty && from.allSatisfy { $0.isLetter || $0.isNumber }
      if step == nil || !isWord { return nil }
    }
    guard let first, let last else { throw .badRange(text, "both ends must be numbers, or times such as 1h") }
    let stride: Quantity
    if let step {
      guard let read = Quantity(step) else {
        throw .badRange(text, "the step `\(step)` is no number and no time")
      }
      stride = read
    } else {
      guard first.unit == nil, first.scale == 0, last.scale == 0 else {
        throw .badRange(
          text, "a step is missing, as in \(from)..\(to):\(first.unit.map { "1\($0)" } ?? "0.1")")
      }
      stride = Quantity(digits: 1, scale: 0, unit: nil)
    }
    return try values(text, first, last, stride)
  }

  private static func values(
    _ text: String, _ first: Quantity, _ last: Quantity, _ step: Quantity
  ) throws(SweepFailure) -> [String] {
    let all = [first, last, step]
    let units = all.compactMap(\.unit)
    guard units.isEmpty || all.allSatisfy({ $0.unit != nil || $0.digits == 0 }) else {
      throw .badRange(text, "its ends and its step must all be numbers or all be times")
    }
    let unit = units.min { (Quantity.ticks[$0] ?? 0) < (Quantity.ticks[$1] ?? 0) }
    let scale = all.map(\.scale).max() ?? 0
    let whole = all.compactMap { $0.count(of: unit, scale: scale) }
    guard whole.count == 3 else {
      throw .badRange(text, "its numbers are too large, or not whole in one unit")
    }
    let (start, end, stride) = (whole[0], whole[1], whole[2])
    guard stride != 0, (end >= start) == (stride > 0) || start == end else {
      throw .badRange(text, "the step leads away from the end, or is 0")
    }
    let (distance, overflow) = end.subtractingReportingOverflow(start)
    guard !overflow, distance.magnitude / stride.magnitude < UInt64(limit) else {
      throw .tooMany(text, limit: limit)
    }
    return (0...(distance / stride)).map { index in
      Quantity(digits: start + index * stride, scale: unit == nil ? scale : 0, unit: unit).text
    }
  }
}

/// A number with up to nine decimals, and a unit of time if it has one: `1.5`, `30m`, `-24h`.
struct Quantity: Hashable, Sendable {
  /// The number times ten to the power of `scale`.
  var digits: Int64
  var scale: Int
  var unit: String?

  /// The units that both languages have, and the week of SPL.
  static let ticks: [String: Int64] = [
    "ms": Ticks.perMillisecond, "s": Ticks.perSecond, "m": Ticks.perMinute, "h": Ticks.perHour,
    "d": Ticks.perDay, "w": 7 * Ticks.perDay,
  ]

  init(digits: Int64, scale: Int, unit: String?) {
    self.digits = digits
    self.scale = scale
    self.unit = unit
  }

  init?(_ text: String) {
    let number = text.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "-" || $0 == "+" }
    let unit = String(text.dropFirst(number.count))
    guard unit.isEmpty || Quantity.ticks[unit] != nil else { return nil }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, !first.isEmpty else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.count <= 9, parts.count == 1 || !decimals.isEmpty,
      decimals.allSatisfy({ ("0"..."9").contains($0) }), let digits = Int64(first + decimals)
    else { return nil }
    self.init(digits: digits, scale: decimals.count, unit: unit.isEmpty ? nil : unit)
  }

  /// The number in another unit and with more decimals; nil if it is not whole there, or too large.
  func count(of unit: String?, scale wanted: Int) -> Int64? {
    var result = digits
    for _ in 0..<(wanted - scale) {
      let (next, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = next
    }
    guard let unit, let size = Quantity.ticks[unit] else { return result }
    guard let own = self.unit, let ownSize = Quantity.ticks[own] else { return digits == 0 ? 0 : nil }
    let (ticks, overflow) = result.multipliedReportingOverflow(by: ownSize / size)
    if overflow { return nil }
    var divisor: Int64 = 1
    for _ in 0..<wanted { divisor *= 10 }
    return ticks % divisor == 0 ? ticks / divisor : nil
  }

  var text: String {
    let magnitude = digits.magnitude
    var number = String(magnitude)
    if scale > 0 {
      if number.count <= scale { number = String(repeating: "0", count: scale - number.count + 1) + number }
      let split = number.index(number.endIndex, offsetBy: -scale)
      var decimals = number[split...]
      while decimals.last == "0" { decimals.removeLast() }
      number = String(number[..<split]) + (decimals.isEmpty ? "" : ".\(decimals)")
    }
    return (digits < 0 ? "-" : "") + number + (unit ?? "")
  }

  /// The same for equal values: `60m` and `1h`, `1.0` and `1`.
  var canonical: String {
    guard let unit, let size = Quantity.ticks[unit] else { return text }
    let (ticks, overflow) = digits.multipliedReportingOverflow(by: size)
    return overflow ? text : Quantity(digits: ticks, scale: scale, unit: nil).text + " ticks"
  }
}

/// Why a sweep cannot be made.
package enum SweepFailure: Error, Hashable, Sendable {
  case badRange(String, String)
  case tooMany(String, limit: Int)
  case tooManyCombinations(Int, limit: Int)
  /// Nothing is to be tried.
  case nothingSwept
  case repeated(String)
  case unknown(name: String, known: [RuleParameter])
  case badValue(name: String, value: String, current: String)
  /// One stands inside the other.
  case overlapping(String, String)
  /// The definition of a macro is one line.
  case badMacroText(name: String, value: String)
}
