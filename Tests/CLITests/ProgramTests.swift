import Foundation
import Testing

@testable import TrawlCLI

@Suite struct ProgramTests {
  @Test(arguments: [["--version"], ["-V"], ["query", "--version"]])
  func `the version is one line`(_ arguments: [String]) throws {
    let result = try TrawlProcess.run(arguments)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "trawl 0.1.0")
    #expect(lines.dropFirst().map { $0.prefix { $0 != ":" } } == ["commit", "toolchain", "platform"])
    #expect(lines.allSatisfy { !$0.hasSuffix(": ") })
    #expect(result.error.isEmpty)
    #expect(result.exitCode == 0)
  }

  @Test(arguments: [["help"], ["--help"], ["-h"], ["help", "help"], ["help", "--help"]])
  func `help goes to the output`(_ arguments: [String]) throws {
    let result = try TrawlProcess.run(arguments)
    #expect(result.output.contains("usage: trawl"))
    #expect(result.error.isEmpty)
    #expect(result.exitCode == 0)
  }

  @Test(arguments: VerbName.allCases)
  func `every verb has help in both spellings`(_ verb: VerbName) throws {
    let result = try TrawlProcess.run("help", verb.rawValue)
    #expect(result.output.contains("usage: trawl \(verb.rawValue)"))
    #expect(try TrawlProcess.run(verb.rawValue, "--help").output == result.output)
  }

  @Test func `a misspelt option is refused with its neighbour and the usage`() throws {
    let result = try TrawlProcess.run("query", "T", "--formt", "csv")
    #expect(result.exitCode == 2)
    #expect(result.output.isEmpty)
    #expect(
      result.error == """
        error[unknown-option]: no option `--formt`
          help: the nearest is `--format`
        usage: trawl query [OPTIONS] QUERY [LOGS…]
               trawl query [OPTIONS] --file FILE [LOGS…]
        `trawl help query` lists the options

        """)
  }

  @Test(arguments: [[], ["qury"], ["AWSCloudTrail | count"], ["--format", "csv"], ["query", "--limit"]])
  func `a wrong command line ends with 2 and says nothing on the output`(_ arguments: [String]) throws {
    let result = try TrawlProcess.run(arguments)
    #expect(result.exitCode == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("error["))
    #expect(result.error.contains("usage: trawl"))
  }

  @Test func `arguments cannot drive the terminal through a message`() throws {
    let result = try TrawlProcess.run("query", "T", "--\u{1B}[31mred")
    #expect(!result.error.contains("\u{1B}"))
    #expect(result.error.contains("\\u{1B}"))
  }

  @Test func `a closed pipe ends the program quietly`() throws {
    let process = Process()
    process.executableURL = try TrawlProcess.executable()
    process.arguments = ["help", "query"]
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    try output.fileHandleForReading.close()
    try process.run()
    let message = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(message.isEmpty)
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
  }
}
