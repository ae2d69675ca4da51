import Diagnostics
import Engine
import Session

/// A language that only these tests have: it names events, asks for values and counts.
///
/// ```
///   events where EventName = SendEmail and ErrorCode = '' | count
/// ```
/// All that it is stands in this file; Engine, Rules and the verbs know nothing of it.
struct TallyFrontEnd: FrontEnd {
  let dialect = Dialect(
    language: Language("tally"), missingText: .null, texts: .plain, lists: .array, elements: .typed,
    conversions: .written, emptyTotalIsNull: true, listsNullsOfJSON: false, ordersTextsAsNumbers: false)
  let title = "Tally"
  let fileEndings = [".tally"]
  let comment = CommentStyle.lines("#")
  let companionFolder: String? = "tallies"

  var reference: LanguageReference {
    var reference = LanguageReference()
    reference.stages = LanguageReference.Stages(
      kind: "stage",
      all: [
        StageReference(
          names: [FunctionName(language: dialect.language, text: "count", isAlias: false)], syntax: "| count",
          summary: "Counts the events.", notes: [], differs: [], examples: [])
      ])
    return reference
  }

  func tokens(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    let words = TallyWord.all(of: source)
    return SyntaxListing(words.map { "\($0.span.lowerBound) \($0.text)" }.joined(separator: "\n"))
  }

  func tree(of source: SourceText, in workspace: Workspace) -> SyntaxListing {
    do throws(QueryFailure) {
      let query = try TallyQuery(source)
      let conditions = query.conditions.map { "  \($0.name.text) = \($0.value.text)" }
      return SyntaxListing(
        (["events"] + conditions + (query.count == nil ? [] : ["count"])).joined(separator: "\n"), tree: query
      )
    } catch {
      return SyntaxListing("", diagnostics: error.diagnostics)
    }
  }

  func definitions(in source: SourceText) -> [NamedText] { [] }

  func compile(
    _ source: SourceText, in workspace: Workspace, _ inputs: CompiledQuery.Inputs
  ) throws(QueryFailure) -> CompiledQuery {
    let query = try TallyQuery(source)
    guard let table = workspace.sources.table(named: "AWSCloudTrail") else {
      throw QueryFailure([.error("unknown-table", "there are no events")], in: source)
    }
    let columns = table.fields.enumerated().map {
      PlanColumn(id: ColumnID($0), name: $1.name, type: $1.type)
    }
    let scan = Scan(
      table: table.name, sources: columns.map { Scan.Source(column: $0, field: $0.name) },
      origin: PlanOrigin(span: query.events.span, label: "events"))
    var plan = LogicalPlan.scan(scan)
    var conditions: [Expression] = []
    for condition in query.conditions {
      guard let column = columns.first(where: { $0.name == condition.name.text }) else {
        throw QueryFailure(
          [.error("unknown-column", "no column named `\(condition.name.text)`", at: condition.name.span)],
          in: source)
      }
      do throws(Diagnostic) {
        conditions.append(
          try FunctionBinder.bind(
            Comparison.equal, [column.reference, .literal(.string(condition.value.text), .string)],
            dialect: dialect, span: condition.span))
      } catch {
        throw QueryFailure([error], in: source)
      }
    }
    if let first = query.conditions.first, let last = query.conditions.last {
      let origin = PlanOrigin(
        span: SourceSpan(first.span.lowerBound, last.span.upperBound), label: "where")
      plan = .filter(Filter(input: plan, predicate: .all(of: conditions), origin: origin))
    }
    if let count = query.count, let function = AggregateCatalog.function("count", in: .kql) {
      let item = Aggregate.Item(
        outputs: [PlanColumn(id: ColumnID(columns.count), name: "tally", type: .long)],
        call: AggregateCall(function: function, arguments: [], types: [], dialect: dialect))
      plan = .aggregate(
        Aggregate(
          input: plan, keys: [], items: [item], origin: PlanOrigin(span: count.span, label: "count")))
    }
    return CompiledQuery(
      source: source, language: self, inputs: inputs, results: [CompiledQuery.Result(plan: plan)])
  }
}

/// `events`, `=`, `|`, a name, or a text between quotes.
struct TallyWord {
  var text: String
  var isQuoted = false
  var span: SourceSpan

  static func all(of source: SourceText) -> [TallyWord] {
    let bytes = Array(source.text.utf8)
    var words: [TallyWord] = []
    var place = 0
    func skip(while isKept: (UInt8) -> Bool) {
      while place < bytes.count, isKept(bytes[place]) { place += 1 }
    }
    while place < bytes.count {
      let start = place
      switch bytes[place] {
      case UInt8(ascii: "#"): skip { $0 != UInt8(ascii: "\n") }
      case UInt8(ascii: "'"):
        place += 1
        skip { $0 != UInt8(ascii: "'") }
        let text = String(decoding: bytes[start + 1..<place], as: UTF8.self)
        place = min(place + 1, bytes.count)
        words.append(TallyWord(text: text, isQuoted: true, span: SourceSpan(start, place)))
      case UInt8(ascii: "="), UInt8(ascii: "|"):
        place += 1
        words.append(
          TallyWord(text: String(decoding: [bytes[start]], as: UTF8.self), span: SourceSpan(start, place)))
      case UInt8(ascii: " "), UInt8(ascii: "\n"): place += 1
      default:
        skip { !" \n=|'#".utf8.contains($0) }
        words.append(
          TallyWord(
            text: String(decoding: bytes[start..<place], as: UTF8.self), span: SourceSpan(start, place)))
      }
    }
    return words
  }
}

struct TallyQuery {
  struct Condition {
    var name: TallyWord
    var value: TallyWord
    var span: SourceSpan { SourceSpan(name.span.lowerBound, value.span.upperBound) }
  }

  var events: TallyWord
  var conditions: [Condition] = []
  var count: TallyWord?

  init(_ source: SourceText) throws(QueryFailure) {
    var words = TallyWord.all(of: source)[...]
    func expect(_ text: String?) throws(QueryFailure) -> TallyWord {
      guard let word = words.popFirst(), text == nil || word.text == text else {
        let end = source.text.utf8.count
        throw QueryFailure(
          [.error("syntax", "expected \(text.map { "`\($0)`" } ?? "a word")", at: SourceSpan(end, end))],
          in: source)
      }
      return word
    }
    events = try expect("events")
    var joining = "where"
    while words.first?.text == joining {
      words.removeFirst()
      let name = try expect(nil)
      _ = try expect("=")
      conditions.append(Condition(name: name, value: try expect(nil)))
      joining = "and"
    }
    if words.isEmpty { return }
    _ = try expect("|")
    count = try expect("count")
  }
}
