import Foundation
import Testing

@testable import Engine

/// What predicates say of texts, against what they do.
@Suite struct PredicateMeaningTests {
  /// Letters that are equal but for case in more than one way, ends of words, wildcards, and what JSON escapes.
  private static let letters: [String] = [
    "a", "A", "b", "k", "K", "\u{212A}", "s", "S", "\u{17F}", "é", "É", "i", "I", "İ", "ı", "ß", "σ", "ς",
    "Σ", "1",
    "0", ".", "*", "%", "_", "-", " ", "/", ":", "\"", "\\", "\n", "\u{301}", "🤖", "{", "[", ",",
  ]

  private static let words = [
    "", "s", "K", "\u{17F}", "\u{212A}", "task", "TA\u{17F}K", "ta\u{17F}\u{212A}", "null", "1", "1.0", "01",
    "1e0",
    "{\"a\":1}", "true", "Ask*", "a k", "*", "%s", "10.0.0.0/8", "10.1.2.3",
  ]

  private static func text(_ random: inout SeededRandom) -> String {
    if Int.random(in: 0..<3, using: &random) == 0 { return words.randomElement(using: &random) ?? "" }
    return (0..<Int.random(in: 0..<6, using: &random)).map { _ in letters.randomElement(using: &random) ?? ""
    }
    .joined()
  }

  /// A text in JSON, its letters sometimes as escapes.
  private static func json(_ text: String, _ random: inout SeededRandom) -> String {
    guard Int.random(in: 0..<4, using: &random) == 0 else { return JSONValue.string(text).text }
    return "\"" + text.utf16.map { String(format: "\\u%04x", Int($0)) }.joined() + "\""
  }

  private static func event(_ number: Int, _ random: inout SeededRandom) -> String {
    let value: String? =
      switch Int.random(in: 0..<12, using: &random) {
      case 0: nil
      case 1: "null"
      case 2: ["1", "1.0", "true", "12e3"].randomElement(using: &random)
      case 3: "{\"k\": \(json(text(&random), &random))}"
      case 4: "[\(json(text(&random), &random))]"
      default: json(text(&random), &random)
      }
    let member = value.map { ",\"value\":\($0)" } ?? ""
    return
      "{\"eventSource\":\"x\",\"eventName\":\"e\",\"eventTime\":\"2024-01-01T00:00:00Z\",\"number\":\(number)\(member)}"
  }

  /// A call of a predicate over a column of texts; nil where its arguments cannot be made here.
  private static func call(
    _ function: ScalarFunction, _ dialect: Dialect, _ column: PlanColumn, _ random: inout SeededRandom
  ) -> Engine.Expression? {
    guard let meaning = function.meaning else { return nil }
    var arguments: [Engine.Expression] = []
    for index in 0..<max(function.signature.parameters.count, 2) {
      guard let parameter = function.signature.parameter(at: index) else { break }
      if index == meaning.subject {
        arguments.append(column.reference)
      } else if parameter.isRepeated, Bool.random(using: &random) {
        let texts = (0..<Int.random(in: 0..<4, using: &random)).map { _ in JSONValue.string(text(&random)) }
        arguments.append(.literal(.dynamic(.array(texts)), .dynamic))
      } else {
        let isNumber =
          dialect.conversions == .implied && parameter.kind == .any
          && Int.random(in: 0..<6, using: &random) == 0
        arguments.append(isNumber ? .literal(.long(1), .long) : .literal(.string(text(&random)), .string))
      }
    }
    if meaning.test == .equals, !function.takesList, parameterKindsMatch(function),
      Bool.random(using: &random)
    {
      arguments.reverse()
    }
    return try? FunctionBinder.bind(function, arguments, dialect: dialect)
  }

  private static func parameterKindsMatch(_ function: ScalarFunction) -> Bool {
    function.signature.parameters.allSatisfy { !$0.isConstant } && function.signature.parameters.count == 2
  }

