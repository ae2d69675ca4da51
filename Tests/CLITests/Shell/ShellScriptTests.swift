import Foundation
import Session
import Testing

@testable import TrawlCLI

/// A shell whose questions come through a pipe.
@Suite struct ShellScriptTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["SendEmail", "SendEmail", "GetObject", "CreateUser"])
  }

  private func shell(_ script: String, _ options: String = "--format csv -q") throws -> TrawlProcess {
    try folder.write("script", script)
    return try TrawlProcess.shell("$0 shell logs \(options) < script", in: folder.path)
  }

  @Test func `both languages are told apart at one prompt`() throws {
    let result = try shell(
      """
      AWSCloudTrail | summarize n = count() by EventName | sort by n desc, EventName asc | take 1
      sourcetype=aws:cloudtrail eventName=Get* | stats count by eventName

      // a comment, and lines that go on
      AWSCloudTrail
      | where EventName == "CreateUser"
      | count
      """)
    #expect(
      result.output == "EventName,n\nSendEmail,2\neventName,count\nGetObject,1\nCount\n1\n", "\(result.error)"
    )
    #expect(result.exitCode == 0)
  }

  @Test func `the second question over the same columns reads no file`() throws {
    let result = try shell(
      """
      \\timing on
      AWSCloudTrail | summarize n = count() by EventName | count
      AWSCloudTrail | distinct EventName | where EventName startswith "C"
      sourcetype=aws:cloudtrail | stats count by eventName | stats count
      sourcetype=aws:cloudtrail | stats count by eventName | head 1
      """)
    let times = result.error.split(separator: "\n").filter { $0.hasPrefix("timing: ") }.dropFirst()
    #expect(times.count == 4, "\(result.error)")
    #expect(times.map { $0.hasSuffix("no file was read") } == [false, true, false, true], "\(result.error)")
  }

  @Test func `the last result is a table of both languages`() throws {
    let result = try shell(
      """
      AWSCloudTrail | summarize n = count() by EventName
      _ | where n > 1
      _ | count
      AWSCloudTrail | summarize n = count() by EventName

      | inputlookup _ | where n=1 | stats count
      """)
    let tables = result.output.split(separator: "\n")
    #expect(
      tables.contains("SendEmail,2") && tables.suffix(2) == ["count", "2"], "\(result.output)\(result.error)")
    #expect(result.output.contains("EventName,n\nSendEmail,2\nCount\n1\n"))
    #expect(result.exitCode == 0)
  }

  /// Cells of all kinds, and hostile ones.
  private static let rows = """
    datatable(s:string, l:long, r:real, t:datetime, d:timespan, b:bool, j:dynamic)[
      "plain", 1, 1.5, datetime(2026-03-01T10:00:00.1234567Z), 1h, true, dynamic({"a": "x"}),
      "quote \\" and ' and \\\\ and \\n end | where 1 == 2 //", -2, real(nan), datetime(null), time(-1.02:03:04), false,
      dynamic(["a", 1]), "", long(null), real(null), datetime(2026-03-02), time(null), bool(null), dynamic(null)]
    """

  @Test(arguments: [1, 2, 3], ["s", "l", "r", "t", "d", "b", "j"])
  func `a row's value is a condition, and rows are with it or without it`(_ row: Int, _ column: String) throws
  {
    for (command, count) in [("include", 1), ("exclude", 2)] {
      let result = try shell("\(Self.rows)\n\\\(command) \(row) \(column)\n_ | count\n")
      let last = result.output.split(separator: "\n").last
      #expect(last == "\(count)", "\(command) \(row) \(column): \(result.error)\(result.output)")
    }
  }

  @Test(arguments: [1, 2], ["s", "n", "m"])
  func `the same in a search`(_ row: Int, _ column: String) throws {
    let search = #"""
      | makeresults count=2 | streamstats count as n
      | eval s=if(n=1, "plain", "quote \" and ' and | where 1=2"), m=if(n=1, split("a;b", ";"), null())
      """#
    for command in ["include", "exclude"] {
      let result = try shell("\(search)\n\\\(command) \(row) \(column)\n\n| inputlookup _ | stats count\n")
      #expect(
        result.output.split(separator: "\n").last == "1", "\(command) \(row) \(column): \(result.error)")
    }
  }

  @Test func `a condition goes before a chart, and over what the last one was`() throws {
    let result = try shell(
      """
      AWSCloudTrail | summarize n = count() by EventName
      _ | where n == 1 | render table;
      \\exclude 1 EventName
      """)
    #expect(result.error.contains("| where EventName != \"GetObject\"\n| render table\n"), "\(result.error)")
    #expect(result.output.hasSuffix("EventName,n\nCreateUser,1\n"), "\(result.output)")
  }

  @Test(arguments: [
    ("\\include 1 EventName", "error[no-result]: there is no result yet"),
    ("print x = 1\n\\include 2 x", "error[no-row]: there is no row 2: the last result has rows 1 to 1"),
    ("print x = 1\n\\include 1 y", "error[unknown-column]: the last result has no column `y`"),
    ("print x = 1\n\\include x", "error[invalid-argument]"),
    ("\\nothing", "error[unknown-command]: no command `\\nothing`"),
    ("\\s", "`\\s` may be several commands"),
    ("\\now yesterday", "error[invalid-argument]: `yesterday` is no time"),
    ("\\set x", "error[invalid-argument]: NAME=VALUE is wanted"),
    ("\\timing maybe", "`maybe` is neither `on` nor `off`"),
    ("\\why", "error[no-question]"),
    ("\\schema AWSCloudTrial", "the nearest is `AWSCloudTrail`"),
    ("\\save x.kql", "error[no-result]"),
    ("print x = 1\n\\save x.docx", "error[unknown-ending]"),
    ("print x = 1\n\\save x.spl", "error[other-language]"),
    ("\\open nothing.kql", "error[unreadable-input]"),
    ("AWSCloudTrail | where EvntName == 1", "the nearest is `EventName`"),
  ])
  func `what cannot be done is said by name`(_ script: String, _ message: String) throws {
    let result = try shell(script + "\nprint after = 1\n")
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.output.hasSuffix("after\n1\n"), "the next question is asked")
    #expect(result.exitCode == 2 || result.exitCode == 3)
  }

  @Test func `values and times are set for the questions that follow`() throws {
    let result = try shell(
      """
      \\set limit=7
      \\now 2026-01-01
      let limit = 1; print x = limit, t = now()
      print y = 2
      \\set limit=
      \\now latest
      AWSCloudTrail | count
      let limit = 1; print x = limit, t = now()
      """)
    #expect(
      result.output == """
        x,t
        7,2026-01-01T00:00:00.0000000Z
        y
        2
        Count
        4
        x,t
        1,2026-03-02T10:00:03.9999999Z

        """, "\(result.error)")
  }

  @Test func `questions and results are saved and opened`() throws {
    let result = try shell(
      """
      AWSCloudTrail | summarize n = count() by EventName | where n > 1
      \\save q.kql
      \\save r.csv
      \\save r.md
      \\open q.kql
      """, "--format csv")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.output == "EventName,n\nSendEmail,2\nEventName,n\nSendEmail,2\n")
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try text("q.kql") == "AWSCloudTrail | summarize n = count() by EventName | where n > 1\n")
    #expect(result.error.contains("note: written to r.csv\n"), "\(result.error)")
    #expect(try text("r.csv") == "EventName,n\nSendEmail,2\n")
    #expect(try text("r.md").contains("| SendEmail |"))
  }

  @Test func `an answer is drawn`() throws {
    let result = try shell(
      """
      AWSCloudTrail | summarize n = count() by EventName | sort by n desc, EventName asc
      \\chart
      \\chart sourcetype=aws:cloudtrail | stats count by eventName
      """, "-q --width 40")
    #expect(result.output.contains("SendEmail   ████"), "\(result.output)")
    #expect(result.output.contains("n by EventName\n") && result.output.contains("count by eventName\n"))
    #expect(result.output.contains("3 rows (`_` shows the numbers)\n"))
    #expect(try shell("\\chart\n").error.contains("there is no question yet"))
  }

  @Test func `why, explain, schema and help answer`() throws {
    let result = try shell(
      """
      AWSCloudTrail | where EventName == "SendEmail" | count
      \\why
      \\explain plan
      \\explain tokens print 1
      \\schema _
      \\help
      """, "-q")
    #expect(result.output.contains("4        2  where EventName == \"SendEmail\""), "\(result.output)")
    #expect(result.output.contains("0..<5 word print"))
    #expect(result.output.contains("Count   long"))
    for command in ShellCommand.all(of: .standard) { #expect(result.output.contains(command.usage)) }
  }

  @Test func `a language that was chosen is that of every question`() throws {
    let result = try shell("\\spl\nSendEmail | stats count\n\\kql print x = 1\nGetObject | stats count\n")
    #expect(result.output == "count\n2\nx\n1\ncount\n1\n", "\(result.error)")
  }

  @Test func `the standard input is not for logs`() throws {
    let result = try TrawlProcess.run("shell", "-")
    #expect(result.exitCode == 2 && result.error.contains("error[input-taken]"))
  }

  @Test func `a limit of time is that of each question`() throws {
    let result = try shell("print x = 1\nprint x = 2\n", "--timeout 60s -q --format csv")
    #expect(result.output == "x\n1\nx\n2\n" && result.exitCode == 0)
  }

  @Test func `a long question is read once`() throws {
    let rows = (0..<2000).map { "'name \($0)', \($0),\n" }.joined()
    let start = Date()
    let result = try shell(
      "datatable(n:string, v:long)[\n\(rows)'last', 1]\n| count\n\nprint x = 2\n", "-q --format csv")
    #expect(result.output == "Count\n2001\nx\n2\n", "\(result.error)")
    #expect(Date().timeIntervalSince(start) < 60)
  }

  @Test func `the language of a long question is told seldom`() {
    var told = 0
    func ask(_ first: String, _ line: String, _ count: Int) -> Bool {
      told = 0
      var pending = PendingQuestion(nil, of: .standard) { text in
        told += 1
        return FrontEnds.standard.all[text.hasPrefix("T") || text.hasPrefix("let") ? 0 : 1]
      }
      pending.add(line: first)
      var isUnfinished = pending.isUnfinished()
      for _ in 0..<count {
        pending.add(line: line)
        isUnfinished = pending.isUnfinished()
      }
      return isUnfinished
    }
    #expect(ask("datatable(a:int)[", "1,", 4000) && told == 0)
    // A quote that only one of the languages sees.
    #expect(ask("T | where a in (", "'it\"s', x)", 20_000) == false && told < 600)
    #expect(ask("let a = 1;", "let b = 2;", 3000) && told < 600)
  }

  @Test func `scripts are parted into questions and commands`() {
    func entries(_ text: String) -> [String] {
      var lines = QuestionLines(text) { PipesAndComments() }
      var result: [String] = []
      while let entry = lines.entry() { result.append(entry) }
      return result
    }
    #expect(entries("a\nb\n") == ["a", "b"])
    #expect(entries("a\n| b\n  c\n\n| d\r\n\\e f\ng |\nh") == ["a\n| b\n  c", "| d", "\\e f", "g |\nh"])
    #expect(entries("// a\nb\n\\c") == ["// a\nb", "\\c"])
    #expect(entries("\n \n") == [])
  }
}

/// Goes on behind a pipe, and where it begins with a comment.
private struct PipesAndComments: PendingText {
  private var text = ""

  mutating func add(line: String) { text += line }
  func isUnfinished() -> Bool { text.hasSuffix("|") || text.hasPrefix("//") }
}
