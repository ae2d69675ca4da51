import Diagnostics
import Engine
import Formats
import Rules
import Testing

@Suite struct YAMLReaderTests {
  static let values: [(String, String)] = [
    ("a: 1\nb: two # not this\nc: \"#this\"\n", ##"{"a":1,"b":"two","c":"#this"}"##),
    ("- a\n- b: 1\n  c: 2\n-\n  - d\n", #"["a",{"b":1,"c":2},["d"]]"#),
    ("a:\n- x\n- y\nb:\n  - z\n", #"{"a":["x","y"],"b":["z"]}"#),
    ("a: [1, 'it''s', \"q\\n\", {k: v}]\n", #"{"a":[1,"it's","q\n",{"k":"v"}]}"#),
    ("a: [1,\n  2, # two\n  3]\nb: ~\n", #"{"a":[1,2,3],"b":null}"#),
    ("a: |\n  x\n    y\n\n  z\nb: end\n", #"{"a":"x\n  y\n\nz\n","b":"end"}"#),
    ("a: |-\n  x\n\nb: |+\n  y\n\n", #"{"a":"x","b":"y\n\n"}"#),
    ("a: >\n  one\n  two\n\n  three\n", #"{"a":"one two\nthree\n"}"#),
    ("a: one\n  two\n\n  three\nb: x\n", #"{"a":"one two\nthree","b":"x"}"#),
    ("a: 'one\n  two'\n", #"{"a":"one two"}"#),
    ("---\n# head\n'a b': true\n\"c\": 1.5\n", #"{"a b":true,"c":1.5}"#),
    ("url: https://x.example/a#b\ntime: 10:30\n", #"{"url":"https://x.example/a#b","time":"10:30"}"#),
    ("a:\n  b:\n    c: {}\n  d: []\n", #"{"a":{"b":{"c":{}},"d":[]}}"#),
    ("", "null"),
    ("a: 1\n\t \nb: 2\n", #"{"a":1,"b":2}"#),
    ("a: |2\n    x\n", #"{"a":"  x\n"}"#),
  ]

  @Test(arguments: values) func `a text gives this value`(_ text: String, _ json: String) throws {
    #expect(try YAMLReader.read(text).json.text == json)
  }

  static let refused: [(String, String, Int, Int)] = [
    ("a: &x 1\n", "yaml-anchor", 1, 4),
    ("a: *x\n", "yaml-alias", 1, 4),
    ("a: !!str 1\n", "yaml-tag", 1, 4),
    ("a: [&x 1]\n", "yaml-anchor", 1, 5),
    ("a: 1\n---\nb: 2\n", "yaml-several-documents", 2, 1),
    ("%YAML 1.2\n", "yaml-directive", 1, 1),
    ("? a\n: b\n", "yaml-complex-key", 1, 1),
    ("a: 1\na: 2\n", "yaml-repeated-key", 2, 1),
    ("a: 1\n\tb: 2\n", "yaml-tab", 2, 1),
    ("a: |\n\tb\n", "yaml-tab", 2, 1),
    ("a: 1\n   b: 2\nc: 3\n", "yaml-colon", 2, 5),
    ("a: \"x\n", "yaml-unclosed", 2, 1),
    ("a: [1, 2\n", "yaml-unclosed", 2, 1),
    ("a: \"\\q\"\n", "yaml-escape", 1, 7),
    ("a: 'x' y\n", "yaml-trailing-text", 1, 8),
    ("\ta: 1\n", "yaml-tab", 1, 1),
    ("a: |x\n  y\n", "yaml-block-header", 1, 5),
    ("a:\n  - x\n    y: 1\n", "yaml-colon", 3, 6),
    ("a: {}\n  b: 1\n", "yaml-bad-indentation", 2, 3),
  ]

  @Test(arguments: refused)
  func `what is not read is refused by name, with its place`(
    _ text: String, _ id: String, _ line: Int, _ column: Int
  )
    throws
  {
    let failure = try #require(throws: YAMLFailure.self) { try YAMLReader.read(text) }
    #expect(failure.id == id, "\(failure)")
    if id != "yaml-unclosed" { #expect((failure.line, failure.column) == (line, column), "\(failure)") }
  }

  @Test func `a query in a block has the lines and columns of its file`() throws {
    let file = SourceText(name: "rule.yml", text: "name: x\nquery: |\n  T\n  | where a\n")
    let node = try YAMLReader.read(file.text)
    let source = try #require(node["query"]?.source(in: file))
    #expect(source.position(of: 2) == (4, 3))
    #expect(source.position(of: 4) == (4, 5))
  }

  @Test func `no text makes the reader stop`() {
    let pieces = [
      "a", ":", " ", "\n", "- ", "[", "]", "{", "}", "'", "\"", "|", ">", "#", "&", "\\", ",", "\t", "? ",
    ]
    var state: UInt64 = 7
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      _ = try? YAMLReader.read(text)
    }
    _ = try? YAMLReader.read(String(repeating: "[", count: 5000))
    _ = try? YAMLReader.read(String(repeating: "- ", count: 5000))
  }
}
