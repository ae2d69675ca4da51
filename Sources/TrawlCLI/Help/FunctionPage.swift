import Engine
import Session

/// What the help knows of a function: its record in one of the catalogs.
///
/// ```
/// substring(text: string, start: long, [length: long]) -> string    kql, scalar
///
///   Returns the part of a string that starts at an index.
///   Nulls: any null argument gives null (of a text: "").
///
///   substring("CreateUser", 6)  →  "User"
/// ```
struct FunctionPage {
  enum Kind: Hashable {
    case scalar, aggregate, window
    /// Known to the language's lowering itself.
    case special
    /// Stands behind `evaluate`.
    case plugin
    /// Stands behind a pipe, or begins a query: what its language calls that.
    case stage(String)

    var text: String {
      switch self {
      case .scalar: "scalar"
      case .aggregate: "aggregate"
      case .window: "window"
      case .special: "special"
      case .plugin: "plugin"
      case .stage(let word): word
      }
    }
  }

  var names: [FunctionName]
  var kind: Kind
  /// One line for each name.
  var signatures: [String]
  var summary: String
  /// What becomes of nulls; nil where a note says so.
  var nulls: String?
  var notes: [String]
  var differs: [String]
  var examples: [FunctionExample]

  /// The functions that a query of some languages can name.
  static func functions(of languages: FrontEnds) -> [FunctionPage] {
    FunctionCatalog.families.flatMap { scalars($0, of: languages) }
      + AggregateCatalog.all.map(FunctionPage.init) + WindowFunctionCatalog.all.map(FunctionPage.init)
      + special(of: languages) + plugins(of: languages)
  }

  /// Those of a family; records that no query can name have no page.
  static func scalars(_ family: FunctionFamily, of languages: FrontEnds) -> [FunctionPage] {
    let references = languages.all.map(\.reference)
    return family.functions.filter { record in
      !record.names.allSatisfy { name in
        name.text.hasPrefix("[") || references.contains { $0.isInternal(name) }
      }
    }.map(FunctionPage.init)
  }

  static func special(of languages: FrontEnds) -> [FunctionPage] {
    languages.all.flatMap(\.reference.special).map { FunctionPage($0) }
  }

  static func plugins(of languages: FrontEnds) -> [FunctionPage] {
    languages.all.flatMap(\.reference.plugins).map { FunctionPage($0, kind: .plugin) }
  }

  /// Operators and commands, which are no functions and stand on pages of their own.
  static func stages(of language: any FrontEnd) -> [FunctionPage] {
    guard let stages = language.reference.stages else { return [] }
    return stages.all.map { FunctionPage($0, kind: .stage(stages.kind)) }
  }

  private init(_ record: ScalarFunction) {
    self.init(
      names: record.names, kind: .scalar,
      signatures: record.names.map { record.signature.text(name: $0, record.notation) },
      summary: record.summary, nulls: record.nulls.meaning, notes: record.notes, differs: record.differs,
      examples: record.examples)
  }

  init(_ record: AggregateFunction) {
    self.init(
      names: record.names, kind: .aggregate, signatures: record.names.map { record.signature.text(name: $0) },
      summary: record.summary, nulls: record.nulls.meaning, notes: record.notes, differs: record.differs,
      examples: record.examples)
  }

  init(_ record: WindowFunction) {
    self.init(
      names: record.names, kind: .window, signatures: record.names.map { record.signature.text(name: $0) },
      summary: record.summary, nulls: nil, notes: record.notes, differs: record.differs,
      examples: record.examples)
  }

  init(_ record: SpecialFunction, kind: Kind = .special) {
    self.init(
      names: record.names, kind: kind, signatures: record.names.map { $0.text + record.signature },
      summary: record.summary, nulls: nil, notes: record.notes, differs: record.differs,
      examples: record.examples)
  }

  private init(_ record: StageReference, kind: Kind) {
    let usual = record.names[0].text
    self.init(
      names: record.names, kind: kind,
      signatures: record.names.map { record.syntax.replacing(usual, with: $0.text, maxReplacements: 1) },
      summary: record.summary, nulls: nil, notes: record.notes, differs: record.differs,
      examples: record.examples)
  }

  private init(
    names: [FunctionName], kind: Kind, signatures: [String], summary: String, nulls: String?,
    notes: [String], differs: [String], examples: [FunctionExample]
  ) {
    self.names = names
    self.kind = kind
    self.signatures = signatures
    self.summary = summary
    self.nulls = nulls
    self.notes = notes
    self.differs = differs
    self.examples = examples
  }

