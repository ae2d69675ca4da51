import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// What a workspace of Sentinel has beside the tables of the logs: watchlists, saved functions, standard columns.
@Suite struct WorkspaceNamesTests {
  private func rows(
    _ text: String, _ adjust: (inout WorkspaceConfiguration) -> Void = { _ in }
  ) throws -> (rows: [[String]], notes: [String], warnings: [String]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let event =
      #"{"eventVersion":"1.09","eventTime":"2026-03-02T10:00:00Z","eventName":"CreateUser","recipientAccountId":"1111","_ItemId":"i1"}"#
    try event.write(to: folder.appending(path: "events.json"), atomically: true, encoding: .utf8)
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    adjust(&configuration)
    let workspace = Workspace(configuration)
    let query = try workspace.compile(SourceText(name: "q", text: text), language: .kql)
    let outcome = try #require(try workspace.run([query]).outcomes.first)
    let table = try #require(outcome.results.first?.table)
    return (
      (0..<table.rowCount).map { table.row($0).map(\.kqlText) }, outcome.notes.map(\.plainText),
      query.warnings.map(\.id)
    )
  }

  private static let accounts = Table(
    fields: [Field("Account", .string), Field("Owner", .string)],
    rows: [[.string("1111"), .string("ana")], [.string("2222"), .string("bo")]])

  @Test func `a watchlist has its search key and number, and its own columns win`() throws {
    let joined = try rows(
      """
      AWSCloudTrail
      | lookup kind=inner (_GetWatchlist("acc")) on $left.RecipientAccountId == $right.SearchKey
      | project Owner, _DTItemId, isnull(LastUpdatedTimeUTC)
      """
    ) { $0.watchlists["acc"] = Self.accounts }
    #expect(joined.rows == [["ana", "1", "True"]])
    let own = Table(
      fields: [Field("Owner", .string), Field("SearchKey", .string)], rows: [[.string("ana"), .string("k")]])
    let kept = try rows("_GetWatchlist('acc') | project SearchKey, Owner") { $0.watchlists["acc"] = own }
    #expect(kept.rows == [["k", "ana"]])
  }

  @Test func `the parsers' list of exceptions is empty where there is none, with a note`() throws {
    let found = try rows(
      """
      let disabled = _GetWatchlist('ASimDisabledParsers') | where SearchKey in ('Any', 'x') | project SearchKey;
      AWSCloudTrail | where EventName !in (disabled) | project EventName
      """)
    #expect(found.rows == [["CreateUser"]])
    #expect(found.notes.contains { $0.contains("`ASimDisabledParsers`") })
    #expect(throws: QueryFailure.self) { try rows("_GetWatchlist('none') | count") }
  }

  @Test func `a saved function is a body with T, or a lambda`() throws {
    for body in [
      "T | project x = strcat(EventName, '!')", "(T:(*)) { T | project x = strcat(EventName, '!') }",
      "(T:(EventName:string)) { T | project x = strcat(EventName, '!') }",
    ] {
      for text in ["AWSCloudTrail | invoke f()", "f(AWSCloudTrail)"] {
        let found = try rows(text) { $0.functions["f"] = SourceText(name: "f", text: body) }
        #expect(found.rows == [["CreateUser!"]])
      }
    }
    #expect(throws: QueryFailure.self) {
      try rows("AWSCloudTrail | invoke f()") {
        $0.functions["f"] = SourceText(name: "f", text: "() { AWSCloudTrail }")
      }
    }
  }

  @Test func `standard columns are there for a query that names them`() throws {
    let named = try rows(
      "AWSCloudTrail | project _ItemId, _ResourceId, _SubscriptionId, x = _TimeReceived == TimeGenerated")
    #expect(named.rows == [["i1", "", "", "True"]])
    #expect(named.warnings == ["ingestion-time"])
    let plain = try rows("AWSCloudTrail | getschema | count")
    #expect(plain.rows == [["55"]])
    let indicators = try rows(
      "ThreatIntelIndicators | where IsActive and ObservableKey == 'ipv4-addr:value' | summarize count()")
    #expect(indicators.rows == [["0"]])
  }
}
