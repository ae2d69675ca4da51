import Foundation
import Testing

/// Runs every command that the README shows, and compares with the output that it shows.
@Suite struct ReadmeTests {
  struct Example: CustomTestStringConvertible {
    var command: String
    var output: String

    var testDescription: String { command }
  }

  /// The fenced `console` blocks: `$ trawl …`, then the output.
  static func examples() -> [Example] {
    let page = (try? String(contentsOfFile: Repository.path("README.md"), encoding: .utf8)) ?? ""
    return page.components(separatedBy: "```console\n").dropFirst().compactMap { block in
      let lines = (block.components(separatedBy: "\n```").first ?? "").components(separatedBy: "\n")
      guard let first = lines.first, first.hasPrefix("$ trawl ") else { return nil }
      return Example(
        command: String(first.dropFirst("$ trawl ".count)), output: lines.dropFirst().joined(separator: "\n"))
    }
  }

  @Test(arguments: examples()) func `the README shows what the program prints`(_ example: Example) throws {
    let process = try TrawlProcess.run(words(of: example.command), in: Repository.path(""))
    #expect(process.output.trimmingCharacters(in: .newlines) == example.output)
  }

  @Test func `the README has examples`() {
    #expect(ReadmeTests.examples().count >= 4)
  }

  /// Words as a shell splits them; single quotes keep everything.
  private func words(of command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in command {
      if character == "'" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
