import Foundation
import Testing

@testable import TrawlCLI

/// A shell at a terminal.
@Suite(.serialized) struct ShellTerminalTests {
  private let folder: TemporaryFolder
  private let logs: String

  init() throws {
    folder = try TemporaryFolder()
    logs = folder.path + "/logs"
    try folder.writeEvents(
      "logs/a.json", ["CreateUser", "CreateAccessKey", "CreateUser", "SendEmail", "Se\u{202E}nd\u{1B}[31m"])
  }

  private func terminal(
    _ options: [String] = [], columns: Int = 80, rows: Int = 24, _ environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      ["shell", logs, "-q"] + options, columns: columns, rows: rows, environment: environment, folder: folder)
  }

  @Test func `questions are typed and answered, and Ctrl-D leaves`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    try terminal.ask("AWSCloudTrail | summarize n = count() by EventName | top 1 by n")
    #expect(terminal.screen.text.contains("CreateUser  2\n\n1 row"), "\(terminal.screen.text)")
    try terminal.ask("sourcetype=aws:cloudtrail eventName=SendEmail | stats count by eventName")
    #expect(terminal.screen.text.contains("SendEmail      1"))
    terminal.type("\u{4}")
    #expect(try terminal.finish() == 0)
    #expect(terminal.isAsBefore)
  }

  @Test func `a line is edited`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    // Letters, home, right twice, backspace, end, word back, a wide letter and an accent of its own.
    terminal.type("abc def\u{1}\u{1B}[C\u{1B}[C\u{7F}X\u{5}\u{1B}b中e\u{301}")
    try terminal.wait("the line") { $0.line == "trawl> aXc 中e\u{301}def" }
    #expect(terminal.screen.cursor == 7 + 7)
    terminal.type("\u{15}")
    try terminal.wait("the line") { $0.line == "trawl> def" }
    terminal.type("\u{B}")
    try terminal.waitForPrompt()
    terminal.type("one two\u{17}three\u{1B}[D\u{1B}[3~")
    try terminal.wait("the line") { $0.line == "trawl> one thre" }
    terminal.type("\u{3}")
    try terminal.wait(for: "trawl> one thre^C")
    try terminal.waitForPrompt()
    terminal.type("\u{4}")
    #expect(try terminal.finish() == 0)
  }

  @Test func `what was typed is kept for the next time`() throws {
    let first = try terminal()
    try first.waitForPrompt()
    try first.ask("print a = 1")
    try first.ask("print b = 2")
    first.type("\\q\r")
    #expect(try first.finish() == 0)
    let second = try terminal()
    try second.waitForPrompt()
    second.type("\u{1B}[A")
    try second.wait("the last line") { $0.line == "trawl> \\q" }
    second.type("\u{1B}[A\u{1B}[A")
    try second.wait("the first line") { $0.line == "trawl> print a = 1" }
    second.type("\u{1B}[B")
    try second.wait("the line after") { $0.line == "trawl> print b = 2" }
    second.type("\u{15}\u{12}a =")
    try second.wait("what was looked for") { $0.line == "(search: a =) print a = 1" }
    second.type("\r")
    try second.wait(for: "1 row")
    #expect(second.screen.text.contains("a\n-\n1"), "\(second.screen.text)")
    let path = folder.path + "/history"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `a question goes over several lines`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    terminal.type("AWSCloudTrail |\r")
    try terminal.wait("another line") { $0.line == "     |" }
    terminal.type("count\u{1B}[A\u{1}")
    try terminal.wait("the first line") { $0.line == "trawl> AWSCloudTrail |" && $0.cursor == 7 }
    terminal.type("\r")
    try terminal.wait(for: "    5\n\n1 row")
    // Pasted as a whole, with its line ends.
    terminal.type("\u{1B}[200~AWSCloudTrail\n| where EventName == 'SendEmail'\n| count\n\u{1B}[201~")
    try terminal.wait(for: "     | | where EventName == 'SendEmail'\n     | | count")
    terminal.type("\r")
    try terminal.wait(for: "    1\n\n1 row")
    // Alt-Enter begins a line wherever it is typed.
    terminal.type("print\u{1B}\rx = 3\r")
    try terminal.wait(for: "x\n-\n3")
  }

  @Test func `a window that changes its size during a paste takes nothing of it`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    terminal.type("\u{1B}[200~print a = 1\n")
    Thread.sleep(forTimeInterval: 0.3)
    terminal.signal(SIGWINCH)
    Thread.sleep(forTimeInterval: 0.3)
    terminal.type("| extend b = 2\n\u{1B}[201~")
    try terminal.wait(for: "trawl> print a = 1\n     | | extend b = 2")
    terminal.type("\r")
    try terminal.wait(for: "a  b\n-  -\n1  2")
  }

  @Test func `Ctrl-C stops the question and not the shell`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    terminal.type(
      "range x from 1 to 9000000 step 1 | extend y = strcat('a', x) | where y matches regex '(a|1)*b' | count\r"
    )
    // The terminal is handed over while a question runs.
    try terminal.wait("it runs") { $0.transcript.hasSuffix("\u{1B}[?2004l") }
    terminal.type("\u{3}")
    try terminal.wait(for: "note: stopped")
    try terminal.waitForPrompt()
    try terminal.ask("print alive = 1")
    #expect(terminal.screen.text.contains("alive"))
  }

  @Test func `Tab completes tables, columns, operators and values with their counts`() throws {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    terminal.type("AWSCloudT\t")
    try terminal.wait("the table") { $0.line == "trawl> AWSCloudTrail" }
    terminal.type(" | whe\t EventNa\t == \"Cre\t")
    try terminal.wait("the values") {
      $0.line == "trawl> AWSCloudTrail | where EventName == \"Create"
        && $0.text.contains("\"CreateUser\"       2")
    }
    #expect(terminal.screen.text.contains("\"CreateAccessKey\"  1"))
    terminal.type("U\t | count\r")
    try terminal.wait(for: "Count\n-----\n    2")
    try terminal.waitForPrompt()
    terminal.type("eventName=Sen\t")
    try terminal.wait("the value") { $0.line == "trawl> eventName=SendEmail" }
    terminal.type("\u{15}\\tim\t")
    try terminal.wait("the command") { $0.line == "trawl> \\timing" }
    terminal.type("\u{15}nothing like it\t")
    try terminal.wait("no change") { $0.line == "trawl> nothing like it" }
  }

  @Test func `a narrow terminal wraps and cuts`() throws {
    let terminal = try terminal(columns: 20, rows: 10)
    try terminal.waitForPrompt()
    terminal.type("AWSCloudTrail | where EventName == \"SendEmail\" | count")
    try terminal.wait("the line") { $0.line == "ount" }
    terminal.type("\u{1}")
    try terminal.wait("the beginning") { $0.line == "trawl> AWSCloudTrai" && $0.cursor == 7 }
    terminal.type("\r")
    try terminal.wait(for: "1 row")
    try terminal.ask("AWSCloudTrail | distinct EventName, EventSource")
    #expect(terminal.screen.lines.allSatisfy { $0.count <= 20 })
  }

  @Test func `a terminal that obeys nothing gets no sequences`() throws {
    let terminal = try terminal([], ["TERM": "dumb"])
    try terminal.wait(for: "trawl>")
    terminal.type("AWSCloudTrail |\rcount\r")
    try terminal.wait(for: "1 row")
    terminal.type("AWSCloudTrail | where Nope == 1\r")
    try terminal.wait(for: "error[unknown-column]")
    terminal.type("abc\u{3}")
    terminal.type("\\q\r")
    #expect(try terminal.finish() == 0)
    #expect(!terminal.screen.transcript.contains("\u{1B}"), "\(terminal.screen.transcript)")
  }

  @Test func `what a terminal cannot show is spelt out`() throws {
    let terminal = try terminal([], ["LC_ALL": "C"])
    try terminal.waitForPrompt()
    try terminal.ask("print x = \"\\u4e2d \\u00e9\"")
    #expect(terminal.screen.text.contains("\\u{4E2D} \\u{E9}"), "\(terminal.screen.text)")
    #expect(terminal.screen.transcript.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `no log drives the terminal`() throws {
    let terminal = try terminal(["--color", "never"])
    try terminal.waitForPrompt()
    try terminal.ask("AWSCloudTrail | where EventName startswith 'Se' | distinct EventName")
    terminal.type("AWSCloudTrail | where EventName == 'Se\t")
    try terminal.wait(for: "\\u{202E}nd\\x1b[31m")
    #expect(!terminal.screen.transcript.contains("\u{202E}"))
    #expect(!terminal.screen.transcript.contains("\u{1B}[31m"))
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func `whatever ends it gives the terminal back`(_ number: Int32) throws
  {
    let terminal = try terminal()
    try terminal.waitForPrompt()
    terminal.type("AWSCloudTrail | wh")
    try terminal.wait(for: "AWSCloudTrail | wh")
    #expect(!terminal.isAsBefore)
    terminal.signal(number)
    #expect(try terminal.finish() == -number)
    #expect(terminal.isAsBefore)
    #expect(terminal.screen.transcript.hasSuffix("\u{1B}[?2004l"))
  }

  @Test func `a long result goes through the pager, and one that is left early is no trouble`() throws {
    let terminal = try terminal([], ["PAGER": "head -n 3; echo seen"])
    try terminal.waitForPrompt()
    try terminal.ask("range x from 1 to 100000 step 1")
    #expect(terminal.screen.text.contains("seen"), "\(terminal.screen.text)")
    #expect(!terminal.screen.text.contains("100000 rows"))
    try terminal.ask("_ | count")
    #expect(terminal.screen.text.contains("100000\n"))
    try terminal.ask("AWSCloudTrail | where EventName == 'nothing'")
    #expect(terminal.screen.text.contains("0 rows"))
  }

  @Test(
    arguments: [
      ([], [:], true), ([], ["NO_COLOR": "1"], false), (["--color", "never"], [:], false),
      (["--color", "always"], ["NO_COLOR": "1"], true),
    ] as [([String], [String: String], Bool)])
  func `colours are for those who want them`(
    _ options: [String], _ environment: [String: String], _ isColoured: Bool
  ) throws {
    let terminal = try terminal(options, environment)
    try terminal.waitForPrompt()
    try terminal.ask("AWSCloudTrail | where Nope == 1")
    try terminal.ask("print x = 1")
    let transcript = terminal.screen.transcript
    #expect(transcript.contains("\u{1B}[1;31merror[unknown-column]") == isColoured)
    #expect(transcript.contains("\u{1B}[1mx\u{1B}[0m") == isColoured)
    #expect(terminal.screen.text.contains("error[unknown-column]: no column named `Nope`"))
  }
}
