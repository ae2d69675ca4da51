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
      [.spl("searchmatch")], "(search: text in quotes) -> boolean",
      "Whether the event fits a search, as `search` would read it.",
      examples: [
        .splQuery(#"| makeresults | eval a="x" | eval r=if(searchmatch("a=x"), 1, 0) | fields r"#, gives: "1")
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
  ]
}
