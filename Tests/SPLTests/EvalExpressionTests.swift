import Diagnostics
import SPL
import Testing

/// Expressions of `where` and `eval`.
struct EvalExpressionTests {
  @Test(arguments: [
    ("a OR b AND c", "(or a (and b c))"),
    ("a XOR b or c", "(xor a (or b c))"),
    ("not a and b", "(and (not a) b)"),
    ("NOT a=1", "(not (= a 1))"),
    ("1+2*3-4", "(- (+ 1 (* 2 3)) 4)"),
    ("-a*b", "(* (- a) b)"),
    (#"a . ":" . b + 1"#, #"(. (. a ":") (+ b 1))"#),
    (#"a."x"="y""#, #"(= (. a "x") "y")"#),
    ("a==b", "(= a b)"),
    ("a%2!=0", "(!= (% a 2) 0)"),
    ("(a+b)*c", "(* (+ a b) c)"),
    ("x > y * 10 AND z", "(and (> x (* y 10)) z)"),
  ]) func `operators bind in the order of the language`(text: String, outline: String) throws {
    #expect(try evalOutline(text) == outline)
  }

  @Test(arguments: [
    ("'user identity.arn'=\"x\"", "(= 'user identity.arn' \"x\")"),
    (#"x="a\tb\"c\\d\.e""#, "(= x \"a\tb\"c\\d\\.e\")"),
    ("1.50 < 1e3", "(< 1.50 1e3)"),
    (".5=x", "(= .5 x)"),
    ("isnull(a)", "isnull(a)"),
    ("true()", "true()"),
    ("x=true AND y=null", "(and (= x true) (= y null))"),
    (#"x IN ("a", 2)"#, #"(in x "a" 2)"#),
    (#"x NOT IN ("a")"#, #"(not (in x "a"))"#),
    (#"in(x, "a")"#, #"in(x, "a")"#),
    (#"x LIKE "a%""#, #"(like x "a%")"#),
    (#"x not like "a%" and y"#, #"(and (not (like x "a%")) y)"#),
    (#"like(x, "a%")"#, #"like(x, "a%")"#),
    (#"if(match(a, "x|y"), 1, 0)=1"#, #"(= if(match(a, "x|y"), 1, 0) 1)"#),
    ("x=[search a | return $b]", "(= x [search | return])"),
    ("'<<FIELD>>'><<FIELD>>", "(> '<<FIELD>>' <<FIELD>>)"),
  ]) func `a primary reads as one`(text: String, outline: String) throws {
    #expect(try evalOutline(text) == outline)
  }

  @Test func `assignments keep their order and their targets`() throws {
    guard case .eval(let eval) = try command(#"eval a=1, 'b c'=a+1, "d e"=2, {f}_x="y", g.h=3"#) else {
      Issue.record("no eval")
      return
    }
    #expect(eval.assignments.map(\.target.field.name) == ["a", "b c", "d e", "{f}_x", "g.h"])
    #expect(eval.assignments[3].target.parts == [.valueOf(field: "f"), .text("_x")])
    #expect(eval.assignments[3].target.isComposed)
    #expect(!eval.assignments[1].target.isComposed)
  }

  @Test func `a place in a text maps back over its escapes`() throws {
    let source = #"| where match(x, "a\"b\\d")"#
    guard case .where(let filter) = try tree(source).stages.first?.command,
      case .call(let call) = filter.condition, case .string(let literal) = call.arguments.last
    else {
      Issue.record("no call")
      return
    }
    #expect(literal.value == #"a"b\d"#)
    let utf8 = Array(source.utf8)
    func text(_ range: Range<Int>) -> String {
      let span = literal.sourceSpan(forValueRange: range)
      return String(decoding: utf8[span.lowerBound..<span.upperBound], as: UTF8.self)
    }
    #expect(text(0..<1) == "a")
    #expect(text(1..<2) == #"\""#)
    #expect(text(2..<3) == "b")
    #expect(text(3..<4) == #"\\"#)
    #expect(text(4..<5) == "d")
    #expect(text(0..<5) == #"a\"b\\d"#)
  }
}
