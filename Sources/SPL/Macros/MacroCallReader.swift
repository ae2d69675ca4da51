/// Reads the text of a macro call and puts its arguments into a definition.
///
/// Example: `` `m(a, "b, c")` `` is the name `m` with the arguments `a` and `b, c`.
enum MacroCallReader {
  /// The name and arguments of a call, backticks included; nil if the text is not a call.
  static func read(_ call: ArraySlice<UInt8>) -> (name: String, arguments: [String])? {
    let inner = trim(call.dropFirst().dropLast())
    guard let open = inner.firstIndex(of: UInt8(ascii: "(")) else {
      return isName(inner) ? (String(decoding: inner, as: UTF8.self), []) : nil
    }
    let name = trim(inner[inner.startIndex..<open])
    guard isName(name), inner.last == UInt8(ascii: ")") else { return nil }
    let list = inner[inner.index(after: open)..<(inner.endIndex - 1)]
    return (String(decoding: name, as: UTF8.self), arguments(list))
  }

  /// The definition's text with each `$parameter$` replaced.
  static func substitute(_ definition: MacroSet.Definition, _ arguments: [String]) -> [UInt8] {
    let bytes = Array(definition.text.utf8)
    if definition.parameters.isEmpty { return bytes }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "$"),
        let match = definition.parameters.firstIndex(where: { matches($0, bytes, position + 1) }),
        match < arguments.count
      {
        result.append(contentsOf: arguments[match].utf8)
        position += definition.parameters[match].utf8.count + 2
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  /// Whether `name$` stands at an offset.
  private static func matches(_ name: String, _ bytes: [UInt8], _ offset: Int) -> Bool {
    let end = offset + name.utf8.count
    return end < bytes.count && bytes[end] == UInt8(ascii: "$")
      && bytes[offset..<end].elementsEqual(name.utf8)
  }

  /// Splits at commas outside quotes and parentheses; quotes around a whole argument are dropped.
  private static func arguments(_ list: ArraySlice<UInt8>) -> [String] {
    if trim(list).isEmpty { return [] }
    var result: [String] = []
    var start = list.startIndex
    var depth = 0
    var isInQuotes = false
    var index = list.startIndex
    while index < list.endIndex {
      let byte = list[index]
      if byte == UInt8(ascii: "\\") { index = min(index + 2, list.endIndex); continue }
      if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
      if !isInQuotes {
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if byte == UInt8(ascii: ","), depth <= 0 {
          result.append(argument(list[start..<index]))
          start = index + 1
        }
      }
      index += 1
    }
    result.append(argument(list[start..<list.endIndex]))
    return result
  }

  private static func argument(_ bytes: ArraySlice<UInt8>) -> String {
    let text = trim(bytes)
    let quote = UInt8(ascii: "\"")
    guard text.count >= 2, text.first == quote, text.last == quote else {
      return String(decoding: text, as: UTF8.self)
    }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in text.dropFirst().dropLast() {
      if isEscaped, byte != quote { result.append(UInt8(ascii: "\\")) }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      if !isEscaped { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { SPLLexer.isWordByte($0) || "-.:/".utf8.contains($0) }
  }

  private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = bytes
    while let first = part.first, SPLLexer.isSpace(first) { part.removeFirst() }
    while let last = part.last, SPLLexer.isSpace(last) { part.removeLast() }
    return part
  }
}
