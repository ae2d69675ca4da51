import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@Suite struct LintTests {
  struct Case: CustomTestStringConvertible {
    var lint: LintRule
    var example: LintRule.Example

    var testDescription: String { "\(lint.slug): \(example.text)" }
  }

  static let triggers = LintCatalog.all.flatMap { lint in lint.triggers.map { Case(lint: lint, example: $0) }
  }
  static let quiet = LintCatalog.all.flatMap { lint in lint.quiet.map { Case(lint: lint, example: $0) } }

  /// The findings of a rule file with some text, compared with logs where it has events.
  static func findings(
    _ example: LintRule.Example, allowing slug: String? = nil
  ) throws -> [Finding] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-lint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = WorkspaceConfiguration()
    configuration.threads = 1
    configuration.view = example.view
    if !example.events.isEmpty {
      let log = folder.appending(path: "log.json")
      try example.events.joined(separator: "\n").write(to: log, atomically: true, encoding: .utf8)
      configuration.logs = [log.path]
    }
    var text = example.text
    if let slug {
      let allowance = "trawl: allow \(slug)"
      switch example.language.comment {
      case .lines(let mark): text += "\n\(mark) \(allowance)"
      case .between(let mark): text += " \(mark)\(allowance)\(mark)"
      }
    }
    let rule = RuleFile.rule(text, language: example.language, path: "rule.\(example.language.name)")
    let check = RuleCheck(Workspace(configuration), comparesLogs: !example.events.isEmpty)
    return try check.check([rule]).entries[0].findings
  }

  @Test(arguments: triggers) func `a lint finds what it is for`(_ item: Case) throws {
    let findings = try Self.findings(item.example)
    #expect(findings.allSatisfy { !$0.isError }, "\(findings.map(\.diagnostic.message))")
    #expect(findings.contains { $0.slug == item.lint.slug }, "\(findings.map(\.slug))")
  }

  @Test(arguments: quiet) func `a lint is silent on what is right`(_ item: Case) throws {
    let findings = try Self.findings(item.example)
    #expect(findings.allSatisfy { !$0.isError }, "\(findings.map(\.diagnostic.message))")
    #expect(!findings.contains { $0.slug == item.lint.slug }, "\(findings.map(\.diagnostic.message))")
  }

  @Test(arguments: triggers) func `a comment in the rule allows a finding`(_ item: Case) throws {
    let findings = try Self.findings(item.example, allowing: item.lint.slug)
    #expect(!findings.contains { $0.slug == item.lint.slug })
    #expect(!findings.contains { $0.slug == LintCatalog.unusedAllow })
  }

  @Test func `an allowance that suppresses nothing is found, and a misspelt one gets the nearest name`()
    throws
  {
    let findings = try Self.findings(
      .init(language: .kql, text: "AWSCloudTrail | take 1 // trawl: allow nevertrue"))
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.slug == "unused-allow")
    #expect(finding.diagnostic.suggestions.map(\.message) == ["the nearest is `never-true`"])
    let span = try #require(finding.diagnostic.primary?.span)
    #expect(finding.source[span] == "nevertrue")
  }

  @Test func `an error cannot be allowed`() throws {
    let text = "AWSCloudTrail | where Nothing == 1 // trawl: allow unknown-column"
    let findings = try Self.findings(.init(language: .kql, text: text))
    #expect(findings.map(\.slug) == ["unknown-column", "unused-allow"])
  }

  @Test func `every lint has both kinds of examples, a reason and a name in order`() {
    let slugs = LintCatalog.all.map(\.slug)
    #expect(slugs == slugs.sorted() && Set(slugs).count == slugs.count)
    for lint in LintCatalog.all {
      #expect(!lint.triggers.isEmpty && !lint.quiet.isEmpty && !lint.why.isEmpty, "\(lint.slug)")
    }
  }

  @Test func `the page of lints is current`() throws {
    let page = ExampleFolders.root.appending(path: "Sources/Rules/Rules.docc/Lints.md")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try LintReference.markdown.write(to: page, atomically: true, encoding: .utf8)
    }
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(text == LintReference.markdown, "RECORD=1 swift test --filter LintTests writes the page")
  }

  @Test func `what the shipped rules are warned of is so`() throws {
    let check = RuleCheck(ExampleFolders.workspace())
    let found = try check.check(ExampleFolders.shippedRules).entries.flatMap(\.findings)
    // The rules are kept as they were published: they count addresses within groups by address.
    let known: Set = ["column-case", "dcount-by-own-key", "text-compared-with-number"]
    #expect(found.allSatisfy { known.contains($0.slug) && !$0.isError }, "\(found.map(\.slug))")
  }

  @Test func `a finding in YAML has the place of the file, also in a quoted text over several lines`() throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-lint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = """
      name: A rule
      search: 'eventName=CreateUser | eval a=''userAgent''
        | where lower(userAgent)="Boto3"
        | stats count by eventName a'
      """
    try text.write(to: folder.appending(path: "a.yml"), atomically: true, encoding: .utf8)
    let rules = RulePack.load([folder.path]).rules
    let finding = try #require(
      try RuleCheck(ExampleFolders.workspace()).check(rules).entries.first?.findings.first)
    let span = try #require(finding.diagnostic.primary?.span)
    #expect(finding.source.position(of: span.lowerBound) == (3, 11))
    #expect(
      DiagnosticRenderer.render(finding.diagnostic, in: finding.source).contains(
        " 3 |   | where lower(userAgent)=\"Boto3\"\n   |           ^^^^^^^^^^^^^^^^^^^^^^^^\n"))
    let allowed = text + "\n# trawl: allow never-true\n"
    try allowed.write(to: folder.appending(path: "a.yml"), atomically: true, encoding: .utf8)
    let again = RulePack.load([folder.path]).rules
    #expect(try RuleCheck(ExampleFolders.workspace()).check(again).entries.first?.findings.isEmpty == true)
  }
}
