import Engine
import Foundation

/// Whether a cell of a result is what a page prints: by value, not by print style.
enum CellComparison {
  enum Verdict {
    case different
    case equal
    /// Equal after rounding to the printed digits.
    case rounded

    var isEqual: Bool { self != .different }

    init(_ isEqual: Bool) { self = isEqual ? .equal : .different }
  }

  static func compare(_ printed: String, _ actual: Value, unorderedArrays: Bool = false) -> Verdict {
    let expected = printed.trimmed
    switch actual {
    case .null: return Verdict(PrintedValue.isNull(expected))
    case .bool(let value): return compare(expected, bool: value)
    case .dynamic(let value):
      switch value {
      case .array, .object:
        guard let json = lenientJSON(expected) else { return .different }
        return compare(json, value, unorderedArrays)
      case .null: return Verdict(PrintedValue.isNull(expected))
      case .bool(let value): return compare(expected, bool: value)
      case .long(let value): return compare(expected, number: String(value))
      case .real(let value): return compare(expected, number: "\(value)")
      case .string(let value): return compare(expected, printed: printed, text: value, unorderedArrays)
      }
    case .long(let value): return compare(expected, number: String(value))
    case .real(let value): return compare(expected, number: "\(value)")
    case .decimal(let value): return compare(expected, number: value.description)
    case .datetime, .timespan, .guid:
      return compare(expected, printed: printed, text: actual.kqlText, unorderedArrays)
    case .string(let value): return compare(expected, printed: printed, text: value, unorderedArrays)
    }
  }

  private static func compare(_ expected: String, bool value: Bool) -> Verdict {
    Verdict((value ? ["true", "1"] : ["false", "0"]).contains(expected.lowercased()))
  }

