/// Texts of known structure taken apart: `parse_path`, `parse_csv`, `parse_xml`, `parse_command_line`.
package enum StructureFunctions {
  package static let all: [ScalarFunction] = [path, csv, xml, commandLine]

  static let path = ScalarFunction(
    [.kql("parse_path")], Signature([.string("path")], returns: .fixed(.dynamic)),
    "Takes a file path apart into a bag of texts.",
    notes: [
      "Keys: Scheme, RootPath, DirectoryPath, DirectoryName, Filename, Extension, AlternateDataStreamName."
    ],
    kernel: .scalar { .dynamic(ParsedPath($0.text(0) ?? "").json) },
    examples: [
      .kql(#"tostring(parse_path(@"C:\temp\file.txt").Filename)"#, gives: #""file.txt""#),
      .kql(#"tostring(parse_path("/usr/lib/x.tar.gz").DirectoryPath)"#, gives: #""/usr/lib""#),
      .kql(#"tostring(parse_path(@"C:\a.txt:stream").AlternateDataStreamName)"#, gives: #""stream""#),
    ])

  static let csv = ScalarFunction(
    [.kql("parse_csv")], Signature([.string("record")], returns: .fixed(.dynamic)),
    "Gives the fields of the first record of comma-separated values as an array.",
    notes: [#"A field in quotes may hold commas and line ends; `""` in it is a quote."#],
    naming: .firstArgument,
    kernel: .scalar { values in .dynamic(.array(fields(values.text(0) ?? "").map { .string($0) })) },
    examples: [
      .kql(#"parse_csv("aa,b,cc")"#, gives: #"dynamic(["aa","b","cc"])"#),
      .kql(#"parse_csv('x,"a ""b"", c",')"#, gives: #"dynamic(["x","a \"b\", c",""])"#),
      .kql(#"parse_csv("a,b\nc,d")"#, gives: #"dynamic(["a","b"])"#),
    ])

  private static func fields(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
      case UInt8(ascii: ","):
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case 0x0A, 0x0D: index = bytes.count
      default: field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }

  static let xml = ScalarFunction(
    [.kql("parse_xml")], Signature([.string("document")], returns: .fixed(.dynamic)),
    "Reads XML into a bag: attributes as `@name`, text as `#text`, repeated children as an array.",
    notes: ["What is no XML, nests deeper than 256 levels, or is larger than 1 MiB, gives null."],
    naming: .firstArgument,
    kernel: .scalar { values in XMLTree.json(values.text(0) ?? "").map { .dynamic($0) } ?? .null },
    examples: [
      .kql(
        #"parse_xml('<a b="1">x<c/><d>2</d><d>3</d></a>')"#,
        gives: ##"dynamic({"a":{"@b":"1","c":null,"d":["2","3"],"#text":"x"}})"##),
      .kql(#"parse_xml("<a>")"#, gives: "dynamic(null)"),
    ])

  static let commandLine = ScalarFunction(
    [.kql("parse_command_line")],
    Signature([.text("line"), .string("parser")], returns: .fixed(.dynamic)),
    "Cuts a command line into an array of arguments, by the rules of Windows.",
    notes: ["The only parser is `windows`."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      if let name = arguments.text(1), name.lowercased() != "windows" {
        throw FunctionFailure(
          "unknown-parser", "there is no command line parser `\(name)`", argument: 1, suggestion: "windows")
      }
      return { values in
        let arguments = CommandLine.arguments(values.text(0) ?? "")
        return arguments.isEmpty ? .null : .dynamic(.array(arguments.map { .string($0) }))
      }
    },
    examples: [
      .kql(
        #"parse_command_line(@'echo "hello world!" x', "windows")"#,
        gives: #"dynamic(["echo","hello world!","x"])"#),
      .kql(#"parse_command_line("", "windows")"#, gives: "dynamic(null)"),
    ])
}
