/// Where a column's value stands in a record.
///
/// ```
///   FieldPath("userIdentity.arn")                   the member arn of the member userIdentity
///   FieldPath("ipPermissions.items{}.cidrIp")       of each element of items
///   FieldPath("resources[0].ARN")                   of the first element
///   FieldPath("requestParameters['x-amz-acl']")     a key that is no plain name
///   FieldPath.record                                the record's own text
/// ```
package enum FieldPath: Hashable, Sendable {
  package enum Component: Hashable, Sendable {
    case key(String)
    case index(Int)
    /// Every element of an array; a value that is no array counts as its own only element.
    case each
  }

  case field([Component])
  /// The record's JSON text (or CSV line) as it stands in the file.
  case record
  /// The path of the file.
  case file
  /// The same text for every record.
  case constant(String)

  /// Reads the written form; text that does not parse as a path is one plain key.
  package init(_ text: String) {
    self = .field(FieldPath.components(of: text) ?? [.key(text)])
  }

  private static func components(of text: String) -> [Component]? {
    var components: [Component] = []
    var name: [UInt8] = []
    let bytes = Array(text.utf8)
    var position = 0
    func flush() {
      if !name.isEmpty { components.append(.key(String(decoding: name, as: UTF8.self))) }
      name = []
    }
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "."):
        flush()
        position += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        let close = bytes[position] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
        guard let end = FieldPath.bracketEnd(bytes, position + 1, close) else { return nil }
        let inside = bytes[position + 1..<end]
        flush()
        if inside.isEmpty || inside.elementsEqual([UInt8(ascii: "*")]) {
          components.append(.each)
        } else if let quote = inside.first, quote == 0x27 || quote == 0x22 {
          components.append(.key(String(decoding: inside.dropFirst().dropLast(), as: UTF8.self)))
        } else if let index = Int(String(decoding: inside, as: UTF8.self)), index >= 0 {
          components.append(.index(index))
        } else {
          return nil
        }
        position = end + 1
      default:
        name.append(bytes[position])
        position += 1
      }
    }
    flush()
    return components.isEmpty ? nil : components
  }

  private static func bracketEnd(_ bytes: [UInt8], _ start: Int, _ close: UInt8) -> Int? {
    guard start < bytes.count else { return nil }
    let quote = bytes[start]
    guard quote == 0x27 || quote == 0x22 else { return bytes[start...].firstIndex(of: close) }
    guard let quoteEnd = bytes[(start + 1)...].firstIndex(of: quote), quoteEnd + 1 < bytes.count,
      bytes[quoteEnd + 1] == close
    else { return nil }
    return quoteEnd + 1
  }
}

extension FieldPath: CustomStringConvertible {
  package var description: String {
    switch self {
    case .record: "(record)"
    case .file: "(file)"
    case .constant(let text): "(constant \(text))"
    case .field(let components):
      components.enumerated().map { position, component in
        switch component {
        case .key(let key):
          key.utf8.contains(UInt8(ascii: ".")) ? "['\(key)']" : position > 0 ? ".\(key)" : key
        case .index(let index): "[\(index)]"
        case .each: "{}"
        }
      }.joined()
    }
  }
}
