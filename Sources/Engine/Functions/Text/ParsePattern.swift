/// The pattern of KQL's `parse`, as one regular expression with a group for each column.
///
/// Example: `* "user=" user " id=" id:long` looks for `user=(.*?) id=(-?\d+)`.
package struct ParsePattern: Sendable {
  package enum Element: Hashable, Sendable {
    /// A literal; in `kind=regex` a regular expression.
    case text(String)
    case capture(DataType)
    /// Anything.
    case star
  }

  package enum Kind: String, Sendable, CaseIterable {
    case simple, relaxed, regex
  }

  let kind: Kind
  package let types: [DataType]
  private let elements: [Element]
  private let flags: String
  private let expression: RegularExpression
  /// The group of each column; a pattern's own groups may stand between them.
  private let groups: [Int]

  /// - Parameter flags: of `U`, `i`, `s`, `m`, `x`.
  package init(_ elements: [Element], kind: Kind, flags: String) throws(RegexSyntaxError) {
    self.kind = kind
    self.elements = elements
    self.flags = flags
    types = elements.compactMap { if case .capture(let type) = $0 { type } else { nil } }
    var options = RegularExpression.Options()
    options.dotMatchesNewline = kind != .regex || flags.contains("s")
    options.swapGreed = flags.contains("U")
    options.caseInsensitive = flags.contains("i")
    options.multiLine = flags.contains("m")
    options.extended = flags.contains("x")
    let expression = try RegularExpression(ParsePattern.source(elements, kind: kind), options: options)
    self.expression = expression
    groups = types.indices.map { index in
      expression.captureNames.firstIndex(of: ParsePattern.groupName(index)) ?? 0
    }
  }

  /// As a constant of a plan: `["simple","",{"text":"user="},{"column":"string"},"*"]`.
  package var literal: Expression {
    let parts = elements.map { element -> JSONValue in
      switch element {
      case .text(let text): .object([.init("text", .string(text))])
      case .capture(let type): .object([.init("column", .string(type.rawValue))])
      case .star: .string("*")
      }
    }
    return .literal(.dynamic(.array([.string(kind.rawValue), .string(flags)] + parts)), .dynamic)
  }

  /// From such a constant; nil for another.
  init?(_ json: JSONValue) throws(RegexSyntaxError) {
    guard case .array(let parts) = json, parts.count >= 2, case .string(let word) = parts[0],
      let kind = Kind(rawValue: word), case .string(let flags) = parts[1]
    else { return nil }
    var elements: [Element] = []
    for part in parts.dropFirst(2) {
      if case .string(let text)? = part["text"] {
        elements.append(.text(text))
      } else if case .string(let name)? = part["column"], let type = DataType(rawValue: name) {
        elements.append(.capture(type))
      } else {
        elements.append(.star)
      }
    }
    try self.init(elements, kind: kind, flags: flags)
  }

  // MARK: - As a regular expression of another language

  /// What it looks for, with a group for each column.
  package var text: String { ParsePattern.source(elements, kind: kind) }

  /// The begin of a column's group.
  package static func group(_ index: Int) -> String { "(?P<\(groupName(index))>" }

  /// The options of the regular expression at its front.
  package var inlineFlags: String {
    let letters = (kind != .regex || flags.contains("s") ? "s" : "") + flags.filter { "Uimx".contains($0) }
    return letters.isEmpty ? "" : "(?\(letters))"
  }

  private static func groupName(_ index: Int) -> String { "parsed\(index)" }

  private static func source(_ elements: [Element], kind: Kind) -> String {
    var source = ""
    var column = 0
    for (index, element) in elements.enumerated() {
      switch element {
      case .text(let text):
        if index == 0 { source += "^" }
        source += kind == .regex ? "(?:\(text))" : RegularExpression.quoted(text)
      // A search begins anywhere by itself.
      case .star: if index > 0, index < elements.count - 1 { source += ".*?" }
      case .capture(let type):
        if index == 0 { source += "^" }
        let content = content(
          of: type, next: index + 1 < elements.count ? elements[index + 1] : nil, kind: kind)
        source += "(?P<\(groupName(column))>\(content))"
        column += 1
      }
    }
    return source
  }

  private static func content(of type: DataType, next: Element?, kind: Kind) -> String {
    switch type {
    case .int, .long: if kind != .relaxed { return #"-?\d+"# }
    case .real, .decimal: if kind != .relaxed { return #"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?"# }
    case .bool, .datetime, .timespan, .guid, .string, .dynamic: break
    }
    // The last column takes the rest.
    guard let next else { return ".*" }
    if case .text = next { return kind == .regex ? ".*" : ".*?" }
    if kind == .relaxed, type.isNumeric { return #"[-+]?[\d.]*"# }
    return type == .string ? ".*?" : #"\S*"#
  }

  /// A value for each column; nil if the text does not fit.
  package func match(_ text: String) -> [Value]? {
    guard let captures = expression.captures(in: text) else { return nil }
    var values: [Value] = []
    for (type, group) in zip(types, groups) {
      let part = (group < captures.count ? captures[group] : nil) ?? ""
      let value = ParsePattern.value(part, type)
      if value.isNull, kind == .simple, type != .dynamic { return nil }
      values.append(value)
    }
    return values
  }

  static func value(_ text: String, _ type: DataType) -> Value {
    switch type {
    case .string: return .string(text)
    case .dynamic: return .dynamic(JSONValue(parsing: text) ?? .string(text))
    case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid:
      return ValueConversion.convert(.string(text), to: type)
    }
  }
}
