import Diagnostics

/// Prints a syntax tree for `explain --stage tree`: one node a line, indented, without spans.
///
/// Example: `T | take 5` gives `query`, below it `source: name T` and `take`, below that `count: long 5`.
/// It walks the tree by reflection, so that a new node needs no code here.
package struct SyntaxTreeDump {
  private var lines: [String] = []

  package static func description(of query: QuerySyntax) -> String {
    var dump = SyntaxTreeDump()
    for statement in query.statements { dump.add(statement, label: nil, indent: 0) }
    return dump.lines.joined(separator: "\n")
  }

  package static func description(of expression: ExpressionSyntax) -> String {
    var dump = SyntaxTreeDump()
    dump.add(expression, label: nil, indent: 0)
    return dump.lines.joined(separator: "\n")
  }

  private mutating func write(_ text: String, label: String?, indent: Int) {
    let prefix = String(repeating: "  ", count: indent)
    lines.append(prefix + (label.map { text.isEmpty ? $0 : "\($0): \(text)" } ?? text))
  }

  private mutating func add(_ value: Any, label: String?, indent: Int) {
    if value is SourceSpan { return }
    if let leaf = Self.leaf(value) {
      write(leaf, label: label, indent: indent)
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      if let child = mirror.children.first { add(child.value, label: label, indent: indent) }
    case .collection:
      if mirror.children.isEmpty { return }
      write("", label: label ?? "list", indent: indent)
      for child in mirror.children { add(child.value, label: nil, indent: indent + 1) }
    case .enum:
      guard let child = mirror.children.first, let name = child.label else {
        write(String(describing: value), label: label, indent: indent)
        return
      }
      addCase(name, child.value, label: label, indent: indent)
    default:
      addMembers(mirror, of: value, label: label, indent: indent)
    }
  }

  /// An enum's case and its payload: `binary`, then the members of the payload below.
  private mutating func addCase(_ name: String, _ payload: Any, label: String?, indent: Int) {
    if payload is SourceSpan {
      write(name, label: label, indent: indent)
    } else if let leaf = Self.leaf(payload) {
      write("\(name) \(leaf)", label: label, indent: indent)
    } else {
      write(name, label: label, indent: indent)
      let mirror = Mirror(reflecting: payload)
      if mirror.displayStyle == .struct || mirror.displayStyle == .tuple {
        for child in mirror.children { add(child.value, label: child.label, indent: indent + 1) }
      } else {
        add(payload, label: nil, indent: indent + 1)
      }
    }
  }

  private mutating func addMembers(_ mirror: Mirror, of value: Any, label: String?, indent: Int) {
    if mirror.children.isEmpty {
      write(String(describing: value), label: label, indent: indent)
      return
    }
    let members = mirror.children.filter { !($0.value is SourceSpan) }
    // A struct of one member adds nothing to it.
    if members.count == 1, let only = members.first, label == nil {
      add(only.value, label: only.label, indent: indent)
      return
    }
    write(label ?? Self.nodeName(value), label: nil, indent: indent)
    for member in members { add(member.value, label: member.label, indent: indent + 1) }
  }

  /// `NamedExpressionSyntax` is `named-expression` to a reader; here simply its first words.
  private static func nodeName(_ value: Any) -> String {
    let name = String(describing: type(of: value))
    return name.hasSuffix("Syntax") ? String(name.dropLast(6)) : name
  }

  private static func leaf(_ value: Any) -> String? {
    switch value {
    case let name as NameSyntax: name.isBracketed ? "[\(KQLSourcePrinter.quoted(name.text))]" : name.text
    case let pattern as NamePatternSyntax:
      pattern.isBracketed ? "[\(KQLSourcePrinter.quoted(pattern.text))]" : pattern.text
    case let type as TypeNameSyntax: type.text
    case let string as StringLiteralSyntax: KQLSourcePrinter.quoted(string.value)
    case let literal as LiteralSyntax: KQLSourcePrinter.literal(literal)
    case let text as String: text
    case let flag as Bool: String(flag)
    case let op as BinaryOperator: op.rawValue
    case let op as LogicalSyntax.Operator: op.rawValue
    case let op as MembershipSyntax.Operator: op.rawValue
    case let op as UnarySyntax.Operator: op.rawValue
    default: nil
    }
  }
}

extension QuerySyntax: CustomStringConvertible {
  package var description: String { SyntaxTreeDump.description(of: self) }
}
