import Diagnostics
import SPL
import Testing

/// Macros, comments and their files.
struct MacroTests {
  private let macros: MacroSet = {
    var macros = MacroSet.builtIn
    macros.define("window", text: #""-70m@m""#)
    macros.define("users", text: "user IN (a, b)")
    macros.define("both", text: "`users` `cloudtrail`")
    macros.define("field_is", parameters: ["field", "value"], text: #"$field$="$value$""#)
    macros.define("field_is", parameters: ["field"], text: "$field$=*")
    macros.define("more_than", parameters: ["n"], text: "count > $n$")
    macros.define("loop", text: "a `back`")
    macros.define("back", text: "`loop`")
    return macros
  }()

  private func search(_ text: String) throws -> String {
    guard case .search(let search) = try tree(text, macros: macros).stages.first?.command else { return "?" }
    return search.expression?.outline ?? "nothing"
  }

  @Test(arguments: [
    ("`cloudtrail` x=1", "(and (= sourcetype aws:cloudtrail) (= x 1))"),
    ("`users` OR c", "(or (in user a b) c)"),
    ("x `both`", "(and x (in user a b) (= sourcetype aws:cloudtrail))"),
    ("`field_is(a.b, \"x, y\")`", #"(= a.b "x, y")"#),
    ("`field_is(a)`", "(= a *)"),
    ("x=`window`", #"(= x "-70m@m")"#),
    ("a ```not ` this``` b", "(and a b)"),
    (#"x="`cloudtrail`""#, #"(= x "`cloudtrail`")"#),
    ("`more_than(3)`", "(> count 3)"),
  ]) func `a call becomes its definition`(text: String, outline: String) throws {
    #expect(try search(text) == outline)
  }

  @Test func `the usual macros of detections work`() throws {
    let text = """
      | tstats `security_content_summariesonly` count from datamodel=Change by All_Changes.user
      | `drop_dm_object_name("All_Changes")` | `drop_dm_object_name(x)`
      | `security_content_ctime(firstTime)` | where `more_than(5)` | `my_rule_filter`
      """
    let stages = try tree(text, macros: macros).stages
    #expect(stages.map(\.command.name) == ["tstats", "rename", "rename", "convert", "where", "search"])
    guard case .rename(let rename) = stages[1].command, case .convert(let convert) = stages[3].command else {
      Issue.record("no rename")
      return
    }
    #expect(rename.renamings.map(\.field.name) == ["All_Changes.*"])
    #expect(convert.timeFormat == "%Y-%m-%dT%H:%M:%S")
    #expect(convert.conversions.map(\.field.name) == ["firstTime"])
  }

  @Test func `what comes out of a macro has the place of its call`() throws {
    let text = "x=1 `users` y=2"
    guard case .search(let search) = try tree(text, macros: macros).stages.first?.command,
      case .and(let parts, _) = search.expression
    else {
      Issue.record("no search")
      return
    }
    #expect(parts.map(\.span) == [SourceSpan(0, 3), SourceSpan(4, 11), SourceSpan(12, 15)])
  }

  @Test(arguments: [
    ("a `loop` b", ["macro-loop@`loop`"]),
    ("a `nosuch` b", ["unknown-macro@`nosuch`"]),
    ("| `nosuch(1)` | table", ["unknown-macro@`nosuch(1)`", "missing-argument@table"]),
    ("x `field_is(1,2,3)`", ["macro-argument-count@`field_is(1,2,3)`"]),
    ("x `users | head", ["unclosed-backtick@`"]),
    ("x ```never ends", ["unclosed-comment@```"]),
    ("x `a b c`", ["invalid-macro-call@`a b c`"]),
    ("x | where `users` AND", ["missing-expression@"]),
  ]) func `a call that cannot be replaced is an error at its place`(text: String, expected: [String]) {
    #expect(findings(text, macros: macros) == expected)
  }

  @Test func `an unknown macro names the nearest ones and where to define it`() throws {
    let diagnostic = try #require(parse("`cloudtrial`").diagnostics.first)
    #expect(diagnostic.message == "the macro `cloudtrial` is not defined")
    #expect(diagnostic.suggestions.map(\.message) == ["`cloudtrail` is defined"])
    #expect(diagnostic.notes.contains { $0.remedies == [.macroDefinitions] })
  }

  @Test func `a mistake inside a macro shows the text of the macro`() throws {
    var macros = MacroSet()
    macros.define("bad", text: "x ==")
    let diagnostic = try #require(parse("a `bad`", macros: macros).diagnostics.first)
    #expect(diagnostic.primary?.span == SourceSpan(2, 7))
    #expect(diagnostic.notes.contains("the macro `bad` stands for: x =="))
  }

  @Test func `a macro that doubles itself is stopped`() {
    var macros = MacroSet()
    macros.define("m0", text: String(repeating: "x", count: 64))
    for level in 1...20 { macros.define("m\(level)", text: "`m\(level - 1)` `m\(level - 1)`") }
    #expect(findings("`m20`", macros: macros).first == "macro-too-large@`m20`")
  }

  @Test func `calls that double without growing are stopped`() {
    var macros = MacroSet()
    macros.define("m0", text: "")
    for level in 1...30 { macros.define("m\(level)", text: "`m\(level - 1)``m\(level - 1)`") }
    #expect(findings("`m30`", macros: macros).first == "macro-too-large@`m30`")
  }

  @Test func `many backticks are read in time`() {
    #expect(findings(String(repeating: "`\"| ", count: 50_000)).isEmpty == false)
    #expect(findings(String(repeating: "` | ", count: 50_000)).isEmpty == false)
  }

  @Test func `macros are read from text like macros.conf`() {
    let text = """
      # comment
      [failed(2)]
      args = who, what
      definition = user=$who$ \\
        action=$what$
      iseval = 0

      [plain]
      definition = a=1
      """
    let (macros, diagnostics) = MacroSet.read(SourceText(name: "macros.conf", text: text))
    #expect(diagnostics.isEmpty)
    #expect(macros.names == ["failed", "plain"])
    #expect(macros["failed", 2]?.parameters == ["who", "what"])
    #expect(macros["plain", 0]?.text == "a=1")
    #expect(macros["plain", 1] == nil)
  }

  @Test func `a macro that an expression makes is refused where it is called, not where it is read`() {
    let text = "[a]\ndefinition = b\niseval = 1\n[c]\ndefinition = d=1"
    let (macros, diagnostics) = MacroSet.read(SourceText(name: "macros.conf", text: text))
    #expect(diagnostics.isEmpty)
    #expect(findings("`c`", macros: macros).isEmpty)
    #expect(findings("`c` `a`", macros: macros) == ["unsupported-macro@`a`"])
  }

  @Test func `macros are read from JSON`() {
    let text = #"{"plain": "a=1", "one(1)": {"definition": "$x$=2", "args": ["x"]}, "bad(2)": "c"}"#
    let (macros, diagnostics) = MacroSet.read(SourceText(name: "macros.json", text: text))
    #expect(diagnostics.map(\.id) == ["invalid-macro-name"])
    #expect(macros.names == ["one", "plain"])
    #expect(macros["one", 1]?.text == "$x$=2")
  }

  @Test(arguments: [
    ("{", "invalid-macro-file"), ("[a(x)]\ndefinition = b", "invalid-macro-name"),
    ("[a(1)]\ndefinition = b", "invalid-macro-file"), ("[a]\nnonsense", "invalid-configuration"),
  ]) func `a broken macro file is refused by name`(text: String, id: String) {
    #expect(MacroSet.read(SourceText(name: "macros", text: text)).1.first?.id == id)
  }
}
