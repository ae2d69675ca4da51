/// Functions of several values: `makemv`, `nomv`, `addtotals`.
package enum ValueListFunctions {
  package static let all = [split, joinLines, sum]

  /// Splits a text at a delimiter, with or without the empty parts.
  package static let split = ScalarFunction(
    [.spl("[makemv]")],
    Signature(
      [.string("text"), .string("delimiter").constant, .bool("keeps empty").constant],
      returns: .fixed(.dynamic)),
    "Splits a text into values.",
    kernel: .scalar { arguments in
      guard case .string(let text)? = arguments.first, let delimiter = arguments.text(1), !delimiter.isEmpty
      else { return .null }
      let parts = text.split(separator: delimiter, omittingEmptySubsequences: arguments[2] != .bool(true))
      return SPLValues.value(of: parts.map { .string(String($0)) })
    }, examples: [])

  /// Several values as one text, with newlines between.
  package static let joinLines = ScalarFunction(
    [.spl("[nomv]")], Signature([.any("values")], returns: .fixed(.string)), "Joins values with newlines.",
    kernel: .scalar { arguments in
      .string(SPLValues.texts(of: arguments.first ?? .null).joined(separator: "\n"))
    }, examples: [])

  /// The sum of those arguments that are numbers; null if none is.
  package static let sum = ScalarFunction(
    [.spl("[sum]")], Signature([Parameter.any("value").repeated], returns: .fixed(.real)),
    "Adds what is a number.",
    nulls: .handlesNulls,
    kernel: .scalar { arguments in
      var sum = 0.0
      var hasNumber = false
      for argument in arguments {
        for text in SPLValues.texts(of: argument) {
          guard let number = NumberText.real(text) else { continue }
          sum += number
          hasNumber = true
        }
      }
      return hasNumber ? .real(sum) : .null
    }, examples: [])
}
