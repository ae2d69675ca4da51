import Diagnostics
import SPL
import Testing

/// Whole texts.
struct PipelineTests {
  @Test func `a detection from the field parses as it stands`() throws {
    let names = try tree(detectionText).stages.map(\.command.name)
    #expect(
      names == [
        "search", "eval", "eval", "eval", "eval", "bin", "stats", "eval", "where", "eval", "eval", "eval",
        "eval", "sort", "table",
      ])
  }

  @Test func `every command of the catalog has a name of its own`() {
    let names = CommandCatalog.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    #expect(Set(names).isDisjoint(with: RefusedCommandSyntax.names))
  }

  @Test func `a stage knows its place`() throws {
    let text = "a=1 | stats count by user"
    let stage = try #require(try tree(text).stages.last)
    #expect(stage.span == SourceSpan(6, 25))
    #expect(stage.nameSpan == SourceSpan(6, 11))
  }

  @Test(arguments: [
    ("a=1", ["search"]), ("search a=1 | head", ["search", "head"]), ("| makeresults", ["makeresults"]),
    ("search=1", ["search"]),
  ]) func `the first command is a search unless a pipe says otherwise`(text: String, names: [String]) throws {
    #expect(try tree(text).stages.map(\.command.name) == names)
  }

  @Test(arguments: [
    ("join user [search a=1]", "join user [| search a=1]"),
    ("append [inputlookup seen]", "append [| inputlookup seen]"),
    ("append [a=1 | head 2]", "append [search a=1 | head 2]"),
  ]) func `the pipe before a subsearch may be missing`(text: String, whole: String) throws {
    let short = SPL.dump(try tree("| " + text))
    #expect(short == SPL.dump(try tree("| " + whole)))
    #expect(short.contains("subsearch"))
  }

  @Test func `the tree prints with expressions in prefix form`() throws {
    let text = SPL.dump(try tree("a=1 b OR c | eval x=1+2*3 | join u [search z | fields u]"))
    #expect(
      text == """
        search
          expression: (and (= a 1) (or b c))
        eval
          assignments: x = (+ 1 (* 2 3))
        join
          fields: u
          subsearch:
            search
              expression: z
            fields
              removes: false
              fields: u

        """)
  }

  @Test func `tokens print as their place in the grammar reads them`() {
    let tokens = SPL.tokens(SourceText(name: "<test>", text: "a.b=c-d | where e.f>1.0"))
    #expect(tokens.map(\.text) == ["a.b", "=", "c-d", "|", "where", "e", ".", "f", ">", "1.0"])
    #expect(SPL.dump(tokens).hasPrefix("0..3 word a.b\n3..4 symbol =\n"))
  }
}
