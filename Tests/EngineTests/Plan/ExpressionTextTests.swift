import Testing

@testable import Engine

/// Expressions as text: operators between their operands, and no more parentheses than it takes.
@Suite struct ExpressionTextTests {
  private static let a = column("a"), b = column("b"), c = column("c")

  private static func column(_ name: String) -> Engine.Expression {
    .column(PlanColumn(id: ColumnID(name.hashValue), name: name, type: .long))
  }

  private static func call(_ name: String, _ arguments: Engine.Expression...) -> Engine.Expression {
    guard let function = FunctionCatalog.scalar(name, in: .kql) else { return .literal(.null, .long) }
    return .call(FunctionCall(function: function, arguments: arguments, type: .bool, dialect: .kql))
  }

  private static func text(_ text: String) -> Engine.Expression { .literal(.string(text), .string) }

  private static let texts: [(Engine.Expression, String)] = [
    (call("contains", a, text("x")), #"a contains "x""#),
    (call("!contains_cs", a, text("x")), #"a !contains_cs "x""#),
    (call("matches regex", a, text("x")), #"a matches regex "x""#),
    (call("in", a, b, c), "a in (b, c)"),
    (call("has_any", a, text("x")), #"a has_any ("x")"#),
    (call("between", call("+", a, b), b, c), "a + b between (b .. c)"),
    (call("and", call("or", a, b), c), "(a or b) and c"),
    (call("or", call("and", a, b), c), "a and b or c"),
    (call("and", a, call("and", b, c)), "a and b and c"),
    (call("and", call("==", a, b), call("<", b, c)), "a == b and b < c"),
    (call("==", call("==", a, b), c), "(a == b) == c"),
    (call("==", a, call("in", b, c)), "a == (b in (c))"),
    (call("-", call("-", a, b), c), "a - b - c"),
    (call("-", a, call("-", b, c)), "a - (b - c)"),
    (call("*", call("+", a, b), c), "(a + b) * c"),
    (call("+", call("*", a, b), c), "a * b + c"),
    (call("unary -", call("+", a, b)), "-(a + b)"),
    (call("unary -", call("unary -", a)), "-(-a)"),
    (call("[key]", call("[index]", a, b), text("k")), #"a[b]["k"]"#),
    (call("[key]", call("+", a, b), text("k")), #"(a + b)["k"]"#),
    (call("not", call("and", a, b)), "not(a and b)"),
    (call("tostring", call("+", a, b)), "tostring(a + b)"),
  ]

  @Test(arguments: texts.indices) func `operators stand between what they hold together`(_ index: Int) {
    let (expression, text) = ExpressionTextTests.texts[index]
    #expect(expression.explanation == text)
  }

  @Test func `a named value is told apart from what reads it`() {
    let column = PlanColumn(id: ColumnID(1), name: "x", type: .long)
    let body = ExpressionTextTests.call("+", .column(column), .column(column))
    func text(_ reading: Binding.Reading) -> String {
      let binding = Binding(column: column, value: ExpressionTextTests.a, body: body, reading: reading)
      return ExpressionTextTests.call("+", .binding(binding), ExpressionTextTests.b).explanation
    }
    #expect(text(.whole) == "(let x = a in (x + x)) + b")
    #expect(text(.each) == "(for each x = a in (x + x)) + b")
    #expect(text(.filter) == "(those of x = a in (x + x)) + b")
  }
}
