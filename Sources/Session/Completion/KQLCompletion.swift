import Diagnostics
import Engine
import KQL

/// What may stand at a place of a KQL text, as its tokens tell: a table, an operator, an operand, a value.
struct KQLCompletion {
  private typealias Candidate = Completions.Candidate

  /// What brackets hold, or a statement.
  private struct Frame {
    /// The token that opens it.
    var opener: Int?
    /// Its first token.
    var start: Int
    /// Behind its last pipe.
    var stage: Int?
  }

  private let source: SourceText
  private let workspace: Workspace
  private let words: LanguageWords
  /// Before the word at the place.
  private var tokens: [KQLToken]
  private var frames: [Frame] = [Frame(start: 0)]
  /// The last statement that ended.
  private var statementsEnd = 0
  private var span: SourceSpan
  /// The word that is being typed, or the text between quotes.
  private var typed = ""
  private var isText = false
  private var names: [String] = []

  init(_ source: SourceText, at place: Int, in workspace: Workspace, _ words: LanguageWords) {
    self.source = source
    self.workspace = workspace
    self.words = words
    let head = SourceText(name: source.name, text: source[SourceSpan(0, place)])
    let (all, diagnostics) = KQLLexer.tokens(of: head)
    tokens = all.filter { $0.kind != .endOfFile }
    span = .at(place)
    if let last = tokens.last, last.span.upperBound == place {
      switch last.kind {
      case .word(let word):
        typed = word
        takeLast()
      case .string(let literal) where diagnostics.contains { $0.primary?.span == last.span }:
        typed = literal.value
        isText = true
        takeLast()
        let bytes = Array(source.text.utf8)
        let quote = source[last.span].first { $0 == "\"" || $0 == "'" }
        // The closing quote that is there already.
        if place < bytes.count, let quote, bytes[place] == quote.asciiValue {
          span = SourceSpan(span.lowerBound, place + 1)
        }
      case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown, .endOfFile:
        break
      }
    }
    findFrames()
    joinHyphens()
  }

  private mutating func takeLast() {
    if let last = tokens.popLast() { span = last.span }
  }

  private mutating func findFrames() {
    for (index, token) in tokens.enumerated() {
      guard case .punctuation(let mark) = token.kind else { continue }
      if mark.opensBracket {
        frames.append(Frame(opener: index, start: index + 1))
      } else if mark.closesBracket {
        if frames.count > 1 { frames.removeLast() }
      } else if mark == .pipe {
        frames[frames.count - 1].stage = index + 1
      } else if mark == .semicolon, frames.count == 1 {
        noteName(frames[0].start)
        frames = [Frame(start: index + 1)]
        statementsEnd = token.span.upperBound
      } else if mark == .assign, frames.count == 1, index == frames[0].start + 2, isLet(frames[0].start) {
        // `let a = T | …`: the pipeline begins behind the sign.
        frames[0].start = index + 1
      }
    }
  }

  private func isLet(_ index: Int) -> Bool { index < tokens.count && tokens[index].word == "let" }

  /// The name of a statement that ends.
  private mutating func noteName(_ start: Int) {
    for index in [start, start - 3] where index >= 0 && isLet(index) && index + 1 < tokens.count {
      if let name = tokens[index + 1].word { names.append(name) }
    }
  }

  /// `project-aw` is one word where a stage begins.
  private mutating func joinHyphens() {
    guard let stage = frames.last?.stage, stage < tokens.count, !isText else { return }
    let rest = tokens[stage...]
    let isName = rest.enumerated().allSatisfy { offset, token in
      offset % 2 == 0 ? token.word != nil : token.kind == .punctuation(.minus)
    }
    guard isName, rest.last?.kind == .punctuation(.minus), rest.last?.span.upperBound == span.lowerBound,
      let first = rest.first
    else { return }
    span = SourceSpan(first.span.lowerBound, span.upperBound)
    typed = source[span]
    tokens.removeSubrange(stage...)
  }

  // MARK: - What fits

  func completions() -> Completions {
    var result = Completions(replacing: span)
    let inner = frames[frames.count - 1]
    if inner.stage == tokens.count {
      result.candidates = words.stages.filter { !words.begins($0.text) || words.stage($0.text, takes: "T |") }
    } else if frames.count == 1, inner.stage == nil, tokens.count == inner.start {
      result.candidates = tables + words.stages.filter { words.begins($0.text) } + variables
      if isText { result.candidates = [] }
    } else if let question = valueQuestion ?? memberQuestion {
      result.question = question
      return result
    } else if isText {
      return result
    } else {
      result.candidates = isBehindOperand ? words.operators + keywords : operands
      if tokens.count == inner.start { result.candidates += tables }
    }
    result.narrow(to: typed)
    return result
  }

  private var tables: [Candidate] {
    let rows = workspace.sources.rows.map { Candidate($0.key, .table, "\($0.value.rowCount) rows") }
    return rows + workspace.sources.tableNames.map { Candidate($0, .table, "table") }
      + workspace.configuration.functions.keys.sorted().map { Candidate($0, .function, "saved function") }
  }

  private var variables: [Candidate] { names.map { Candidate($0, .variable, "let") } }

  private var keywords: [Candidate] { words.keywords(of: stageName) }

  private var operands: [Candidate] {
    var all = columns + variables + keywords
    if words.stage(stageName, takes: "PLUGIN") { all += words.plugins }
    if words.stage(stageName, takes: "AGGREGATE") { all += words.aggregates }
    return all + words.functions
  }

