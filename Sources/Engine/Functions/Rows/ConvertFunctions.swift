/// The conversions of `convert` that eval has no function for.
package enum ConvertFunctions {
  package static let all = [seconds, kilobytes, minutes, withoutCommas, withoutUnit, automatic]

  private static func make(
    _ name: String, _ summary: String, _ type: DataType, _ convert: @escaping @Sendable (String) -> Value
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.string("text")], returns: .fixed(type)), summary,
      kernel: .scalar { arguments in
        guard case .string(let text)? = arguments.first else { return .null }
        return convert(text)
      }, examples: [])
  }

  /// `1d+02:03:04` or `02:03:04` as seconds.
  package static let seconds = make("[dur2sec]", "Reads a duration as seconds.", .real) { text in
    var rest = Substring(text)
    var days = 0.0
    if let plus = rest.firstIndex(of: "+") {
      guard let count = Double(rest[..<plus].filter { $0 != "d" && $0 != "D" }) else { return .null }
      days = count
      rest = rest[rest.index(after: plus)...]
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count <= 3, !parts.isEmpty else { return .null }
    var seconds = 0.0
    for part in parts {
      guard let part else { return .null }
      seconds = seconds * 60 + part
    }
    return .real(days * 86_400 + seconds)
  }

  /// `5m`, `2g` or `7k` as kilobytes.
  package static let kilobytes = make("[memk]", "Reads a size as kilobytes.", .real) { text in
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    guard let number = Double(digits) else { return .null }
    switch text.dropFirst(digits.count).lowercased() {
    case "", "k": return .real(number)
    case "m": return .real(number * 1024)
    case "g": return .real(number * 1024 * 1024)
    default: return .null
    }
  }

  /// `12:34.567` as seconds.
  package static let minutes = make("[mstime]", "Reads minutes and seconds as seconds.", .real) { text in
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1 { return Double(text).map { .real($0) } ?? .null }
    guard parts.count == 2, let minutes = Double(parts[0]), let seconds = Double(parts[1]) else {
      return .null
    }
    return .real(minutes * 60 + seconds)
  }

  package static let withoutCommas = make("[rmcomma]", "Removes commas.", .string) { text in
    .string(text.filter { $0 != "," })
  }

  package static let withoutUnit = make("[rmunit]", "Reads the number at the start of a text.", .real) {
    text in
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
    return Double(digits).map { .real($0) } ?? .null
  }

  /// A number where the text is one in some form, else the text.
  package static let automatic = make("[auto]", "Reads a number where there is one.", .string) { text in
    let plain = text.filter { $0 != "," }
    guard let number = Double(plain) else { return .string(text) }
    return .string(Value.splText(of: number))
  }
}