  private static func compare(_ expected: String, number text: String) -> Verdict {
    if let first = PrintedValue.number(expected), let second = PrintedValue.number(text) {
      return compare(first, second, printed: expected)
    }
    if let match = expected.wholeMatch(of: #/["'](.*)["']/#) { return compare(String(match.1), number: text) }
    return .different
  }

  private static func compare(
    _ expected: PrintedValue.Number, _ actual: PrintedValue.Number, printed: String
  ) -> Verdict {
    guard case .finite(let exact) = expected, case .finite(let value) = actual else {
      let first = expected.double
      let second = actual.double
      return Verdict(first == second || (first.isNaN && second.isNaN))
    }
    if exact == value { return .equal }
    let first = expected.double
    let second = actual.double
    let isInteger = !printed.contains(".") && !printed.lowercased().contains("e")
    if isInteger, abs(first) < 1e19, first != 0, second == second.rounded(), abs(exact - value) >= 1 {
      return .different
    }
    let scale = max(abs(first), abs(second))
    if scale < 1e-14 || abs(first - second) / scale <= 1e-12 { return .equal }
    guard let digits = PrintedValue.digits(printed) else { return .different }
    let step = pow(10, Double(digits.exponent))
    if digits.count >= 9, abs(first - second) / scale <= 1e-9 { return .rounded }
    if digits.count >= 2, abs(first - second) <= step * 0.5000001 { return .rounded }
    if digits.count >= 3, abs((second / step).rounded(.towardZero) * step - first) < step * 1e-6 {
      return .rounded
    }
    return .different
  }

  private static func compare(
    _ expected: String, printed: String, text: String, _ unorderedArrays: Bool
  ) -> Verdict {
    if text == printed || (PrintedValue.isNull(expected) && PrintedValue.isNull(text)) { return .equal }
    let actual = text.trimmed
    if ["true", "false"].contains(actual.lowercased()),
      ["true", "false", "0", "1"].contains(expected.lowercased())
    {
      return compare(expected, bool: actual.lowercased() == "true")
    }
    // `007` is text.
    if expected.wholeMatch(of: #/0\d+/#) != nil, expected != actual { return .different }
    if let first = PrintedValue.number(expected), let second = PrintedValue.number(actual) {
      return compare(first, second, printed: expected)
    }
    if let first = PrintedValue.datetime(expected), let second = PrintedValue.datetime(actual) {
      if first == second { return .equal }
      if expected.contains(#/\d:\d{2}:\d{2}/#), !expected.contains("."), first == second - second % 10_000_000
      {
        return .rounded
      }
      return truncated(expected, first, second)
    }
    if let first = PrintedValue.timespan(expected), let second = PrintedValue.timespan(actual) {
      return first == second ? .equal : truncated(expected, first, second)
    }
    if let first = lenientJSON(expected), let second = lenientJSON(actual) {
      return compare(first, second, unorderedArrays)
    }
    if let first = GUID(text: expected), let second = GUID(text: actual) { return Verdict(first == second) }
    return Verdict(equalTexts(expected, actual))
  }

  private static func truncated(_ expected: String, _ first: Int64, _ second: Int64) -> Verdict {
    guard let match = expected.firstMatch(of: #/\.(\d{1,6})\D*$/#) else { return .different }
    let unit = Int64(pow(10, Double(7 - match.1.count)))
    return first == second - second % unit ? .rounded : .different
  }

  private static func equalTexts(_ expected: String, _ actual: String) -> Bool {
    if expected.collapsed == actual.collapsed { return true }
    func unquoted(_ text: String) -> String {
      guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "'" else {
        return text
      }
      return String(text.dropFirst().dropLast())
    }
    let unescaped = expected.replacing(#/\\([\\`*_{}\[\]()#+.!|<>~$^-])/#) { String($0.1) }
    let candidates = [
      expected, unescaped, unquoted(expected), expected.replacingOccurrences(of: "\\\"", with: "\""),
      expected.replacingOccurrences(of: "\\n", with: "\n"),
    ].map(\.collapsed)
    return candidates.contains(actual.collapsed) || candidates.contains(unquoted(actual).collapsed)
  }

  // MARK: - JSON

  private static func compare(_ expected: JSONValue, _ actual: JSONValue, _ unordered: Bool) -> Verdict {
    switch (expected, actual) {
    case (.object(let first), .object(let second)):
      guard Set(first.map(\.key)) == Set(second.map(\.key)) else { return .different }
      return all(first.map { compare($0.value, actual[$0.key] ?? .null, unordered) })
    case (.object, _): return .different
    case (.array(let first), .array(let second)):
      guard first.count == second.count else { return .different }
      if unordered { return Matching.perfect(first, second) { compare($0, $1, unordered) } }
      return all(zip(first, second).map { compare($0, $1, unordered) })
    case (.array, _): return .different
    case (.string(let text), .array), (.string(let text), .object):
      return lenientJSON(text).map { compare($0, actual, unordered) } ?? .different
    case (_, .array), (_, .object): return .different
    case (.null, .null), (.null, .string("null")), (.string("null"), .null): return .equal
    case (.null, _), (_, .null): return .different
    case (.bool(let value), _): return Verdict(actual.scalarText.lowercased() == (value ? "true" : "false"))
    case (_, .bool(let value)): return Verdict(expected.scalarText.lowercased() == (value ? "true" : "false"))
    case (.real(let value), _): return compare("\(value)", .dynamic(actual), unorderedArrays: unordered)
    case (.long, _), (.string, _):
      return compare(expected.scalarText, .dynamic(actual), unorderedArrays: unordered)
    }
  }

  private static func all(_ verdicts: [Verdict]) -> Verdict {
    if verdicts.contains(.different) { return .different }
    return verdicts.contains(.rounded) ? .rounded : .equal
  }

  /// JSON as a page prints it: also with single quotes, bare words, or a comma too many.
  private static func lenientJSON(_ text: String) -> JSONValue? {
    let text = text.trimmed
    guard let first = text.first, let last = text.last, first == "[" || first == "{",
      last == "]" || last == "}"
    else { return nil }
    let attempts = [
      text, text.replacingOccurrences(of: "\\|", with: "|"), text.replacing(#/,(\s*[\]}])/#) { String($0.1) },
      text.replacing(#/\s*\n\s*/#, with: " "), text.replacing(#/\\([_*\[\]<>#~])/#) { String($0.1) },
      text.replacingOccurrences(of: "'", with: "\"")
        .replacingOccurrences(of: "True", with: "true").replacingOccurrences(of: "False", with: "false"),
    ]
    for attempt in attempts {
      if let value = JSONValue(parsing: attempt) { return value }
    }
    if first == "[", !text.dropFirst().dropLast().contains(where: { "[]{}\"'".contains($0) }) {
      let inner = String(text.dropFirst().dropLast())
      if inner.trimmed.isEmpty { return .array([]) }
      return .array(inner.split(separator: ",").map { .string(String($0).trimmed) })
    }
    return nil
  }
}
