import Engine

/// The words of a language as its records have them.
struct LanguageWords: Sendable {
  typealias Candidate = Completions.Candidate

  /// Functions that are called.
  let functions: [Candidate]
  let aggregates: [Candidate]
  /// What stands between two operands, such as `has`.
  let operators: [Candidate]
  let plugins: [Candidate]
  let stages: [Candidate]
  private let syntax: [String: String]
  private let operatorNames: Set<String>

  init(_ front: any FrontEnd) {
    let language = front.dialect.language
    let reference = front.reference
    func candidates(
      _ names: [FunctionName], _ kind: Candidate.Kind, _ summary: String, _ ending: String = ""
    ) -> [Candidate] {
      names.filter { $0.language == language && !$0.isAlias && !$0.text.hasPrefix("[") }
        .filter { !reference.isInternal($0) }
        .map { Candidate($0.text + ending, kind, summary) }
    }
    var functions: [Candidate] = []
    var operators: [Candidate] = []
    for record in FunctionCatalog.scalars {
      switch record.notation {
      case .call: functions += candidates(record.names, .function, record.summary, "(")
      case .infix, .list, .range: operators += candidates(record.names, .operator, record.summary)
      case .prefix, .subscripted: break
      }
    }
    functions += reference.special.flatMap { candidates($0.names, .function, $0.summary, "(") }
    functions += WindowFunctionCatalog.all.flatMap { candidates($0.names, .function, $0.summary, "(") }
    self.functions = functions
    self.operators = operators
    operatorNames = Set(operators.map(\.text))
    aggregates = AggregateCatalog.all.flatMap { candidates($0.names, .aggregate, $0.summary, "(") }
    plugins = reference.plugins.flatMap { candidates($0.names, .function, $0.summary, "(") }
    let records = reference.stages?.all ?? []
    stages = records.flatMap { candidates($0.names, .word, $0.summary) }
    syntax = Dictionary(
      records.flatMap { record in record.names.map { ($0.text, record.syntax) } },
      uniquingKeysWith: { first, _ in first })
  }

  func isOperator(_ word: String) -> Bool { operatorNames.contains(word) }

  /// The words that a stage itself has, such as `by`: those in small letters where its record says how it is written.
  func keywords(of stage: String) -> [Candidate] {
    guard let text = syntax[stage] else { return [] }
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text + " " {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character.isLowercase || (!word.isEmpty && (character == "_" || character == "-")) {
        word.append(character)
        continue
      }
      if character == "=", !word.isEmpty { word.append(character) }
      // A capital within a word: `mv-expand [kind=KIND]` has none.
      if word.count > 1, word != stage, word != "or" { words.append(word) }
      word = ""
    }
    return words.map { Candidate($0, .word, "of \(stage)") }
  }

  /// Whether a stage takes what its record calls by a word: `AGGREGATE`, `LOOKUP`.
  func stage(_ stage: String, takes what: String...) -> Bool {
    guard let text = syntax[stage] else { return false }
    return what.contains { text.contains($0) }
  }

  /// Whether a stage stands at the beginning of a pipeline.
  func begins(_ stage: String) -> Bool { syntax[stage].map { !$0.hasPrefix("T ") } ?? false }
}
