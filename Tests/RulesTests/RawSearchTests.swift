import Diagnostics
import Engine
import Rules
import Session
import Testing

/// Words and phrases of a search drop events while they are loaded, and find what they find in whole texts.
@Suite struct RawSearchTests {
  private static let messages = [
    "AccessDenied", "access denied for bob", "Accessdenied2", "denied", "DENIED: café", "caf\\u00e9",
    "Straße",
    "STRASSE", "K elvin \u{212A}", "a.b-c_d", "two  words", "say \\\"hi\\\" now", "",
  ]

  private static func names(_ search: String, in folder: TrailFolder, isOptimized: Bool) throws -> [String] {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    configuration.isOptimized = isOptimized
    let workspace = Workspace(configuration)
    let text = SourceText(name: "<test>", text: "\(search) | table eventName")
    let outcome = try #require(
      try workspace.run([workspace.resolve(workspace.compile(text, language: .spl))]).outcomes.first)
    let table = try #require(outcome.results.first).table
    return (0..<table.rowCount).map { table.row($0)[0].splText }
  }

  @Test(arguments: [
    ("accessdenied", 1), ("access*", 3), ("*denied*", 5), ("denied café", 1), ("\"denied for\"", 1),
    ("strasse", 1),
    ("straße", 1), ("kelvin", 0), ("b-c", 1), ("\"two  words\"", 1), ("NOT denied", 10),
    ("access* OR straße", 4),
    ("say now", 1), ("nothing", 0),
  ])
  func `a word is found in the events that have it`(search: String, count: Int) throws {
    let folder = try TrailFolder(
      Self.messages.enumerated().map { number, message in
        #"{"eventVersion":"1.09","eventTime":"2024-01-06T03:04:00Z","eventName":"E\#(number)","awsRegion":"r","#
          + #""eventSource":"s","errorMessage":"\#(message)"}"#
      })
    let whole = try Self.names(search, in: folder, isOptimized: false)
    #expect(try Self.names(search, in: folder, isOptimized: true) == whole)
    #expect(whole.count == count, "\(whole)")
  }
}
