import Diagnostics
import Engine
import SPL
import Testing

@Suite struct LookupTests {
  private static func texts(_ names: [String], _ rows: [[String]]) -> Table {
    Table(
      fields: names.map { Field($0, .string) },
      rows: rows.map { $0.map { .string($0) } })
  }

  private let table = texts(
    ["host", "net", "verdict"],
    [
      ["*.Example.com", "10.0.0.0/8", "ours"], ["db*.example.com", "10.1.0.0/16", "data"],
      ["plain", "fd00::/8", "six"], ["plain", "192.0.2.7", "one"],
    ])

  private func run(_ conf: String, _ text: String, _ events: [[String: Value]]) throws -> [String] {
    let (definitions, diagnostics) = LookupDefinition.readConfiguration(
      SourceText(name: "transforms.conf", text: conf))
    #expect(diagnostics.isEmpty)
    return try SPLTests.run(text, events: events, lookups: ["hosts": table]) { environment in
      for definition in definitions { environment.lookupDefinitions[definition.name] = definition }
    }.rows
  }

  private let seen = [
    event(0, ["h": "db1.example.com", "ip": "10.1.2.3"]), event(1, ["h": "PLAIN", "ip": "192.0.2.7"]),
    event(2, ["h": "www.EXAMPLE.com", "ip": "fd00::1"]), event(3, ["ip": "none"]),
  ]

  @Test(arguments: [
    // Newest first: no host, www, PLAIN, db1.
    ("match_type = WILDCARD(host)", "host as h", ["-", "-", "-", "data"]),
    (
      "match_type = WILDCARD(host)\ncase_sensitive_match = false", "host as h",
      ["-", "ours", "six;one", "ours;data"]
    ),
    ("case_sensitive_match = false\nmax_matches = 1", "host as h", ["-", "-", "six", "-"]),
    (
      "case_sensitive_match = f\nmin_matches = 1\ndefault_match = ?", "host as h", ["-", "?", "six;one", "?"]
    ),
    ("min_matches = 1", "host as h", ["-", "", "", ""]),
    ("match_type = CIDR(net)", "net as ip", ["-", "six", "one", "ours;data"]),
    ("match_type = cidr(net) max_matches = 1", "net as ip", []),
    ("match_type = CIDR(net), WILDCARD(host)", "net as ip host as h", ["-", "-", "-", "data"]),
    ("max_matches = 1", "net as ip", ["-", "-", "one", "-"]),
  ]) func `keys are compared as the definition says`(settings: String, keys: String, expected: [String])
    throws
  {
    let conf = "[h]\nfilename = hosts.csv\n" + settings
    if expected.isEmpty {
      let (_, diagnostics) = LookupDefinition.readConfiguration(SourceText(name: "c", text: conf))
      #expect(diagnostics.map(\.id) == ["invalid-lookup-definition"])
      return
    }
    #expect(try run(conf, "* | lookup h \(keys) OUTPUT verdict | table verdict", seen) == expected)
  }

  @Test func `OUTPUTNEW fills only what is missing, AS renames`() throws {
    let conf = "[h]\nfilename = hosts.csv\nmatch_type = CIDR(net)\nmin_matches = 1\ndefault_match = other\n"
    let text =
      "* | eval v=if(h=\"PLAIN\", \"own\", null()) | lookup h net as ip OUTPUTNEW verdict AS v | table v"
    #expect(try run(conf, text, seen) == ["other", "six", "own", "ours;data"])
    #expect(
      try run(conf, "* | lookup h net as ip | table host", seen) == [
        "other", "plain", "plain", "*.Example.com;db*.example.com",
      ])
  }

  @Test func `several values of a field find the rows of each`() throws {
    let rows = try SPLTests.run(
      "* | eval h=split(\"a,b\", \",\") | lookup t h OUTPUT n | table n", events: [event(0, ["x": "1"])],
      lookups: ["t": LookupTests.texts(["h", "n"], [["b", "2"], ["a", "1"], ["c", "3"]])]
    ).rows
    #expect(rows == ["2;1"])
  }

  @Test(arguments: [
    ("[x]\nexternal_cmd = who.py", "refused-lookup"),
    ("[x]\nexternal_type = geo\nfilename = a.kmz", "refused-lookup"),
    ("[x]\nfilename = hosts.csv\ntime_field = t", "refused-lookup"), ("[x]\nREGEX = a", "unknown-lookup"),
    ("[x]\nfilename = gone.csv", "unknown-lookup"),
    ("[x]\ncollection = kept\nfields_list = _key, user", "empty-lookup"),
  ]) func `what cannot be looked up is said`(conf: String, id: String) throws {
    let (definitions, diagnostics) = LookupDefinition.readConfiguration(SourceText(name: "c", text: conf))
    #expect(diagnostics.isEmpty)
    var environment = environment([], lookups: ["hosts": table])
    for definition in definitions { environment.lookupDefinitions[definition.name] = definition }
    let source = SourceText(name: "<test>", text: "| inputlookup x")
    do {
      #expect(try SPL.compile(source, environment: environment).warnings.map(\.id) == [id])
    } catch {
      #expect(error.diagnostics.map(\.id) == [id])
    }
  }

  @Test(arguments: [
    "match_type = REGEX(a)", "match_type = WILDCARD", "case_sensitive_match = maybe", "min_matches = many",
    "max_matches = 0", "max_matches = 1001",
  ]) func `wrong settings are refused with the name of the lookup`(setting: String) {
    let (definitions, diagnostics) = LookupDefinition.readConfiguration(
      SourceText(name: "transforms.conf", text: "[t]\nfilename = t.csv\n\(setting)\n"))
    #expect(definitions.isEmpty)
    #expect(diagnostics.map(\.id) == ["invalid-lookup-definition"])
    #expect(diagnostics.first?.message.contains("`t`") == true)
  }

  @Test func `a search that writes a table may read it before it is there`() throws {
    let result = try SPLTests.run(
      "* | stats count by user | inputlookup append=t seen | stats sum(count) as n by user | outputlookup seen",
      events: [event(0, ["user": "ada"])]
    ) { $0.writesLookups = true }
    #expect(result.warnings == ["new-lookup"])
    #expect(result.rows == ["ada|1"])
    #expect(complaints("* | inputlookup append=t seen | stats count by user").contains("unknown-lookup"))
  }

  @Test func `inputlookup takes rows by their place and by a search`() throws {
    func rows(_ text: String) throws -> [String] {
      try SPLTests.run(text, events: [], lookups: ["hosts": table]).rows
    }
    #expect(try rows("| inputlookup hosts start=1 max=2 | table verdict") == ["data", "six"])
    #expect(try rows("| inputlookup hosts.csv where verdict=O* net=10.* | table verdict") == ["ours"])
    #expect(
      try rows("| makeresults | eval verdict=\"new\" | inputlookup append=t max=1 hosts | table verdict") == [
        "new", "ours",
      ])
  }
}