  /// The innermost pipeline around the place.
  private var pipeline: Frame? { frames.last { $0.stage != nil } }

  private var stageName: String {
    let start = pipeline?.stage ?? frames[0].start
    guard start < tokens.count, var name = tokens[start].word else { return "" }
    var index = start + 1
    while index + 1 < tokens.count, tokens[index].kind == .punctuation(.minus),
      tokens[index].span.lowerBound == tokens[index - 1].span.upperBound, let part = tokens[index + 1].word
    {
      name += "-\(part)"
      index += 2
    }
    return name
  }

  private var isBehindOperand: Bool {
    guard let last = tokens.last else { return false }
    switch last.kind {
    case .word(let word):
      if words.isOperator(word) || keywords.contains(where: { $0.text == word }) { return false }
      // The stage's own name.
      return !stageName.hasSuffix(word) || tokens.count - 1 > (pipeline?.stage ?? frames[0].start)
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral: return true
    case .punctuation(let mark): return mark.closesBracket
    case .unknown, .endOfFile: return false
    }
  }

  // MARK: - Columns

  /// The statements before, and the pipeline up to the stage at hand.
  private var before: String? {
    guard let pipeline, let stage = pipeline.stage, pipeline.start < stage - 1 else { return nil }
    let text = source[
      SourceSpan(tokens[pipeline.start].span.lowerBound, tokens[stage - 1].span.lowerBound)]
    return source[SourceSpan(0, statementsEnd)] + "\n" + text
  }

  private var columns: [Candidate] {
    if let before,
      let query = try? workspace.compile(SourceText(name: source.name, text: before), language: .kql),
      let plan = query.results.last?.plan
    {
      return plan.columns.map { Candidate($0.name, .column, $0.type.rawValue) }
    }
    // What comes before is not whole: the tables that are named.
    return tokens.compactMap { $0.word.flatMap { workspace.sources.table(named: $0) } }
      .flatMap { $0.fields.map { Candidate($0.name, .column, $0.type.rawValue) } }
  }

  // MARK: - What the logs tell

  /// `EventName == "Cre`, `EventName in ("CreateUser", "Del`.
  private var valueQuestion: Completions.Question? {
    guard let before, let compared = comparison(behind: tokens.count - 1) else { return nil }
    guard let operand = operand(endingAt: compared - 1) else { return nil }
    let filter =
      typed.isEmpty ? "" : " and tostring(value_) startswith \(KQL.constant(.string(typed), .string))"
    let queries = [operand, "tostring(\(operand))"].map { operand in
      """
      \(before)
      | summarize count_ = count() by value_ = \(operand)
      | where isnotempty(value_)\(filter)
      | sort by count_ desc, value_ asc | take \(Completions.mostValues) | project value_, count_
      """
    }
    return Completions.Question(.value, queries) { value, type in KQL.constant(value, type) }
  }

  /// The comparison whose right side begins behind a token, or in whose list it stands.
  private func comparison(behind index: Int) -> Int? {
    guard index >= 0 else { return nil }
    switch tokens[index].kind {
    case .word(let word): return words.isOperator(word) ? index : nil
    case .punctuation(let mark):
      if words.isOperator(mark.rawValue) { return index }
      guard mark == .leftParenthesis || mark == .comma, let opener = frames[frames.count - 1].opener,
        opener > 0, let word = tokens[opener - 1].word
      else { return nil }
      return words.isOperator(word) ? opener - 1 : nil
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .unknown, .endOfFile: return nil
    }
  }

  /// The members that a dynamic value has.
  private var memberQuestion: Completions.Question? {
    guard !isText, let before, tokens.last?.kind == .punctuation(.dot),
      let operand = operand(endingAt: tokens.count - 2)
    else { return nil }
    let filter = typed.isEmpty ? "" : "| where value_ startswith \(KQL.constant(.string(typed), .string))\n"
    let query = """
      \(before)
      | mv-expand value_ = bag_keys(\(operand)) to typeof(string)
      | summarize count_ = count() by value_
      \(filter)| where isnotempty(value_)
      | sort by count_ desc, value_ asc | take \(Completions.mostValues) | project value_, count_
      """
    return Completions.Question(.member, [query]) { value, _ in
      guard case .string(let name) = value,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      else { return nil }
      return name
    }
  }

  /// The text of the operand whose last token stands there: a path, a call.
  private func operand(endingAt end: Int) -> String? {
    var index = end
    while index >= 0 {
      switch tokens[index].kind {
      case .word: break
      case .punctuation(let mark) where mark.closesBracket:
        guard let opener = opener(of: index) else { return nil }
        index = opener
        let isCall = tokens[opener].kind == .punctuation(.leftParenthesis)
        if index > 0, tokens[index - 1].span.upperBound == tokens[index].span.lowerBound {
          if isCall, tokens[index - 1].word != nil { index -= 1 }
          if !isCall {
            index -= 1
            continue
          }
        }
      case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown, .endOfFile:
        return nil
      }
      if index >= 2, tokens[index - 1].kind == .punctuation(.dot) {
        index -= 2
        continue
      }
      return source[SourceSpan(tokens[index].span.lowerBound, tokens[end].span.upperBound)]
    }
    return nil
  }

  private func opener(of close: Int) -> Int? {
    var depth = 0
    for index in stride(from: close, through: 0, by: -1) {
      guard case .punctuation(let mark) = tokens[index].kind else { continue }
      if mark.closesBracket { depth += 1 }
      if mark.opensBracket { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
