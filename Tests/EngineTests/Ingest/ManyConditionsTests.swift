import Testing

@testable import Engine

/// The conditions of many rules in one load: each record is kept for the rules that may want it, and no other.
@Suite struct ManyConditionsTests {
  private static let names = (0..<60).map { "Call\($0)" }

  private static func log() throws -> TemporaryLogs {
    let events = (0..<600).map { number in
      let arn = #", "userIdentity":{"arn":"arn:user/\#(number % 7)"}"#
      return TemporaryLogs.event(names[number * 7 % 60], extra: number % 11 == 0 ? "" : arn)
    }
    return try TemporaryLogs(text: ["log": events.joined(separator: "\n")])
  }

  @Test func `more names than a step table holds are told apart`() throws {
    let wanted = stride(from: 0, to: 60, by: 2).map { Self.names[$0] }
    let predicate = RecordPredicate.or(wanted.map { .test(1, .equalsAny([$0], ignoringCase: false)) })
    let kept = try Self.log().load(predicate: predicate).table.texts("EventName")
    let all = try Self.log().load().table.texts("EventName")
    #expect(kept == all.filter { wanted.contains($0) })
    #expect(kept.count == 300)
  }

  @Test func `what a name leaves open is decided by the rest of its own condition`() throws {
    let predicate = RecordPredicate.or(
      Self.names.indices.map { index in
        .and([
          .test(1, .equalsAny([Self.names[index].uppercased()], ignoringCase: true)),
          .or([
            .test(3, .contains("user/\(index % 7)", ignoringCase: false)),
            .and([.test(3, .isEmpty), .not(.test(1, .startsWith("Call1", ignoringCase: false)))]),
          ]),
        ])
      })
    let (table, report) = try Self.log().load(predicate: predicate)
    let all = try Self.log().load().table
    let expected = zip(all.texts("EventName"), all.texts("UserIdentityArn")).filter { name, arn in
      let number = Int(name.dropFirst(4)) ?? 0
      return arn.contains("user/\(number % 7)") || (arn.isEmpty && !name.hasPrefix("Call1"))
    }
    #expect(table.texts("EventName") == expected.map(\.0))
    #expect(table.texts("UserIdentityArn") == expected.map(\.1))
    #expect(expected.count > 60 && report.eventsRead == 600)
  }

  @Test func `a column with one text for all records decides with the others`() throws {
    let kind = FieldRequest(name: "kind", paths: [.constant("trail")], form: .text, type: .string)
    let fields = TemporaryLogs.fields + [kind]
    for (text, count) in [("trail", 10), ("other", 0)] {
      let predicate = RecordPredicate.and([
        .test(5, .equalsAny([text], ignoringCase: false)),
        .test(1, .equalsAny(["Call7"], ignoringCase: false)),
      ])
      let table = try Self.log().load(fields, predicate: predicate).table
      #expect(table.texts("EventName") == [String](repeating: "Call7", count: count))
      #expect(table.texts("kind") == [String](repeating: "trail", count: count))
    }
  }
}
