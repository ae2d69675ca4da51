import Session
import Testing

@testable import TrawlCLI

@Suite struct ArgumentTableTests {
  @Test func `every option and every verb has one record`() {
    #expect(
      ArgumentTable.options.map(\.name.rawValue).sorted() == OptionName.allCases.map(\.rawValue).sorted())
    #expect(ArgumentTable.verbs.map(\.name.rawValue).sorted() == VerbName.allCases.map(\.rawValue).sorted())
  }

  @Test func `no two options share a spelling`() {
    let long = ArgumentTable.options.flatMap { [$0.name.rawValue] + $0.aliases }
    #expect(Set(long).count == long.count)
    let short = ArgumentTable.options.compactMap(\.short)
    #expect(Set(short).count == short.count)
  }

  @Test(arguments: OptionName.allCases)
  func `every option belongs to a verb and says what it does in a line`(_ name: OptionName) throws {
    let option = try #require(ArgumentTable.option(name))
    #expect(!option.verbs.isEmpty)
    #expect(option.summary.count > 10 && option.summary.count < 80)
    #expect(!option.summary.hasSuffix("."))
    #expect(option.choices.words(.standard) == nil || option.valueName(.standard) != nil)
  }

  @Test(arguments: ArgumentTable.verbs.flatMap { verb in verb.examples.map { (verb.name, $0) } })
  func `every example of the help can be parsed`(_ verb: VerbName, _ example: String) throws {
    guard case .run(let arguments) = try ArgumentParser.parse(Self.words(of: example)) else {
      #expect(verb == .help)
      return
    }
    #expect(arguments.verb == verb)
  }

  /// The words of a shell line with single quotes; a redirection and what follows is dropped.
  private static func words(of line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words.append(String(part))
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    return Array(words.dropFirst().prefix { $0 != ">" && $0 != "<" })
  }

  @Test(arguments: [60, 80, 100])
  func `help keeps to its width`(_ width: Int) {
    for verb in ArgumentTable.verbs {
      let lines = HelpText.help(on: verb, .standard, width: width).split(separator: "\n")
      for line in lines where !line.contains("trawl ") { #expect(line.count <= width, "\(line)") }
    }
  }
}
