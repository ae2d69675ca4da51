/// The tree of a dynamic value. Columns hold JSON as text; a tree is built only where a value is made or changed.
///
/// Objects keep the order of their keys. Integers and reals are told apart, as `gettype` does.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case long(Int64)
  case real(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The element at an index; a negative one counts from the end.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self else { return nil }
    let position = index < 0 ? elements.count + index : index
    return elements.indices.contains(position) ? elements[position] : nil
  }
}
