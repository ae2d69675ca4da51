package import Engine

/// What the reference says of the eval functions that the lowering knows by itself.
package enum SPLSpecialFunctions {
  package static let all: [SpecialFunction] = [
    SpecialFunction(
      [.spl("if")], "(condition, then, else) -> their common type",
      "Gives one value where a condition is true, else another.",
      notes: ["Nulls: a null condition gives the other value."],
      examples: [
        .spl(#"if(2 > 1, "yes", "no")"#, gives: #""yes""#),
        .spl(#"if(null() > 1, "yes", "no")"#, gives: #""no""#),
      ]),
    SpecialFunction(
      [.spl("case")], "(condition, value, [condition, value, …]) -> their common type",
      "Gives the value behind the first condition that is true; null if none is.",
      examples: [
        .spl(#"case(1 > 2, "a", 2 > 1, "b")"#, gives: #""b""#),
        .spl(#"case(1 > 2, "a")"#, gives: "null()"),
      ]),
    SpecialFunction(
      [.spl("validate")], "(condition, value, [condition, value, …]) -> their common type",
      "Gives the value behind the first condition that is not true; null if all are.",
      examples: [
        .spl(#"validate(2 > 1, "a", 1 > 2, "b")"#, gives: #""b""#),
        .spl(#"validate(2 > 1, "a")"#, gives: "null()"),
      ]),
    SpecialFunction(
      [.spl("coalesce")], "(value, [value, …]) -> their common type", "Gives the first value that is there.",
      examples: [
        .spl(#"coalesce(null(), "a", "b")"#, gives: #""a""#), .spl(#"coalesce("", "b")"#, gives: #""""#),
      ]),
    SpecialFunction(
      [.spl("nullif")], "(value, unwanted) -> type of value", "Gives a value, or null if it equals another.",
      examples: [
        .spl(#"nullif("a", "b")"#, gives: #""a""#), .spl(#"isnull(nullif("a", "a"))"#, gives: "true()"),
      ]),
    SpecialFunction(
      [.spl("isnull")], "(value) -> boolean", "Is true for a missing value.",
      examples: [.spl("if(isnull(null()), 1, 0)", gives: "1"), .spl(#"if(isnull(""), 1, 0)"#, gives: "0")]),
    SpecialFunction(
      [.spl("isnotnull")], "(value) -> boolean", "Is true for a value that is there.",
      examples: [
        .spl(#"if(isnotnull(""), 1, 0)"#, gives: "1"), .spl("if(isnotnull(null()), 1, 0)", gives: "0"),
      ]),
    SpecialFunction(
      [.spl("null")], "() -> nothing", "Gives no value.",
      examples: [.spl("isnull(null())", gives: "true()"), .spl("mvcount(mvappend(null(), 1))", gives: "1")]),
    SpecialFunction(
      [.spl("true")], "() -> boolean", "Gives true.",
      examples: [.spl("if(true(), 1, 0)", gives: "1"), .spl("isbool(true())", gives: "true()")]),
    SpecialFunction(
      [.spl("false")], "() -> boolean", "Gives false.",
      examples: [.spl("if(false(), 1, 0)", gives: "0"), .spl("isbool(false())", gives: "true()")]),
    SpecialFunction(
      [.spl("searchmatch")], "(search: text in quotes) -> boolean",
      "Whether the event fits a search, as `search` would read it.",
      examples: [
        .splQuery(#"| makeresults | eval a="x" | eval r=if(searchmatch("a=x"), 1, 0) | fields r"#, gives: "1")
      ]),
    SpecialFunction(
      [.spl("lookup")], "(file: text in quotes, json_object(key, value, …), json_array(field, …)) -> text",
      "Gives fields of the rows of a lookup table that have keys, as a JSON object; null if there is none.",
      notes: ["Of several rows each field is a JSON array."],
      examples: [
        .splQuery(
          #"| makeresults | eval r=lookup("assets.csv", json_object("ip", "10.0.0.1"), json_array("owner")) | fields r"#,
          gives: #""{\"owner\":\"ann\"}""#)
      ]),
    SpecialFunction(
      [.spl("mvfilter")], "(condition) -> a multivalue",
      "Keeps the values of a field for which a condition is true; the condition names one field.",
      examples: [
        .splQuery(
          #"| makeresults | eval a=split("x,y,x", ",") | eval r=mvfilter(a="x") | fields r"#,
          gives: #"mvappend("x","x")"#)
      ]),
    SpecialFunction(
      [.spl("mvmap")], "(field, expression) -> a multivalue",
      "Gives what an expression makes of each value of a field.",
      examples: [
        .splQuery(
          #"| makeresults | eval a=split("1,2", ",") | eval r=mvmap(a, a*10) | fields r"#,
          gives: "mvappend(10,20)")
      ]),
    SpecialFunction(
      [.spl("sigfig")], "(arithmetic on numbers as they are written) -> number",
      "Gives a result in as many digits as its least precise number has.",
      notes: [
        "A product has the significant digits of the number that has fewest, a sum its digits behind the point."
      ],
      differs: ["Not of fields: how their numbers were written is not known; `round` rounds those."],
      examples: [
        .spl("sigfig(1.00*1111)", gives: "1110"), .spl("sigfig(123.0+4.567)", gives: "127.6"),
      ]),
  ]
}
