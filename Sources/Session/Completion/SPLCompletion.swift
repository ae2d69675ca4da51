import Diagnostics
import Engine
import LogSources
import SPL

/// What may stand at a place of a search: a field, a command, a function, a value.
struct SPLCompletion {
  private typealias Candidate = Completions.Candidate

  private let source: SourceText
  private let workspace: Workspace
  private let words: LanguageWords
  private let bytes: [UInt8]
  private let place: Int
  /// Where the search begins that the place is in: the text, or a subsearch.
  private var start = 0
  /// Its last pipe.
  private var pipe: Int?
  /// Where the word begins that is being typed, with its quote.
  private var wordStart: Int
  private var quote: UInt8?

  init(_ source: SourceText, at place: Int, in workspace: Workspace, _ words: LanguageWords) {
    self.source = source
    self.workspace = workspace
    self.words = words
    self.place = place
    bytes = Array(source.text.utf8.prefix(place))
    wordStart = bytes.count
    scan()
  }

  private mutating func scan() {
    var outer: [(start: Int, pipe: Int?)] = []
    var opened = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
        index += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        quote = byte
        opened = index
      case UInt8(ascii: "["):
        outer.append((start, pipe))
        (start, pipe) = (index + 1, nil)
      case UInt8(ascii: "]"): if let last = outer.popLast() { (start, pipe) = last }
      case UInt8(ascii: "|"): pipe = index
      default: break
      }
      index += 1
    }
    if quote != nil {
      wordStart = opened
    } else {
      while wordStart > 0, SPLCompletion.isWord(bytes[wordStart - 1]) { wordStart -= 1 }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
      || "_.:{}*-@$/#".utf8.contains(byte)
  }

  private func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
  }

  private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  /// What was typed of the word.
  private var typed: String { text(min(bytes.count, wordStart + (quote == nil ? 0 : 1)), bytes.count) }

  /// From the pipe, or the beginning, to the word.
  private var stage: String { text(pipe.map { $0 + 1 } ?? start, wordStart) }

  private var isSearch: Bool { pipe == nil || command == "search" }

  private var command: String {
    let stage = stage.drop(while: \.isWhitespace)
    return pipe == nil ? "search" : stage.prefix { !$0.isWhitespace }.lowercased()
  }

  func completions() -> Completions {
    var result = Completions(replacing: SourceSpan(wordStart, place))
    if quote == UInt8(ascii: "`") {
      let macros = SPLFrontEnd.macroNames(of: workspace)
      result.candidates = macros.map { Candidate("`\($0)", .macro, "macro") }
      result.narrow(to: "`" + typed)
      return result
    }
    if let field = comparedField {
      result.question = valueQuestion(field)
      return result
    }
    if quote == UInt8(ascii: "\"") { return result }
    if pipe != nil, SPLCompletion.isBlank(stage) {
      result.candidates = words.stages
    } else if isSearch {
      result.candidates =
        fields.map { Candidate($0.text + "=", .column, $0.about) }
        + ["AND", "OR", "NOT", "IN"].map { Candidate($0, .word) }
    } else {
      result.candidates = fields + words.keywords(of: command)
      if words.stage(command, takes: "AGGREGATE") { result.candidates += words.aggregates }
      if words.stage(command, takes: "EXPRESSION", "CONDITION", "AGGREGATE") {
        result.candidates += words.functions
      }
      if words.stage(command, takes: "LOOKUP") {
        result.candidates += workspace.configuration.lookups.keys.sorted().map {
          Candidate($0, .lookup, "lookup")
        }
      }
    }
    result.narrow(to: typed)
    if result.candidates.isEmpty, quote == nil, let dot = typed.lastIndex(of: ".") {
      result.question = memberQuestion(
        of: String(typed[..<dot]), String(typed[typed.index(after: dot)...]))
    }
    return result
  }

  // MARK: - Fields

  private var fields: [Candidate] {
    var all: [Candidate] = []
    if pipe != nil,
      let query = try? workspace.compile(SourceText(name: source.name, text: before), language: .spl),
      let plan = query.results.last?.plan
    {
      all = plan.columns.map { Candidate(SPL.argument($0.name), .column) }
    }
    all += ["sourcetype", "index", "source", "host", "_time"].map { Candidate($0, .column) }
    for source in workspace.configuration.sources {
      for column in source.table.columns {
        for path in column.paths where path != column.name && !path.hasPrefix("['") {
          all.append(Candidate(path, .column, column.documentation))
        }
      }
      guard workspace.configuration.view == .addon else { continue }
      all += source.addonFields.keys.sorted().map {
        Candidate($0, .column, "of the add-on for \(source.name)")
      }
    }
    return all
  }

  /// The search up to the stage at hand.
  private var before: String {
    let text = text(start, pipe ?? wordStart)
    return SPLCompletion.isBlank(text) ? "*" : text
  }

  // MARK: - What the logs tell

  /// The field whose value is being typed: `eventName=Cre`, `eventName IN (CreateUser, Del`.
  private var comparedField: String? {
    var rest = stage[...]
    func dropBlanks() { while rest.last?.isWhitespace == true { rest.removeLast() } }
    dropBlanks()
    if rest.last == "(" || rest.last == "," {
      guard let open = rest.lastIndex(of: "(") else { return nil }
      rest = rest[..<open]
      dropBlanks()
      guard rest.suffix(2).lowercased() == "in" else { return nil }
      rest.removeLast(2)
    } else {
      guard rest.last == "=" else { return nil }
      while rest.last == "=" || rest.last == "!" { rest.removeLast() }
    }
    dropBlanks()
    if rest.last == "'" {
      let name = rest.dropLast()
      return name.lastIndex(of: "'").map { String(name[name.index(after: $0)...]) }
    }
    let name = String(
      rest.reversed().prefix { $0.isLetter || $0.isNumber || "_.{}:".contains($0) }.reversed())
    // `eval x=` makes a field.
    if words.stage(command, takes: "FIELD=EXPRESSION") {
      let before = rest.dropLast(name.count).split(whereSeparator: \.isWhitespace).last ?? ""
      if before.lowercased() == command || before.hasSuffix(",") { return nil }
    }
    // `limit=5` of a command is no field.
    let isOption = words.keywords(of: command).contains { $0.text == name + "=" }
    return name.isEmpty || isOption ? nil : name
  }

  private func valueQuestion(_ field: String) -> Completions.Question {
    let name = SPL.argument(field)
    let filter = typed.isEmpty ? "" : " | where like(lower(value_), lower(\(SPL.quoted(typed + "%"))))"
    var heads = ["*"]
    if pipe != nil {
      heads = [before]
    } else {
      // The terms before the one that is typed.
      let terms = text(start, wordStart)
      if let end = terms.ranges(of: field).last?.lowerBound,
        !SPLCompletion.isBlank(String(terms[..<end]))
      {
        heads.insert(String(terms[..<end]), at: 0)
      }
    }
    let queries = heads.map { head in
      "\(head) | stats count as count_ by \(name) | rename \(name) as value_\(filter)"
        + " | sort 0 - count_, value_ | head \(Completions.mostValues) | table value_ count_"
    }
    let isSearch = isSearch
    return Completions.Question(.value, queries) { value, _ in
      let text = value.splText
      let isPlain =
        isSearch && !text.isEmpty
        && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.:-/".contains($0)) }
      return isPlain || (!isSearch && Double(text) != nil) ? text : SPL.quoted(text)
    }
  }

  /// The members that objects within events have: `requestParameters.buck`.
  private func memberQuestion(of parent: String, _ beginning: String) -> Completions.Question {
    let filter =
      beginning.isEmpty ? "" : " | where like(lower(value_), lower(\(SPL.quoted(beginning + "%"))))"
    let head = pipe == nil ? "*" : before
    let query =
      "\(head) | eval value_=json_array_to_mv(json_keys(json_extract(_raw, \(SPL.quoted(parent)))))"
      + " | mvexpand value_ | stats count as count_ by value_\(filter)"
      + " | sort 0 - count_, value_ | head \(Completions.mostValues) | table value_ count_"
    let ending = isSearch ? "=" : ""
    return Completions.Question(.member, [query]) { value, _ in
      SPL.argument("\(parent).\(value.splText)") + ending
    }
  }
}
