import Diagnostics

/// Writes HTML: names and raw pieces are constants of the program, and all else is escaped.
///
/// ```swift
///   html.element("p", ["class": "note"]) { $0.text(log.reason) }
/// ```
package struct HTMLWriter {
  private(set) var bytes: [UInt8] = []

  package init() {}

  package typealias Attributes = KeyValuePairs<StaticString, String>

  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLWriter) -> Void
  ) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  package mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  package mutating func open(_ name: StaticString, _ attributes: Attributes = [:]) {
    bytes.append(UInt8(ascii: "<"))
    raw(name)
    for (key, value) in attributes {
      bytes.append(UInt8(ascii: " "))
      raw(key)
      bytes.append(contentsOf: "=\"".utf8)
      text(value)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  package mutating func close(_ name: StaticString) {
    bytes.append(contentsOf: "</".utf8)
    raw(name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Text of anyone, also within the quotes of an attribute. What drives a reader's eye (direction marks, control
  /// characters) is spelt out, save the ends of lines.
  package mutating func text(_ text: String) {
    var text = text
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"):
        false
      default: byte >= 0x20 && byte < 0x7F
      }
    }
    if isPlain {
      text.withUTF8 { bytes.append(contentsOf: $0) }
      return
    }
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      switch scalar {
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "'": bytes.append(contentsOf: "&#39;".utf8)
      case "\r" where scalars[scalars.index(after: index)...].first == "\n": continue
      case "\n", "\t": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        let shown = DisplayText.mustEscape(scalar) ? DisplayText.escaped(String(scalar)) : String(scalar)
        bytes.append(contentsOf: shown.utf8)
      }
    }
  }

  package mutating func raw(_ constant: StaticString) {
    constant.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ other: HTMLWriter) { bytes.append(contentsOf: other.bytes) }
}
