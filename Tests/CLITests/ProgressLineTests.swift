import Diagnostics
import Engine
import Foundation
import Session
import Testing

@testable import TrawlCLI

/// What is shown while logs are read, and colours outside a shell.
@Suite struct ProgressLineTests {
  @Test func `a load counts its files and events`() throws {
    let folder = try TemporaryFolder()
    for file in 0..<3 {
      try folder.writeEvents("logs/\(file).json", Array(repeating: "SendEmail", count: 20))
    }
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path + "/logs"]
    let meter = LoadMeter()
    configuration.meter = meter
    let workspace = Workspace(configuration)
    let query = try workspace.compile(
      .init(name: "q", text: "AWSCloudTrail | summarize count() by EventName"), language: .kql)
    _ = try workspace.run([query])
    #expect(meter.filesFound == 3 && meter.filesBegun == 3 && meter.events == 60)
    #expect(
      ProgressLine.text(meter, seconds: 0.5) == "reading logs: 3 of 3 files, 60 events, 120 a second")
  }

  @Test func `colours are written where they are asked for, and nowhere else`() throws {
    let plain = try TrawlProcess.run("query", "print x = 1")
    #expect(plain.output == "x\n-\n1\n\n1 row\n")
    let painted = try TrawlProcess.run("query", "print x = 1", "--color", "always")
    #expect(painted.output == "\u{1B}[1mx\u{1B}[0m\n\u{1B}[34m-\u{1B}[0m\n1\n\n1 row\n")
    let wrong = try TrawlProcess.run("query", "print y", "--color=always")
    #expect(wrong.error.contains("\u{1B}[1;31merror[unknown-column]\u{1B}[0m: "))
    let refused = try TrawlProcess.run("query", "print x = 1", "--color", "sometimes")
    #expect(refused.exitCode == 2 && refused.error.contains("auto, always, never"))
  }

  @Test func `programs get no colours in their formats`() throws {
    let result = try TrawlProcess.run("query", "print x = 1", "--color", "always", "--format", "json")
    #expect(!result.output.contains("\u{1B}"))
  }

  /// The line is there while a load takes its time, and gone when rows are shown.
  @Test func `the line is gone when it is done`() throws {
    let folder = try TemporaryFolder()
    let events = (0..<40_000).map { TemporaryFolder.event("Event\($0 % 50)") }.joined(separator: "\n")
    for file in 0..<3 { try folder.write("logs/\(file).json", events) }
    let terminal = try PseudoTerminal(
      ["query", "AWSCloudTrail | count", folder.path + "/logs", "-q"], folder: folder)
    try terminal.wait(for: "1 row")
    #expect(try terminal.finish() == 0)
    #expect(!terminal.screen.text.contains("reading"))
    let loud = try PseudoTerminal(["query", "AWSCloudTrail | count", folder.path + "/logs"], folder: folder)
    try loud.wait(for: "events: 120,000 read")
    #expect(try loud.finish() == 0)
    #expect(loud.screen.transcript.contains("reading logs: "), "\(loud.screen.transcript)")
    #expect(!loud.screen.text.contains("reading logs"))
  }
}
