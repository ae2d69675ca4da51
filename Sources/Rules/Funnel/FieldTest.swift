import Engine

/// A condition on one field, read from its expression: `EventName in ("a", "b")`, `isempty(ErrorCode)`, `n > 100`.
struct FieldTest {
  enum Kind: Equatable {
    case equals
    /// It has the literal somewhere: `has`, `contains`, `startswith`, …
    case contains
    /// It is not, or does not have, a literal.
    case excludes
    case isEmpty
    case isFilled
    /// `<`, `<=`, `>` or `>=`.
    case ordering(String)
  }

  var kind: Kind
  var field: Expression
  var literals: [String] = []
  /// What it is compared with by order.
  var limit: Expression?
  /// As the query spells it.
  var operation: String
  var language: Language

  init?(_ call: FunctionCall) {
    let name = call.function.name(in: call.language)
    operation = name
    language = call.language
    guard let first = call.arguments.first else { return nil }
    field = first
    if call.function === Logical.not {
      guard case .call(let inner) = first, let test = FieldTest(inner) else { return nil }
      self = test
      switch test.kind {
      case .isEmpty: kind = .isFilled
      case .isFilled: kind = .isEmpty
      case .equals, .contains: kind = .excludes
      case .excludes: kind = .equals
      case .ordering: return nil
      }
      return
    }
    switch name {
    case "isempty", "isnull":
      kind = .isEmpty
      return
    case "isnotempty", "notempty", "isnotnull", "notnull", "search exists":
      kind = .isFilled
      return
    case ">", ">=", "<", "<=":
      guard call.arguments.count == 2 else { return nil }
      kind = .ordering(name)
      limit = call.arguments[1]
      if first.constantValue != nil {
        // 100 < n is n > 100.
        kind = .ordering(name.hasPrefix(">") ? "<" + name.dropFirst() : ">" + name.dropFirst())
        (field, limit) = (call.arguments[1], first)
      }
      return
    default: break
    }
    guard call.arguments.count >= 2 else { return nil }
    var others = Array(call.arguments.dropFirst())
    if first.constantValue != nil, others.count == 1, others[0].constantValue == nil {
      (field, others) = (others[0], [first])
    }
    for argument in others {
      guard let value = argument.constantValue else { return nil }
      if case .dynamic(.array(let elements)) = value {
        literals += elements.map(\.scalarText)
      } else {
        literals.append(value.scalarText)
      }
    }
    if name.contains("!") {
      kind = .excludes
    } else if ["==", "=~", "=", "in", "in~", "search="].contains(name) {
      kind = .equals
    } else if FieldTest.containing.contains(name) {
      kind = .contains
    } else {
      return nil
    }
  }

  private static let containing: Set<String> = [
    "has", "has_cs", "has_any", "has_all", "contains", "contains_cs", "startswith", "startswith_cs",
    "endswith",
    "endswith_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs",
  ]
}
