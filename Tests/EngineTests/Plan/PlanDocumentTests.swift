import Foundation
import Testing

@testable import Engine

/// Written plans: what comes back of them, and what is said of texts that are none.
@Suite struct PlanDocumentTests {
  private static let column = PlanColumn(id: ColumnID(1), name: "x", type: .long)

  private static func rows(_ values: [Value], _ type: DataType) -> LogicalPlan {
    .inline(
      Inline(
        columns: [PlanColumn(id: ColumnID(1), name: "x", type: type)],
        table: Table(fields: [Field("x", type)], rows: values.map { [$0] }),
        origin: PlanOrigin(label: "rows")))
  }

  private static func projecting(_ expression: Engine.Expression) -> LogicalPlan {
    .project(
      Project(
        input: rows([.long(1)], .long),
        assignments: [
          Assignment(
            column: PlanColumn(id: ColumnID(2), name: "y", type: expression.type), expression: expression)
        ], origin: PlanOrigin(label: "extend")))
  }

  private func failure(
    of text: String, depthLimit: Int = PlanDocument.depthLimit
  ) -> PlanReadingFailure? {
    do throws(PlanReadingFailure) {
      _ = try PlanDocument.plan(from: text, depthLimit: depthLimit)
      return nil
    } catch {
      return error
    }
  }

  private static let values: [(Value, DataType)] = [
    (.null, .long), (.bool(true), .bool), (.long(.min), .long), (.long(.max), .long), (.real(0), .real),
    (.real(-0.0), .real), (.real(.nan), .real), (.real(.infinity), .real), (.real(-.infinity), .real),
    (.real(.leastNonzeroMagnitude), .real), (.real(1e300), .real), (.real(3), .real),
    (.decimal(Decimal(string: "1.50") ?? 0), .decimal),
    (.decimal(.greatestFiniteMagnitude), .decimal), (.decimal(.nan), .decimal), (.datetime(.max), .datetime),
    (.datetime(638_400_000_000_000_001), .datetime), (.timespan(-1), .timespan),
    (.guid(GUID(high: 1, low: .max)), .guid), (.string(""), .string),
    (.string("a\"\\\u{1}\n😀\u{2028}"), .string),
    (.dynamic(.null), .dynamic),
    (.dynamic(.array([.long(1), .real(1), .real(-0.0), .string("1")])), .dynamic),
    (.dynamic(.object([.init("b", .bool(false)), .init("a", .null)])), .dynamic),
    (.dynamic(.array([.real(.nan), .object([.init("a", .long(1)), .init("a", .long(2))])])), .dynamic),
  ]

  @Test(arguments: values.indices) func `a constant comes back as it was`(_ index: Int) throws {
    let (value, type) = PlanDocumentTests.values[index]
    let plan = PlanDocumentTests.projecting(.literal(value, type))
    let text = PlanDocument.text(of: plan)
    let back = try PlanDocument.plan(from: text)
    #expect(back == plan, "\(text)")
    #expect(PlanDocument.text(of: back) == text)
  }

  @Test func `a deep value comes back as it was`() throws {
    var tree = JSONValue.long(1)
    for _ in 0..<300 { tree = .array([tree]) }
    let plan = PlanDocumentTests.projecting(.literal(.dynamic(tree), .dynamic))
    #expect(try PlanDocument.plan(from: PlanDocument.text(of: plan)) == plan)
  }

  @Test func `cells come back as they were`() throws {
    for type in DataType.allCases {
      let cells = PlanDocumentTests.values.filter { $0.1 == type }.map(\.0) + [.null]
      let plan = PlanDocumentTests.rows(cells, type)
      #expect(try PlanDocument.plan(from: PlanDocument.text(of: plan)) == plan)
    }
  }

  @Test func `rows without columns keep their number`() throws {
    let plan = LogicalPlan.inline(
      Inline(
        columns: [], table: Table(fields: [], columns: [], rowCount: 3), origin: PlanOrigin(label: "rows")))
    #expect(try PlanDocument.plan(from: PlanDocument.text(of: plan)) == plan)
  }

