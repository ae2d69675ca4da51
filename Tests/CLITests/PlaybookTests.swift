import Foundation
import Testing

/// Runs every command of the playbooks that stand beside the rules.
@Suite struct PlaybookTests {
  struct Command: CustomTestStringConvertible {
    var words: [String]

    var testDescription: String { words.joined(separator: " ") }
  }

  /// The `trawl` commands within the fenced `sh` blocks; quotes hold line ends, too.
  static func commands() throws -> [Command] {
    var commands: [Command] = []
    for file in try Repository.files(below: "rules") where file.hasSuffix("PLAYBOOK.md") {
      let page = try String(contentsOfFile: Repository.path("rules/\(file)"), encoding: .utf8)
      for block in page.components(separatedBy: "```sh\n").dropFirst() {
        commands += split(block.components(separatedBy: "```").first ?? "")
      }
    }
    return commands
  }

  private static func split(_ text: String) -> [Command] {
    var commands: [Command] = []
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if character == "'" {
        isQuoted.toggle()
        continue
      }
      guard !isQuoted, character.isWhitespace else {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      if character.isNewline, words.first == "trawl" {
        commands.append(Command(words: Array(words.dropFirst())))
        words = []
      }
    }
    return commands
  }

  @Test(arguments: try commands())
  func `every command of a playbook runs and has something to show`(_ command: Command) throws {
    let process = try TrawlProcess.run(command.words, in: Repository.path(""))
    #expect(process.exitCode == 0, "\(process.error)")
    #expect(!process.output.hasPrefix("0 rows") && process.output.split(separator: "\n").count > 2)
  }

  @Test func `the playbook has commands for each of its steps`() throws {
    #expect(try PlaybookTests.commands().count >= 15)
  }

  @Test func `a rule that names a playbook has it beside it`() throws {
    var named = 0
    for file in try Repository.files(below: "rules") where file.hasSuffix(".kql") || file.hasSuffix(".spl") {
      let path = Repository.path("rules/\(file)")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      guard let line = text.split(separator: "\n").first(where: { $0.contains("playbook: ") }) else {
        continue
      }
      let name = try #require(line.split(separator: " ").last)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: String(name)).path), "\(file)")
      named += 1
    }
    #expect(named >= 10)
  }
}
