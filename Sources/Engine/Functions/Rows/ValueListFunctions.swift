/// Functions of several values: `makemv`, `nomv`, `addtotals`.
package enum ValueListFunctions {
  /// Splits a text at a delimiter.
  package static func split(at delimiter: String, keepsEmpty: Bool) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.string("text")], returns: .fixed(.dynamic)), "Splits a text into values.",
      kernel: .scalar { arguments in
        guard case .string(let text)? = arguments.first, !delimiter.isEmpty else { return .null }
        let parts = text.split(separator: delimiter, omittingEmptySubsequences: !keepsEmpty)
        return SPLValues.value(of: parts.map { .string(String($0)) })
      }, examples: [])
  }

  /// Several values as one text, with newlines between.
  package static let joinLines = ScalarFunction(
    [], Signature([.any("values")], returns: .fixed(.string)), "Joins values with newlines.",
    kernel: .scalar { arguments in
      .string(SPLValues.texts(of: arguments.first ?? .null).joined(separator: "\n"))
    }, examples: [])

  /// Up to so many values.
  package static func prefix(_ count: Int) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.dynamic("values")], returns: .fixed(.dynamic)), "Keeps the first values.",
      kernel: .scalar { arguments in
        SPLValues.value(of: Array(SPLValues.elements(of: arguments.first ?? .null).prefix(count)))
      }, examples: [])
  }

  /// The sum of those arguments that are numbers; null if none is.
  package static let sum = ScalarFunction(
    [], Signature([Parameter.any("value").repeated], returns: .fixed(.real)), "Adds what is a number.",
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