  @Test func `plans that differ are not equal`() {
    let plan = PlanDocumentTests.projecting(.literal(.real(0), .real))
    #expect(plan != PlanDocumentTests.projecting(.literal(.real(-0.0), .real)))
    #expect(plan != PlanDocumentTests.projecting(.literal(.long(0), .long)))
    #expect(PlanDocumentTests.rows([.long(1)], .long) != PlanDocumentTests.rows([.long(2)], .long))
    #expect(
      PlanDocumentTests.projecting(.literal(.real(.nan), .real))
        == PlanDocumentTests.projecting(.literal(.real(.nan), .real)))
  }

  @Test func `what nests deeper than JSON may comes back`() throws {
    var expression = Engine.Expression.column(PlanDocumentTests.column)
    for _ in 0..<300 {
      expression = .call(
        FunctionCall(
          function: Arithmetic.add, arguments: [expression, .literal(.long(1), .long)], type: .long,
          dialect: .kql))
    }
    var plan = PlanDocumentTests.projecting(expression)
    for _ in 0..<100 { plan = .limit(Limit(input: plan, count: 5, origin: PlanOrigin(label: "take 5"))) }
    #expect(try PlanDocument.plan(from: PlanDocument.text(of: plan)) == plan)
  }

  @Test func `parts may not nest without end`() {
    // Each part is an operation on the one before it.
    let first = #"{"expression":{"literal":{"value":1,"type":"long"}}}"#
    let next = (0..<200).map { index in
      #"{"expression":{"call":{"function":"kql:unary -","arguments":[{"part":\#(index)}],"type":"long","#
        + #""dialect":"kql"}}}"#
    }
    let text =
      "{\"trawlPlan\":1,\"parts\":[\(([first] + next).joined(separator: ","))],\"plan\":{\"part\":0}}"
    #expect(failure(of: text, depthLimit: 200)?.id == "plan-too-deep")
  }

  @Test func `parts may not grow without end`() {
    // Each part reads the one before it twice.
    let first = #"{"expression":{"literal":{"value":1,"type":"long"}}}"#
    let next = (0..<40).map { index in
      #"{"expression":{"call":{"function":"kql:+","arguments":[{"part":\#(index)},{"part":\#(index)}],"#
        + #""type":"long","dialect":"kql"}}}"#
    }
    let text =
      "{\"trawlPlan\":1,\"parts\":[\(([first] + next).joined(separator: ","))],\"plan\":{\"part\":0}}"
    #expect(failure(of: text)?.id == "plan-too-large")
  }

  /// What is changed in the text of a plan, and what is said of it.
  private static let damages: [(old: String, new: String, id: String, said: String)] = [
    ("\"trawlPlan\":1", "\"trawlPlan\":99", "plan-version", "99"),
    ("\"trawlPlan\":1", "\"plain\":1", "invalid-plan", "trawlPlan"),
    ("kql:+", "kql:plus", "unknown-function", "kql:plus"),
    ("\"type\":\"long\"", "\"type\":\"number\"", "invalid-plan", "number"),
    ("\"range\"", "\"rank\"", "invalid-plan", "rank"),
    ("\"filter\"", "\"sieve\"", "invalid-plan", "sieve"),
    ("\"label\"", "\"title\"", "invalid-plan", "label"),
    ("\"predicate\"", "\"condition\"", "invalid-plan", "predicate"),
    ("\"count\":5", "\"count\":-5", "invalid-plan", "-5"),
    ("\"count\":5", "\"count\":5.5", "invalid-plan", "whole number"),
    ("\"count\":5", "\"count\":5,\"size\":1", "invalid-plan", "size"),
    (
      "\"id\":7,\"name\":\"n\",\"type\":\"long\"}},{\"literal",
      "\"id\":8,\"name\":\"n\",\"type\":\"long\"}},{\"literal", "invalid-plan", "column 8"
    ),
    (",{\"literal\":{\"value\":2,\"type\":\"long\"}}", "", "invalid-plan", "kql:+"),
    ("\"value\":2", "\"value\":\"2\"", "invalid-plan", "constant"),
    ("}", "", "invalid-json", "no JSON"),
  ]

  /// `range n from 1 to 9 step 1 | where n + 2 == 3 | take 5`.
  private static let sample: LogicalPlan = {
    let n = PlanColumn(id: ColumnID(7), name: "n", type: .long)
    func number(_ value: Int64) -> Engine.Expression { .literal(.long(value), .long) }
    func call(_ function: ScalarFunction, _ arguments: [Engine.Expression], _ type: DataType)
      -> Engine.Expression
    {
      .call(FunctionCall(function: function, arguments: arguments, type: type, dialect: .kql))
    }
    let rows = LogicalPlan.tabular(
      TabularCall(
        inputs: [], operator: RangeOperator(column: n, from: number(1), to: number(9), step: number(1)),
        origin: PlanOrigin(label: "range")))
    let sum = call(Arithmetic.add, [.column(n), number(2)], .long)
    let filter = LogicalPlan.filter(
      Filter(
        input: rows, predicate: call(Comparison.equal, [sum, number(3)], .bool),
        origin: PlanOrigin(label: "where")))
    return .limit(Limit(input: filter, count: 5, origin: PlanOrigin(label: "take 5")))
  }()

  @Test(arguments: damages.indices) func `a text that is no plan is refused by name`(_ index: Int) throws {
    let damage = PlanDocumentTests.damages[index]
    let text = PlanDocument.text(of: PlanDocumentTests.sample)
    #expect(try PlanDocument.plan(from: text) == PlanDocumentTests.sample)
    let place = try #require(text.range(of: damage.old), "\(damage.old) in \(text)")
    let said = try #require(failure(of: text.replacingCharacters(in: place, with: damage.new)))
    #expect(said.id == damage.id, "\(said)")
    #expect(said.description.contains(damage.said), "\(said)")
  }

  @Test func `no beginning and no changed byte of a plan is a trap`() {
    let text = Array(PlanDocument.text(of: PlanDocumentTests.sample).utf8)
    for length in stride(from: 0, to: text.count, by: 3) {
      #expect(failure(of: String(decoding: text.prefix(length), as: UTF8.self)) != nil)
    }
    for place in text.indices {
      for byte in [UInt8(ascii: "0"), UInt8(ascii: "x"), UInt8(ascii: "["), UInt8(ascii: "\"")] {
        var changed = text
        changed[place] = byte
        _ = failure(of: String(decoding: changed, as: UTF8.self))
      }
    }
  }
}
