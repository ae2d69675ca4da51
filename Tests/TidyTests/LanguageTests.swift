import Testing

/// What differs between languages is asked of a `Dialect` or of a front end, never of a language's name: a further
/// language must not need a line outside its own module.
@Suite struct LanguageTests {
  /// All that stands behind lowering.
  private static let folders = ["Engine", "Session", "Rules", "Reports", "Trawl", "TrawlCLI"].map {
    "Sources/\($0)"
  }

  private static let decisions = [
    #"\b[lL]anguage\)?\??\s*[=!]=\s*(\.|"|Language)"#,
    #"\bdialect\s*[=!]=\s*\.(kql|spl|own)\b"#,
    #"\bswitch\b.*\b[lL]anguage\b"#,
    #"\bcase \.(kql|spl)\b"#,
    #"\b(title|name)\s*[=!]=\s*"(kql|spl|KQL|SPL)""#,
  ]

  /// A rule that runs by one language's values whatever text it comes from.
  private static let constants = #"\bdialect: \.(kql|spl)\b"#

  private static func lines(of folders: [String], _ pattern: String) throws -> [String] {
    let regex = try Regex(pattern).wordBoundaryKind(.simple)
    return try folders.flatMap { try SourceTree.swiftFiles(below: $0) }.flatMap { file in
      file.lines(matching: regex).map { "\(file):\($0)" }
    }
  }

  @Test(arguments: decisions) func `nothing behind lowering asks which language it is`(_ pattern: String)
    throws
  {
    #expect(try LanguageTests.lines(of: LanguageTests.folders, pattern).isEmpty)
  }

  @Test func `no call behind lowering has the dialect of one language`() throws {
    #expect(try LanguageTests.lines(of: LanguageTests.folders, LanguageTests.constants).isEmpty)
  }

  /// The patterns find what they are for.
  @Test(arguments: [
    "if rule.language == .spl {", "guard language != .kql else {", "switch query.language {", "case .kql:",
    "if language == \"spl\" {", "call.dialect == .kql", "if front.name == \"kql\" {",
  ])
  func `a decision by language is seen`(_ line: String) throws {
    let found = try LanguageTests.decisions.contains {
      try Regex($0).wordBoundaryKind(.simple).firstMatch(in: line) != nil
    }
    #expect(found)
  }

  @Test(arguments: [
    "settings.language != nil", "$0.language == language", "switch dialect.texts {",
    "for language in languages {",
  ])
  func `what decides nothing is left alone`(_ line: String) throws {
    let found = try LanguageTests.decisions.contains {
      try Regex($0).wordBoundaryKind(.simple).firstMatch(in: line) != nil
    }
    #expect(!found)
  }
}
