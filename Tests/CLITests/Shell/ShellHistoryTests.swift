import Foundation
import Testing

@testable import TrawlCLI

@Suite struct ShellHistoryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a history that was written elsewhere has its lines`() throws {
    let path = try folder.write("history", "print 1\r\nT\\n| count\r\n\r\nlast\n")
    #expect(ShellHistory(path: path).entries == ["print 1", "T\n| count", "last"])
  }

  @Test func `a text is one line whatever its ends of lines are`() throws {
    let path = folder.path + "/history"
    ShellHistory(path: path).add("a\r\nb\\c")
    #expect(ShellHistory(path: path).entries == ["a\nb\\c"])
  }

  @Test func `what cannot be kept is said from the beginning`() throws {
    let path = folder.path + "/folder"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let history = ShellHistory(path: path)
    #expect(history.failure?.contains("cannot be read") == true)
    history.add("print 1")
    #expect(history.entries == ["print 1"] && history.failure?.contains("cannot be read") == true)
  }

  @Test func `the oldest go, and what is left is in the file`() throws {
    let count = ShellHistory.mostEntries + 10
    let path = try folder.write("history", (0..<count).map { "print \($0)\n" }.joined())
    let history = ShellHistory(path: path)
    #expect(history.entries.count == ShellHistory.mostEntries && history.failure == nil)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("print 10\n"))
  }
}
