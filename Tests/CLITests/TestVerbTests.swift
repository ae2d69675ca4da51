import Foundation
import Testing

/// `trawl test`: what is recorded, watched, mapped and refused.
@Suite struct TestVerbTests {
  private let rule = "AWSCloudTrail | summarize n = count() by EventName | sort by EventName asc\n"
  private let tests = "# mine\n- name: a\n  logs: log.json\n"

  private func folder(_ rule: String? = nil, tests: String? = nil) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("r.kql", rule ?? self.rule)
    try folder.write("r.tests.yml", tests ?? self.tests)
    try folder.writeEvents("log.json", ["SendEmail", "SendEmail", "GetSendQuota"])
    return folder
  }

  private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  @Test func `rows are recorded, match, and a change is shown cell by cell`() throws {
    let folder = try folder()
    let unrecorded = try TrawlProcess.run("test", folder.path)
    #expect(unrecorded.exitCode == 2 && unrecorded.error.contains("help: `--record` records its rows"))
    let recording = try TrawlProcess.run("test", folder.path, "--record")
    #expect(recording.exitCode == 0, "\(recording.error)")
    #expect(recording.error.contains("recorded: \(folder.path)/r.tests.yml: a\n"))
    let recorded = """
      # mine
      - name: a
        logs: log.json
        result:
          - EventName: GetSendQuota
            n: 1
          - EventName: SendEmail
            n: 2

      """
    #expect(try text(folder, "r.tests.yml") == recorded)
    let again = try TrawlProcess.run("test", folder.path, "--record")
    #expect(again.exitCode == 0 && !again.error.contains("recorded:"))
    try folder.writeEvents("log.json", ["SendEmail", "GetSendQuota", "Publish"])
    let changed = try TrawlProcess.run("test", folder.path)
    #expect(changed.exitCode == 1)
    #expect(changed.output.contains("row 2, n: \"2\" → \"1\""))
    #expect(changed.output.contains("row 2 is new: EventName = \"Publish\", n = \"1\""))
    #expect(try text(folder, "r.tests.yml") == recorded)
  }

  @Test func `only what the filter names is recorded, and a wrong expectation still fails`() throws {
    let folder = try folder(
      tests: "- {name: a, logs: log.json, rows: 1}\n- name: b\n  logs: log.json\n  rows: 9\n  result:\n")
    let run = try TrawlProcess.run("test", folder.path, "--record", "--filter", "b")
    #expect(run.exitCode == 1)
    #expect(run.output.contains("wanted 9 rows, got 2 rows"))
    #expect(try text(folder, "r.tests.yml").contains("    - EventName: GetSendQuota\n"))
  }

  @Test func `a log that is not there is an input error at its place`() throws {
    let folder = try folder(tests: "- name: a\n  logs:\n    - log.json\n    - lgo.json\n  rows: 2\n")
    let run = try TrawlProcess.run("test", folder.path)
    #expect(run.exitCode == 3)
    #expect(run.output.contains("BROKEN  a"))
    #expect(
      run.error.contains("error[unreadable-input]: there is no file or folder `\(folder.path)/lgo.json`"))
    #expect(run.error.contains("r.tests.yml:4:7"))
    #expect(run.error.contains("tests: 1 of 1 rule, 0 failed, 1 broken"))
  }

  @Test func `tests without a rule are refused, with the nearest rule's name`() throws {
    let folder = try folder()
    try folder.write("rr.tests.yml", tests)
    try folder.write("r.tests.yml", "- {name: a, logs: log.json, rows: 2}\n")
    let run = try TrawlProcess.run("test", folder.path)
    #expect(run.exitCode == 2)
    #expect(run.error.contains("error[missing-rule]: there is no rule for these tests"))
    #expect(run.error.contains("did you mean to call the file `\(folder.path)/r.tests.yml`?"))
    #expect(run.output.contains("  ok      a"))
    let alone = try TrawlProcess.run("test", "\(folder.path)/rr.tests.yml")
    #expect(alone.exitCode == 2 && alone.error.contains("missing-rule"))
    let named = try TrawlProcess.run("test", "\(folder.path)/r.tests.yml")
    #expect(named.exitCode == 0 && named.output.contains("  ok      a"))
  }

  @Test func `a rule in YAML fires by its trigger`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "y.yaml",
      "name: y\nquery: AWSCloudTrail\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\ntriggerThreshold: 2\n"
    )
    try folder.writeEvents("two.json", ["SendEmail", "SendEmail"])
    try folder.writeEvents("three.json", ["SendEmail", "SendEmail", "SendEmail"])
    try folder.write(
      "y.tests.yml",
      "- {name: two, logs: two.json, expect: silent, rows: 2}\n- {name: three, logs: three.json, expect: fires}\n"
        + "- {name: wrong, logs: two.json, expect: fires}\n")
    let run = try TrawlProcess.run("test", folder.path)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("ok      two") && run.output.contains("ok      three"))
    #expect(run.output.contains("it should fire and is silent: 2 rows; its trigger is gt 2"))
  }

  @Test func `a rule that cannot run is broken, not failed`() throws {
    let folder = try folder("AWSCloudTrail | whre x\n", tests: "- {name: a, logs: log.json, rows: 2}\n")
    let junit = "\(folder.path)/out.xml"
    let run = try TrawlProcess.run("test", folder.path, "--junit", junit)
    #expect(run.exitCode == 2)
    #expect(run.output.contains("BROKEN  a") && run.error.contains("r.kql:1:"))
    #expect(try text(folder, "out.xml").contains("<error message="))
  }

  @Test func `a variable that the rule lacks is shown in the test, and a filter without a match is refused`()
    throws
  {
    let folder = try folder(tests: "- name: a\n  logs: log.json\n  set: {Lest: 5}\n  rows: 2\n")
    let run = try TrawlProcess.run("test", folder.path)
    #expect(
      run.exitCode == 2 && run.error.contains("r.tests.yml:3:8") && run.error.contains("`Lest`"),
      "\(run.error)")
    let filtered = try TrawlProcess.run("test", folder.path, "--filter", "zzz")
    #expect(filtered.exitCode == 2 && filtered.error.contains("error[no-tests]: no test has `zzz`"))
  }

  @Test func `a test brings its watchlists, lookups, macros and variables along`() throws {
    let folder = try folder(
      "let Least = 5;\nlet Names = _GetWatchlist('Names') | project SearchKey;\n"
        + "AWSCloudTrail | where EventName in (Names) | summarize n = count() | where n > Least\n",
      tests:
        "- {name: a, logs: log.json, watchlists: {Names: names.csv}, set: {Least: 1}, contains: [{n: 2}]}\n")
    try folder.write("names.csv", "SearchKey\nSendEmail\n")
    try folder.write(
      "s.spl", "`mail` | lookup kinds EventName as eventName OUTPUT Kind | stats count by Kind\n")
    try folder.write(
      "s.tests.yml",
      "- {name: named, logs: log.json, lookups: {kinds: k.csv}, macros: macros.conf, contains: [{Kind: mail}]}\n"
        + "- {name: folder, logs: log.json, lookups: tables, macros: macros.conf, contains: [{Kind: post}]}\n"
    )
    try folder.write("k.csv", "EventName,Kind\nSendEmail,mail\n")
    try folder.write("tables/kinds.csv", "EventName,Kind\nSendEmail,post\n")
    try folder.write("macros.conf", "[mail]\ndefinition = search eventName=SendEmail\n")
    let run = try TrawlProcess.run("test", folder.path)
    #expect(run.exitCode == 0, "\(run.output)\(run.error)")
    #expect(run.error.contains("tests: 3 of 2 rules, 0 failed"))
  }

  @Test func `watchlists and lookups beside a rule are found, and an option goes before them`() throws {
    let folder = try folder(
      "_GetWatchlist('Names')\n", tests: "- {name: a, logs: log.json, contains: [{SearchKey: beside}]}\n")
    try folder.write("watchlists/Names.csv", "SearchKey\nbeside\n")
    try folder.write("watchlists/Other.csv", "")
    try folder.write("sub/s.spl", "| inputlookup names\n")
    try folder.write("lookups/names.csv", "Name\nabove\n")
    #expect(try TrawlProcess.run("test", folder.path, "--filter", "a").exitCode == 0)
    let run = try TrawlProcess.run("run", folder.path, "--logs", "\(folder.path)/log.json", "--format", "csv")
    #expect(run.output.contains("beside") && run.output.contains("above"))
    #expect(
      run.error.contains(
        "beside the rules: \(folder.path)/lookups/names.csv, \(folder.path)/watchlists/Names.csv"))
    try folder.write("mine.csv", "SearchKey\nmine\n")
    let mine = try TrawlProcess.run(
      "run", "\(folder.path)/r.kql", "--logs", "\(folder.path)/log.json", "--format", "csv",
      "--watchlist", "Names=\(folder.path)/mine.csv")
    #expect(mine.output.contains("mine") && !mine.error.contains("beside the rules"))
    try folder.write("watchlists/Names.csv", "")
    let broken = try TrawlProcess.run("run", "\(folder.path)/r.kql", "--logs", "\(folder.path)/log.json")
    #expect(broken.exitCode == 2 && broken.error.contains("watchlists/Names.csv"), "\(broken.error)")
  }

  @Test func `tests within a detection for Splunk run over mapped data, or are said not to run`() throws {
    let folder = try TemporaryFolder()
    func test(_ name: String, _ data: String, _ sourcetype: String = "aws:cloudtrail") -> String {
      "- name: \(name)\n  attack_data:\n  - data: https://host/\(data)\n    sourcetype: \(sourcetype)\n"
    }
    try folder.write(
      "d.yml",
      "name: d\nsearch: sourcetype=aws:cloudtrail eventName=SendEmail\ntests:\n" + test("hit", "T1/mail.json")
        + test("miss", "T1/none.json") + test("elsewhere", "T2/mail.json")
        + test("other", "T1/x.log", "stash"))
    try folder.writeEvents("data/T1/mail.json", ["SendEmail"])
    try folder.writeEvents("data/T1/none.json", ["Publish"])
    let file = "\(folder.path)/d.yml"
    let unmapped = try TrawlProcess.run("test", file)
    #expect(unmapped.exitCode == 0)
    #expect(unmapped.output.contains("not run  hit") && unmapped.output.contains("--attack-data DIR"))
    #expect(unmapped.error.contains("tests: 4 of 1 rule, 0 failed, 4 not run"))
    let mapped = try TrawlProcess.run(
      "test", file, "--attack-data", "\(folder.path)/data", "--junit", "\(folder.path)/out.xml")
    #expect(mapped.exitCode == 1)
    #expect(mapped.output.contains("  ok      hit") && mapped.output.contains("FAILED  miss"))
    #expect(mapped.output.contains("not run  elsewhere") && mapped.output.contains("sourcetype `stash`"))
    #expect(try text(folder, "out.xml").contains("failures=\"1\" errors=\"0\" skipped=\"2\""))
    let noFolder = try TrawlProcess.run("test", file, "--attack-data", "\(folder.path)/nowhere")
    #expect(noFolder.exitCode == 3 && noFolder.error.contains("no such folder"))
  }

  @Test func `a watch runs again when a log or a rule changes`() throws {
    let folder = try folder(tests: "- {name: two kinds, logs: log.json, rows: 2}\n")
    let watch = try Watch(folder)
    defer { watch.end() }
    try watch.wait(for: "watching", count: 1)
    #expect(watch.output.contains("  ok      two kinds"))
    try folder.writeEvents("log.json", ["SendEmail", "Publish", "GetSendQuota"])
    try watch.wait(for: "watching", count: 2)
    #expect(watch.output.contains("FAILED  two kinds") && watch.output.contains("wanted 2 rows, got 3 rows"))
    #expect(watch.error.contains("changed: \(folder.path)/log.json"))
    try folder.write("r.kql", "AWSCloudTrail | take 2\n")
    try watch.wait(for: "watching", count: 3)
    #expect(watch.error.contains("changed: \(folder.path)/r.kql"))
    #expect(watch.output.hasSuffix("  ok      two kinds\n"))
    #expect(watch.endsOnInterrupt())
    let refused = try TrawlProcess.run("test", folder.path, "--watch", "--record")
    #expect(refused.exitCode == 2 && refused.error.contains("do not go together"))
  }
}

/// A `trawl test --watch` that goes on beside the test.
private final class Watch {
  struct Late: Error {}

  private let process = Process()
  private let files: TemporaryFolder

  init(_ folder: TemporaryFolder) throws {
    files = try TemporaryFolder()
    process.executableURL = try TrawlProcess.executable()
    process.arguments = ["test", folder.path, "--watch"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: try files.write("out", "")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: try files.write("err", "")))
    try process.run()
  }

  var output: String { (try? String(contentsOfFile: "\(files.path)/out", encoding: .utf8)) ?? "" }
  var error: String { (try? String(contentsOfFile: "\(files.path)/err", encoding: .utf8)) ?? "" }

  func wait(for text: String, count: Int) throws {
    for _ in 0..<600 {
      if error.components(separatedBy: text).count > count { return }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw Late()
  }

  /// Sends what Ctrl-C sends.
  func endsOnInterrupt() -> Bool {
    process.interrupt()
    for _ in 0..<100 where process.isRunning { Thread.sleep(forTimeInterval: 0.1) }
    return !process.isRunning
  }

  func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
