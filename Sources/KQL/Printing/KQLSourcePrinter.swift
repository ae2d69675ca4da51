import Diagnostics
import Engine

/// Prints a syntax tree back to KQL that reads to the same tree.
package enum KQLSourcePrinter {
  /// A text as a string literal.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func literal(_ literal: LiteralSyntax) -> String {
    switch literal.value {
    case .bool(let value): "\(value)"
    case .int(let value): "int(\(value))"
    case .long(let value): "\(value)"
    case .real(let value): real(value)
    case .decimal(let text): "decimal(\(text))"
    case .datetime(_, let text): "datetime(\(text))"
    case .now: "datetime()"
    case .timespan(let ticks): "\(ticks)tick"
    case .guid(let text): "guid(\(text))"
    case .string(let string): quoted(string.value)
    case .null(let type): "\(type.rawValue)(null)"
    }
  }

  private static func real(_ value: Double) -> String {
    if value.isNaN { return "real(nan)" }
    if value.isInfinite { return value < 0 ? "real(-inf)" : "real(+inf)" }
    return value < 0 ? "real(\(value))" : "\(value)"
  }
}
