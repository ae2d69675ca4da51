/// What a function takes and what it gives.
///
/// Example: `substring(source: string, start: long, [length: long]) -> string`.
package struct Signature: Sendable {
  package var parameters: [Parameter]
  package var returns: ReturnType

  package init(_ parameters: [Parameter], returns: ReturnType) {
    self.parameters = parameters
    self.returns = returns
  }

  package var minimumCount: Int { parameters.count { !$0.isOptional } }
  /// nil if the last parameters may repeat.
  package var maximumCount: Int? { parameters.contains(where: \.isRepeated) ? nil : parameters.count }

  /// The parameter that the argument at an index goes to; repeated ones take turns.
  package func parameter(at index: Int) -> Parameter? {
    if index < parameters.count, !parameters[index].isRepeated { return parameters[index] }
    let repeated = parameters.filter(\.isRepeated)
    guard !repeated.isEmpty, let first = parameters.firstIndex(where: \.isRepeated), index >= first else {
      return nil
    }
    return repeated[(index - first) % repeated.count]
  }
}

package struct Parameter: Sendable {
  package enum Kind: Hashable, Sendable {
    /// Any type.
    case any
    /// Any type but dynamic.
    case scalar
    /// int, long, real, decimal (dynamic is converted to real).
    case number
    /// Any type, converted to its text.
    case text
    /// One of some types, as it is.
    case oneOf([DataType])
    /// A type; what converts to it without loss is converted (int to long to real, dynamic to its inner value).
    case type(DataType)
  }

  package var name: String
  package var kind: Kind
  package var isOptional = false
  package var isRepeated = false
  /// Must be a constant.
  package var isConstant = false
  /// A regular expression.
  package var isPattern = false

  package static func any(_ name: String) -> Parameter { Parameter(name: name, kind: .any) }
  package static func scalar(_ name: String) -> Parameter { Parameter(name: name, kind: .scalar) }
  package static func text(_ name: String) -> Parameter { Parameter(name: name, kind: .text) }
  package static func number(_ name: String) -> Parameter { Parameter(name: name, kind: .number) }
  package static func string(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.string)) }
  package static func pattern(_ name: String) -> Parameter {
    Parameter(name: name, kind: .type(.string), isPattern: true)
  }
  package static func long(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.long)) }
  package static func real(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.real)) }
  package static func bool(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.bool)) }
  package static func datetime(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.datetime)) }
  package static func timespan(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.timespan)) }
  package static func dynamic(_ name: String) -> Parameter { Parameter(name: name, kind: .type(.dynamic)) }
  package static func oneOf(_ name: String, _ types: [DataType]) -> Parameter {
    Parameter(name: name, kind: .oneOf(types))
  }

  /// May be left out.
  package var optional: Parameter {
    var copy = self
    copy.isOptional = true
    return copy
  }

  /// May stand any number of times, none included.
  package var repeated: Parameter {
    var copy = self
    copy.isOptional = true
    copy.isRepeated = true
    return copy
  }

  package var constant: Parameter {
    var copy = self
    copy.isConstant = true
    return copy
  }
}

package enum ReturnType: Sendable {
  case fixed(DataType)
  /// The type of the argument at an index.
  case argument(Int)
  /// The widest numeric type of all arguments; int op int is long.
  case promoted
  /// The type that all arguments from an index on share.
  case common(from: Int)
  /// Worked out from the arguments' types and constant values; nil if there is no such combination.
  case computed(@Sendable ([DataType], [Value?]) -> DataType?)
}