  /// For a terminal.
  func text(width: Int) -> String {
    var lines: [String] = []
    for (name, signature) in zip(names, signatures) {
      let kindText = "\(name.language.name), \(kind.text)\(name.isAlias ? ", old spelling" : "")"
      lines.append("\(signature)    \(kindText)")
    }
    lines.append("")
    let remarks =
      [summary] + (nulls.map { ["Nulls: \($0)."] } ?? []) + notes + differs.map { "Differs: \($0)" }
    for remark in remarks { lines += HelpText.wrapped(remark, width: width - 2).map { "  " + $0 } }
    if !examples.isEmpty { lines.append("") }
    for example in examples { lines.append("  \(example.line)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A section of a reference page.
  var markdown: String {
    let title = names.first { !$0.isAlias } ?? names.first
    var text =
      "## \(title.map { "`\($0.text)`" } ?? "")\n\n```\n\(signatures.joined(separator: "\n"))\n```\n\n"
    text += "\(summary)\n\n"
    let isOld = names.allSatisfy(\.isAlias)
    let old = isOld ? [] : names.filter(\.isAlias).map { "`\($0.text)`" }
    let remarks =
      (nulls.map { ["Nulls: \($0)."] } ?? []) + notes
      + (old.isEmpty ? [] : ["Old spelling: \(old.joined(separator: ", "))."])
      + differs.map { "**Differs:** \($0)" }
    if !remarks.isEmpty { text += remarks.map { "- \($0)" }.joined(separator: "\n") + "\n\n" }
    if !examples.isEmpty { text += "```\n\(examples.map(\.line).joined(separator: "\n"))\n```\n\n" }
    return text
  }
}

extension FunctionExample {
  /// `strlen("abc")  →  3`.
  fileprivate var line: String { "\(expression)  →  \(result)\(why.map { "    (\($0))" } ?? "")" }
}

extension NullRule {
  var meaning: String {
    switch self {
    case .nullIfAnyNull: "any null argument gives null (in KQL an empty text where the result is text)"
    case .ignoresNulls: "null arguments are passed over"
    case .handlesNulls: "the function sees nulls and decides, as the notes and examples show"
    case .neverNull: "the result is never null"
    }
  }
}

extension AggregateNullRule {
  var meaning: String {
    switch self {
    case .passedOver: "rows without a value are passed over"
    case .counted: "rows count whether they have a value or not"
    case .kept: "nulls are part of the result"
    case .lastChoice: "rows without a value are taken only if there are no others"
    }
  }
}

extension Signature {
  /// `substring(text: string, start: long, [length: long]) -> string`.
  func text(name: FunctionName, _ notation: Notation = .call) -> String {
    let list = parameters.map { parameter in
      let text = "\(parameter.name): \(parameter.kind.text)\(parameter.isConstant ? " (constant)" : "")"
      return parameter.isRepeated ? "[\(text), …]" : parameter.isOptional ? "[\(text)]" : text
    }
    let result = returns.text(parameters)
    switch (notation, list.count) {
    case (.infix, 2): return "\(list[0]) \(name.text) \(list[1]) -> \(result)"
    case (.list, 2): return "\(list[0]) \(name.text) (\(list[1])) -> \(result)"
    case (.range, 3): return "\(list[0]) \(name.text) (\(list[1]) .. \(list[2])) -> \(result)"
    case (.prefix(let sign), 1): return "\(sign)\(list[0]) -> \(result)"
    case (.call, _), (.infix, _), (.list, _), (.range, _), (.prefix, _), (.subscripted, _): break
    }
    return "\(name.text)(\(list.joined(separator: ", "))) -> \(result)"
  }
}

extension Parameter.Kind {
  var text: String {
    switch self {
    case .any, .text: "any"
    case .scalar: "scalar"
    case .number: "number"
    case .oneOf(let types): types.map(\.rawValue).joined(separator: "|")
    case .type(let type): type.rawValue
    }
  }
}

extension ReturnType {
  func text(_ parameters: [Parameter]) -> String {
    switch self {
    case .fixed(let type): type.rawValue
    case .argument(let index):
      index < parameters.count ? "type of \(parameters[index].name)" : "type of an argument"
    case .promoted: "the widest number"
    case .common: "the common type"
    case .computed: "by the arguments"
    }
  }
}
