/// How a call comes to give a wanted value: what one of its arguments may be for that. Whoever makes events that a
/// rule finds asks for it, and tries what it is told; so a proposal need not be right.
///
/// ```
///   split(arn, "/")[-1]   wanted "ada"; the list is ["arn:aws:iam::1:user","bob"]
///     of the element      the list ["arn:aws:iam::1:user","ada"]
///     of the split        the text "arn:aws:iam::1:user/ada"
/// ```
package struct FunctionInverse: Sendable {
  package struct Proposal: Sendable {
    package var argument: Int
    package var value: Value

    package init(_ argument: Int, _ value: Value) {
      self.argument = argument
      self.value = value
    }
  }

  /// - Parameters:
  ///   - wanted: what the call should give; null for nothing.
  ///   - arguments: what they are now.
  package let proposals: @Sendable (_ wanted: Value, _ arguments: [Value]) -> [Proposal]

  package init(_ proposals: @escaping @Sendable (_ wanted: Value, _ arguments: [Value]) -> [Proposal]) {
    self.proposals = proposals
  }

  /// Values for one argument.
  init(of argument: Int, _ values: @escaping @Sendable (_ wanted: Value, _ arguments: [Value]) -> [Value]) {
    proposals = { wanted, arguments in
      guard arguments.indices.contains(argument) else { return [] }
      return values(wanted, arguments).map { Proposal(argument, $0) }
    }
  }
}

extension Value {
  /// The JSON that it holds, be it as a text; nil for nothing.
  package var heldJSON: JSONValue? {
    switch self {
    case .null, .dynamic(.null): nil
    case .string(let text): JSONValue(parsing: text)
    // Where a field has any number of values, a text is one of them.
    case .dynamic(.string(let text)): JSONValue(parsing: text) ?? .string(text)
    case .dynamic(let json): json
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid: json
    }
  }

  /// The value as a member of JSON; nil for nothing.
  package var member: JSONValue? {
    switch self {
    case .null, .dynamic(.null): nil
    case .dynamic(let json): json
    case .string(let text): .string(text)
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid: json
    }
  }
}
