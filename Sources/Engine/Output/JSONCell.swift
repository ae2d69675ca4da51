import Diagnostics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A cell as JSON: numbers as numbers, times as text, dynamic nested, null as `null`.
///
/// NaN and infinities become strings. Control characters and direction marks are escaped also where JSON would
/// let them stand, so that a cell cannot drive the terminal that shows it.
struct JSONCell {
  var dialect: Dialect

  func append(_ column: Column, _ row: Int, to bytes: inout [UInt8]) {
    switch column {
    case .string(let strings):
      if let validity = strings.validity, !validity[row] {
        bytes.append(contentsOf: "null".utf8)
        return
      }
      let text = strings.dictionary[strings.codes[row]]
      if strings.type == .dynamic, dialect.texts == .typed, JSONCell.isPlain(text) {
        bytes.append(contentsOf: text)
      } else if strings.type == .string, JSONCell.needsNoEscape(text) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text)
        bytes.append(UInt8(ascii: "\""))
      } else {
        append(column.value(at: row), to: &bytes)
      }
    case .constant, .bool, .int64, .real, .values: append(column.value(at: row), to: &bytes)
    }
  }

  func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .long(let value): bytes.append(contentsOf: String(value).utf8)
    case .real(let value): append(value, to: &bytes)
    case .decimal(let value):
      let text = value.description
      if value.isNaN { JSONCell.appendQuoted(text, to: &bytes) } else { bytes.append(contentsOf: text.utf8) }
    case .datetime, .timespan, .guid: JSONCell.appendQuoted(value.kqlText, to: &bytes)
    case .string(let value): JSONCell.appendQuoted(value, to: &bytes)
    case .dynamic(let value): append(value, to: &bytes)
    }
  }

  private func append(_ value: Double, to bytes: inout [UInt8]) {
    if value.isFinite {
      bytes.append(contentsOf: Value.text(of: value, in: dialect).utf8)
    } else {
      bytes.append(contentsOf: (value.isNaN ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"").utf8)
    }
  }

  private func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .long(let value): bytes.append(contentsOf: String(value).utf8)
    case .real(let value): append(value, to: &bytes)
    case .string(let value): JSONCell.appendQuoted(value, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(element, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONCell.appendQuoted(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(member.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    JSONValue.writeQuoted(text, to: &bytes)
    guard bytes[start...].contains(where: { $0 >= 0x7F }), text.unicodeScalars.contains(where: isHidden)
    else {
      return
    }
    let quoted = String(decoding: bytes[start...], as: UTF8.self)
    bytes.removeSubrange(start...)
    for scalar in quoted.unicodeScalars {
      if isHidden(scalar) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        }
      } else {
        bytes.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x7F && DisplayText.mustEscape(scalar)
  }

  /// Printable ASCII.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    !text.isEmpty && text.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private static func needsNoEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}
