import Foundation
import Session
import Testing

@testable import TrawlCLI

/// Scripts for shells and manual pages hold every verb and every option.
@Suite struct CompletionScriptTests {
  @Test(arguments: CompletionScript.allCases) func `a script knows every verb and every option`(
    _ script: CompletionScript
  )
    throws
  {
    let text = script.text(.standard)
    for verb in VerbName.allCases { #expect(text.contains(verb.rawValue)) }
    for option in ArgumentTable.options {
      #expect(text.contains(script == .fish ? "-l \(option.name.rawValue) " : "--\(option.name.rawValue)"))
    }
    #expect(try TrawlProcess.run("completions", script.rawValue).output == text)
  }

  /// The shells that are here read their script.
  @Test(arguments: CompletionScript.allCases) func `its shell takes a script`(_ script: CompletionScript)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write("script", script.text(.standard))
    let line = "command -v \(script.rawValue) > /dev/null || exit 0; \(script.rawValue) -n script"
    let result = try TrawlProcess.shell(line, in: folder.path)
    #expect(result.exitCode == 0 && result.error.isEmpty, "\(result.error)")
  }

  @Test(arguments: [
    (["que"], "query"), (["query", "--form"], "--format"), (["query", "--format", "typ"], "typed-json"),
    (["help", "cov"], "coverage"), (["completions", "f"], "fish"), (["query", "-l", "s"], "spl"),
  ]) func `bash completes by it`(_ words: [String], _ expected: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("script", CompletionScript.bash.text(.standard))
    let list = (["trawl"] + words).joined(separator: " ")
    let line =
      "source ./script; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); _trawl; echo ${COMPREPLY[@]}"
    let result = try TrawlProcess.shell(line, in: folder.path)
    #expect(result.output == expected + "\n", "\(result.error)")
  }

  @Test func `the manual has every verb, option and exit code`() throws {
    let page = try TrawlProcess.run("man")
    #expect(page.exitCode == 0)
    for verb in VerbName.allCases { #expect(page.output.contains("\n\\fB\(verb.rawValue)\\fR\n")) }
    for option in ArgumentTable.options {
      #expect(page.output.contains("\\fB" + ManualPage.escaped("--\(option.name.rawValue)") + "\\fR"))
    }
    for code in ExitCode.allCases { #expect(page.output.contains(ManualPage.escaped(code.meaning))) }
  }

  @Test(arguments: ArgumentTable.verbs.map(\.name)) func `every verb has a manual page`(_ verb: VerbName)
    throws
  {
    let page = try TrawlProcess.run("man", verb.rawValue)
    #expect(page.output.hasPrefix(".TH \(ManualPage.escaped("TRAWL-\(verb.rawValue.uppercased())")) 1 "))
    for option in ArgumentTable.options(of: verb) {
      #expect(page.output.contains("\\fB" + ManualPage.escaped("--\(option.name.rawValue)") + "\\fR"))
    }
    // No line of text is a request by accident.
    let requests: Set = ["TH", "SH", "SS", "TP", "B", "br", "nf", "fi"]
    for line in page.output.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains(String(line.dropFirst().prefix { $0.isLetter })), "\(line)")
    }
  }

  @Test func `other shells and verbs are refused by name`() throws {
    let shell = try TrawlProcess.run("completions", "tcsh")
    #expect(shell.exitCode == 2 && shell.error.contains("bash, zsh, fish"))
    let none = try TrawlProcess.run("completions")
    #expect(none.exitCode == 2 && none.error.contains("`trawl completions` needs bash, zsh, fish"))
    let verb = try TrawlProcess.run("man", "qury")
    #expect(verb.exitCode == 2 && verb.error.contains("`query`"))
  }
}
