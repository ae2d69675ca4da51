import FoundationEssentials
import Testing

@testable import Engine

@Suite struct StructureFunctionsTests {
  @Test(
    arguments: [
      ("<a/>", #"{"a":null}"#), ("<a></a>", #"{"a":null}"#), ("<a>x &lt;&#65;&#x42;</a>", #"{"a":"x <AB"}"#),
      ("<?xml version='1.0'?><!-- c --><a b='1' c=\"2\"/>", #"{"a":{"@b":"1","@c":"2"}}"#),
      ("<a><b>1</b><b>2</b>t<c/></a>", ##"{"a":{"b":["1","2"],"c":null,"#text":"t"}}"##),
      ("<a><![CDATA[<x>]]></a>", #"{"a":"<x>"}"#), ("<a>\n <b>1</b>\n</a>", #"{"a":{"b":"1"}}"#),
      ("<a>", nil), ("<a></b>", nil), ("x", nil), ("", nil), ("<a/><b/>", nil), ("<a b=1/>", nil),
      ("<a>&x;</a>", nil),
      ("<1/>", nil), ("<a", nil), ("<a><!--", nil),
    ] as [(String, String?)])
  func `XML becomes a tree`(text: String, json: String?) {
    #expect(XMLTree.json(text)?.text == json)
  }

  @Test func `deep XML is refused`() {
    #expect(XMLTree.json(String(repeating: "<a>", count: 100_000)) == nil)
  }

  @Test(arguments: [
    (#"a.exe b"#, ["a.exe", "b"]), (#""C:\x y\a.exe" "b c""#, [#"C:\x y\a.exe"#, "b c"]),
    (#"a \"b\" c\\d "e\\" f"#, ["a", "\"b\"", #"c\\d"#, #"e\"#, "f"]), (#"a "b""c""#, ["a", "b\"c"]),
    ("", []),
    ("a \"\"", ["a", ""]), ("a   b\t", ["a", "b"]),
  ])
  func `command lines are cut as Windows does`(line: String, arguments: [String]) {
    #expect(CommandLine.arguments(line) == arguments)
  }

  @Test func `paths are taken apart`() {
    let windows = ParsedPath(#"C:\temp\dir\file.tar.gz:stream"#)
    #expect(windows.root == "C:")
    #expect(windows.directory == #"C:\temp\dir"#)
    #expect(windows.directoryName == "dir")
    #expect(windows.fileName == "file.tar.gz")
    #expect(windows.fileExtension == "gz")
    #expect(windows.alternateStream == "stream")
    let unix = ParsedPath("file:///usr/lib/x")
    #expect(unix.scheme == "file")
    #expect(unix.directory == "/usr/lib")
    #expect(unix.fileName == "x")
    #expect(ParsedPath("").fileName == "")
    #expect(ParsedPath("x.txt").directory == "")
  }

  @Test func `only the first record is read`() throws {
    #expect(
      try FunctionCheck.call("parse_csv", [.string("\"a\nb\",c\r\nd")])
        == .dynamic(.array([.string("a\nb"), .string("c")])))
    #expect(try FunctionCheck.call("parse_csv", [.string("")]) == .dynamic(.array([.string("")])))
  }

  @Test(arguments: [
    ("bücher", "bcher-kva"), ("académie-française", "acadmie-franaise-npb1a"),
    ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
    ("abc", "abc-"), ("", ""),
  ])
  func `Punycode there and back`(text: String, encoded: String) {
    #expect(Punycode.encode(text) == encoded)
    #expect(Punycode.decode(encoded) == text)
  }

  @Test func `what is no Punycode is refused`() {
    for bad in ["é", "*", "99999999", "a-zzzzzzzzzzzz"] { #expect(Punycode.decode(bad) == nil, "\(bad)") }
  }

  @Test func `numbers are formatted`() throws {
    #expect(try FunctionCheck.call("tohex", [.long(.min)]) == .string("8000000000000000"))
    #expect(try FunctionCheck.call("tohex", [.long(255), .long(99)]) == .string("00000000000000ff"))
    #expect(try FunctionCheck.call("tohex", [.long(-1)], types: [.int]) == .string("ffffffff"))
    #expect(try FunctionCheck.call("format_bytes", [.real(1536), .long(2)]) == .string("1.5 KB"))
    #expect(try FunctionCheck.call("format_bytes", [.long(.max)]) == .string("8 EB"))
    #expect(try FunctionCheck.call("format_bytes", [.long(5), .long(0), .string("x")]) == .string(""))
    let version = try #require(Decimal(string: "1000000020000000000000000"))
    #expect(try FunctionCheck.call("parse_version", [.string("1.2")]) == .decimal(version))
  }

  @Test func `texts and code points`() throws {
    #expect(
      try FunctionCheck.call("unicode_codepoints_from_string", [.string("😀a")])
        == .dynamic(.array([.long(0x1F600), .long(97)])))
    #expect(try FunctionCheck.call("unicode_codepoints_to_string", [.long(-1)]) == .string(""))
  }
}
