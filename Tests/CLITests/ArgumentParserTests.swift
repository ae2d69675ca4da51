import Testing

@testable import Engine
@testable import TrawlCLI

@Suite struct ArgumentParserTests {
  private static func parse(_ words: String...) throws -> ParsedArguments {
    guard case .run(let arguments) = try ArgumentParser.parse(words) else {
      throw UsageError("unexpected-help", "help was asked for")
    }
    return arguments
  }

  private static func errorID(_ words: [String]) -> String? {
    do throws(UsageError) { _ = try ArgumentParser.parse(words) } catch { return error.id }
    return nil
  }

  @Test func `options and operands may stand in any order`() throws {
    let arguments = try Self.parse("query", "-l", "spl", "search x", "a.json", "--limit=5", "b.json")
    #expect(arguments.verb == .query)
    #expect(arguments.operands == ["search x", "a.json", "b.json"])
    #expect(arguments.value(.language) == "spl")
    #expect(arguments.value(.limit) == "5")
  }

  @Test(arguments: [["-l", "spl"], ["-lspl"], ["-l=spl"], ["--language", "spl"], ["--language=spl"]])
  func `an option has several spellings`(_ spelling: [String]) throws {
    guard case .run(let arguments) = try ArgumentParser.parse(["query", "x"] + spelling) else { return }
    #expect(arguments.value(.language) == "spl")
  }

  @Test func `two hyphens end the options`() throws {
    let arguments = try Self.parse("query", "--", "--format", "-x")
    #expect(arguments.operands == ["--format", "-x"])
    #expect(!arguments.has(.format))
  }

  @Test func `a repeatable option keeps all values in their order`() throws {
    let arguments = try Self.parse("run", "rules", "--logs", "a", "--logs=b")
    #expect(arguments.values(.logs) == ["a", "b"])
  }

  @Test func `a value may hold equals signs and be empty`() throws {
    let arguments = try Self.parse("query", "x", "--set", "a=b=c", "--set=d=")
    let settings = try arguments.runSettings()
    #expect(settings.values == [NamedValue(name: "a", value: "b=c"), NamedValue(name: "d", value: "")])
  }

  @Test func `the last equals sign ends a URL`() throws {
    let arguments = try Self.parse("query", "x", "--external", "https://x/y?a=1=local.csv")
    let settings = try arguments.workspaceSettings(logs: ["a"])
    #expect(settings.externals == [NamedValue(name: "https://x/y?a=1", value: "local.csv")])
    #expect(settings.logs == ["a"])
  }

  @Test(arguments: [
    ([], "missing-verb"), (["--format", "csv"], "missing-verb"), (["qury"], "unknown-verb"),
    (["help", "qury"], "unknown-verb"), (["query", "x", "--nope"], "unknown-option"),
    (["query", "x", "-z"], "unknown-option"), (["query", "x", "-qv"], "unknown-option"),
    (["query", "x", "--format"], "missing-value"), (["query", "x", "--format", "--quiet"], "missing-value"),
    (["query", "x", "--format", "xml"], "invalid-value"),
    (["query", "x", "--language", "sql"], "invalid-value"),
    (["query", "x", "--quiet=yes"], "unexpected-value"),
    (["query", "x", "--limit", "1", "--limit", "2"], "repeated-option"),
    (["schema", "--lookups", "x"], "misplaced-option"), (["query"], "missing-operand"),
    (["run"], "missing-operand"), (["coverage"], "missing-operand"),
    (["functions", "a", "b"], "extra-operand"),
    (["explain", "--file", "x", "y"], "extra-operand"), (["help", "a", "b"], "extra-operand"),
  ])
  func `a wrong command line is refused by name`(_ words: [String], _ id: String) {
    #expect(Self.errorID(words) == id)
  }

  @Test(arguments: [
    ["--limit", "-1"], ["--limit", "many"], ["--width", "x"], ["--threads", "0"], ["--timeout", "soon"],
    ["--now", "yesterdayish"],
    ["--set", "x"], ["--set", "=1"], ["--watchlist", "file.csv"],
  ])
  func `a setting that cannot be read is refused`(_ option: [String]) throws {
    guard case .run(let arguments) = try ArgumentParser.parse(["query", "x"] + option) else { return }
    #expect(throws: UsageError.self) {
      _ = try arguments.outputSettings(terminalWidth: nil)
      _ = try arguments.runSettings()
      _ = try arguments.workspaceSettings(logs: [])
    }
  }

  @Test(arguments: [("30s", 30.0), ("500ms", 0.5), ("5m", 300), ("1.5h", 5400), ("7", 7)])
  func `a timeout has a unit`(_ text: String, _ seconds: Double) throws {
    #expect(try Self.parse("query", "x", "--timeout", text).runSettings().timeoutSeconds == seconds)
  }

  @Test func `now is the newest event, the clock or a time`() throws {
    #expect(try Self.parse("query", "x").runSettings().now == .latest)
    #expect(try Self.parse("query", "x", "--now", "wall").runSettings().now == .wall)
    #expect(try Self.parse("query", "x", "--now=1970-01-01").runSettings().now == .at(Ticks.unixEpoch))
  }

  @Test func `the width comes from the option, else from the terminal, and 0 never cuts`() throws {
    #expect(try Self.parse("query", "x").outputSettings(terminalWidth: 99).width == 99)
    #expect(try Self.parse("query", "x", "--width=50").outputSettings(terminalWidth: 99).width == 50)
    #expect(try Self.parse("query", "x", "--width=0").outputSettings(terminalWidth: 99).width == nil)
    #expect(try Self.parse("query", "x", "--no-summary").outputSettings(terminalWidth: nil).isQuiet)
  }

  @Test func `an option of another verb says whose it is`() {
    do throws(UsageError) {
      _ = try ArgumentParser.parse(["functions", "x", "--logs", "y"])
    } catch {
      #expect(error.advice.first?.contains("query, run") == true)
    }
  }
}