  @Test(arguments: [Dialect.kql, .spl])
  func `a record that a predicate keeps is never dropped by its meaning`(dialect: Dialect) throws {
    let functions = FunctionCatalog.scalars.filter { function in
      function.meaning != nil && function.names.contains { $0.language == dialect.language }
    }
    #expect(functions.count > 12)
    var random = SeededRandom(seed: 20261130)
    let column = PlanColumn(id: ColumnID(0), name: "value", type: .string)
    let fields = [
      FieldRequest(
        name: "value", paths: ["value"], form: dialect.missingText == .empty ? .text : .optionalText,
        type: .string),
      FieldRequest(name: "number", paths: ["number"], form: .long, type: .long),
    ]
    var pushed = 0
    for _ in 0..<12 {
      let events = (0..<60).map { Self.event($0, &random) }
      let logs = try TemporaryLogs(text: ["log": events.joined(separator: "\n")])
      let all = logs.load(fields).table
      for function in functions {
        guard var condition = Self.call(function, dialect, column, &random) else { continue }
        if Int.random(in: 0..<4, using: &random) == 0 {
          condition = .call(
            FunctionCall(function: Logical.not, arguments: [condition], type: .bool, dialect: dialect))
        }
        // The opposite of some is no question of one value.
        guard let predicate = Predicate(condition) else { continue }
        // A pattern or a subnet that is none.
        guard let kept = predicate.holds(in: all.columns[0]) else { continue }
        let meaning = RecordPredicate(predicate, field: 0)
        pushed += meaning.isUnknown ? 0 : 1
        let loaded = Set(logs.load(fields, predicate: meaning).table.texts("number"))
        for row in 0..<all.rowCount where kept[row] {
          let isLoaded = loaded.contains(all.value(row: row, column: 1).kqlText)
          #expect(isLoaded, "\(condition.explanation) keeps \(events[row]), \(meaning) drops it")
        }
      }
    }
    #expect(pushed > 60)
  }

  static let dropped: [(Engine.Expression, [String], [String])] = [
    (test("=~", "\u{17F}"), ["s", "S", "\u{17F}"], ["a", "ss"]),
    (test("has", "\u{212A}"), ["a k", "K"], ["a"]),
    (test("in~", "\u{212A}", "x"), ["k", "X"], ["y"]),
    (test("!startswith", "a"), ["b"], []),
    (test("startswith_cs", "ab"), ["abc"], ["ABC"]),
    (test("hasprefix_cs", "ab"), ["x ab"], ["AB"]),
  ]

  @Test(arguments: dropped.indices)
  func `the loader drops what certainly fails`(index: Int) throws {
    let (condition, kept, dropped) = Self.dropped[index]
    let events = (kept + dropped).map {
      "{\"eventSource\":\"x\",\"eventName\":\"e\",\"value\":\(JSONValue.string($0).text)}"
    }
    let logs = try TemporaryLogs(text: ["log": events.joined(separator: "\n")])
    let fields = [FieldRequest(name: "value", paths: ["value"], form: .text, type: .string)]
    let predicate = RecordPredicate(try #require(Predicate(condition)), field: 0)
    #expect(logs.load(fields, predicate: predicate).table.texts("value") == kept)
  }

  private static func test(_ name: String, _ texts: String...) -> Engine.Expression {
    let column = PlanColumn(id: ColumnID(0), name: "value", type: .string)
    let function = FunctionCatalog.scalar(name, in: .kql)
    return .call(
      FunctionCall(
        function: function ?? Comparison.equal,
        arguments: [column.reference] + texts.map { .literal(.string($0), .string) }, type: .bool,
        dialect: .kql))
  }

  @Test func `not and flipped operands are read`() throws {
    let column = PlanColumn(id: ColumnID(0), name: "n", type: .long)
    let five = Engine.Expression.literal(.long(5), .long)
    func compare(_ function: ScalarFunction, _ left: Engine.Expression, _ right: Engine.Expression)
      -> Engine.Expression
    {
      .call(FunctionCall(function: function, arguments: [left, right], type: .bool, dialect: .kql))
    }
    let less = compare(Comparison.less, five, column.reference)
    let predicate = try #require(Predicate(less))
    #expect(predicate.meaning.test == .bound(.greater))
    #expect(predicate.constants == [.long(5)])
    #expect(predicate.holds(for: .long(6)) == true && predicate.holds(for: .long(5)) == false)
    let reversed = try #require(
      Predicate(.call(FunctionCall(function: Logical.not, arguments: [less], type: .bool, dialect: .kql))))
    #expect(reversed.meaning.test == .bound(.lessOrEqual))
    #expect(reversed.holds(for: .long(5)) == true && reversed.holds(for: .null) == false)
    #expect(reversed.comparing(with: .long(9)).holds(for: .long(9)) == true)
  }
}
