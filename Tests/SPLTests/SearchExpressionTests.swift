import SPL
import Testing

/// Expressions of `search`.
struct SearchExpressionTests {
  @Test(arguments: [
    ("a b OR c d", "(and a (or b c) d)"),
    ("a AND b OR c AND d", "(and a (or b c) d)"),
    ("NOT a OR b", "(or (not a) b)"),
    ("NOT a b", "(and (not a) b)"),
    ("NOT (a OR b)", "(not (or a b))"),
    ("NOT NOT a", "(not (not a))"),
    ("(a b) OR c", "(or (and a b) c)"),
    ("x=1 OR x=2 OR x=3", "(or (= x 1) (= x 2) (= x 3))"),
    ("*", "*"),
  ]) func `NOT binds before OR and OR before AND`(text: String, outline: String) throws {
    #expect(try searchOutline(text) == outline)
  }

  @Test(arguments: [
    ("sourcetype=aws:cloudtrail", "(= sourcetype aws:cloudtrail)"),
    ("userAgent !=x", "(!= userAgent x)"),
    ("eventName= x", "(= eventName x)"),
    ("a{}.b-c:d = *x*", "(= a{}.b-c:d *x*)"),
    (#""a b"=*"#, "(= 'a b' *)"),
    (#"userAgent="[aws-cli*""#, #"(= userAgent "[aws-cli*")"#),
    (#"x="a\"b\\c\d""#, #"(= x "a"b\c\d")"#),
    (#"x="""#, #"(= x "")"#),
    ("src=10.0.0.0/8", "(= src 10.0.0.0/8)"),
    ("n>=5 n<10", "(and (>= n 5) (< n 10))"),
    ("x=-5", "(= x -5)"),
    (#"x IN (a, "b*",c)"#, #"(in x a "b*" c)"#),
    (#""x.y" IN (a)"#, "(in 'x.y' a)"),
    ("x IN(4*, 5*)", "(in x 4* 5*)"),
    ("x in (a b)", "(in x a b)"),
    ("x=NULL", "(= x NULL)"),
    ("(x=*GetCurrent()* OR x=b)", "(or (= x *GetCurrent()*) (= x b))"),
    ("don't", "don't"),
    (#""a phrase" word"#, #"(and "a phrase" word)"#),
    ("TERM(a.b)", "(TERM a.b)"),
    (#"CASE("Ab")"#, "(CASE Ab)"),
    ("earliest=-24h@h latest=now x", "(and (earliest -24h@h) (latest now) x)"),
    ("a [search b | table c] d", "(and a [search | table] d)"),
    ("NOT [| inputlookup t]", "(not [inputlookup])"),
  ]) func `a term or comparison reads as one`(text: String, outline: String) throws {
    #expect(try searchOutline(text) == outline)
  }
}
