import Engine

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
  enum Kind: String {
    case scalar, aggregate, window
  }

  var names: [FunctionName]
  var kind: Kind
  var signature: Signature
  var summary: String
  var notes: [String]
  var nulls: NullRule?
  var examples: [FunctionExample]

  static var all: [FunctionPage] {
    let scalars = FunctionCatalog.scalars.map { record in
      FunctionPage(
        names: record.names, kind: .scalar, signature: record.signature, summary: record.summary,
        notes: record.notes, nulls: record.nulls, examples: record.examples)
    }
    let aggregates = AggregateCatalog.all.map { record in
      FunctionPage(
        names: record.names, kind: .aggregate, signature: record.signature, summary: record.summary,
        notes: record.notes, nulls: nil, examples: record.examples)
    }
    let windows = WindowFunctionCatalog.all.map { record in
      FunctionPage(
        names: record.names, kind: .window, signature: record.signature, summary: record.summary,
        notes: record.notes, nulls: nil, examples: record.examples)
    }
    let forms = SPLForms.all.map { record in
      FunctionPage(
        names: record.names, kind: .scalar, signature: record.signature, summary: record.summary,
        notes: record.notes, nulls: record.nulls, examples: record.examples)
    }
    return scalars + forms + aggregates + windows
  }

  func text(width: Int) -> String {
    var lines: [String] = []
    for name in names {
      let kindText = "\(name.language.rawValue), \(kind.rawValue)\(name.isAlias ? ", old spelling" : "")"
      lines.append("\(signature.text(name: name))    \(kindText)")
    }
    lines.append("")
    lines += HelpText.wrapped(summary, width: width - 2).map { "  " + $0 }
    if let nulls { lines += HelpText.wrapped("Nulls: \(nulls.meaning).", width: width - 2).map { "  " + $0 } }
    for note in notes { lines += HelpText.wrapped(note, width: width - 2).map { "  " + $0 } }
    if !examples.isEmpty { lines.append("") }
    for example in examples {
      let why = example.why.map { "    (\($0))" } ?? ""
      lines.append("  \(example.expression)  →  \(example.result)\(why)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension NullRule {
  var meaning: String {
    switch self {
    case .nullIfAnyNull: "any null argument gives null (in KQL an empty text where the result is text)"
    case .ignoresNulls: "null arguments are passed over"
    case .handlesNulls: "the function decides what a null gives"
    case .neverNull: "the result is never null"
    }
  }
}

extension Signature {
  /// `substring(text: string, start: long, [length: long]) -> string`.
  func text(name: FunctionName) -> String {
    let list = parameters.map { parameter in
      let text = "\(parameter.name): \(parameter.kind.text)\(parameter.isConstant ? " (constant)" : "")"
      return parameter.isRepeated ? "[\(text), …]" : parameter.isOptional ? "[\(text)]" : text
    }
    let result = returns.text(parameters)
    if name.isOperator, parameters.count == 2 {
      return "\(list[0]) \(name.text) \(list[1]) -> \(result)"
    }
    return "\(name.text)(\(list.joined(separator: ", "))) -> \(result)"
  }
}

extension Parameter.Kind {
  var text: String {
    switch self {
    case .any: "any"
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
