import Testing

@testable import Engine

/// Row groups are left out by the bounds of their columns: the rows are those that there are without.
@Suite struct ParquetBoundsTests {
  private static let source = LogSource(
    name: "Events", columns: [], shapes: [[.has("eventSource"), .has("eventName")]], time: ["eventTime"],
    framing: RecordFraming(
      containers: ["Records"], pages: ["results"],
      envelopes: [
        RecordEnvelope(member: "_raw", holds: .text), RecordEnvelope(member: "message", holds: .text),
        RecordEnvelope(member: "detail", holds: .object),
      ],
      rows: [
        RowForm(
          "lake", tests: [[.has("eventname"), .has("eventsource")]],
          columns: [
            RowColumn("eventjson", [], .record), RowColumn("eventtime", ["eventTime"], .time),
            RowColumn("eventname", ["eventName"]), RowColumn("eventsource", ["eventSource"]),
            RowColumn("errorcode", ["errorCode"]), RowColumn("readonly", ["readOnly"], .bool),
            RowColumn("useridentity", ["userIdentity"], .json), RowColumn("arn", ["userIdentity", "arn"]),
          ], nulls: ["-", "none"]),
        RowForm(
          "nested", tests: [[.has("api"), .has("unmapped")]],
          columns: [
            RowColumn("api", ["eventName"]), RowColumn("service", ["eventSource"]),
            RowColumn("time", ["eventTime"], .time), RowColumn("code", ["errorCode"]),
          ], nesting: RowForm.Nesting(marks: [:], rest: "unmapped")),
      ], timeMembers: ["eventTime"]))

  private static let fields: [FieldRequest] = [
    LogColumn("Name", .string, ["eventName"]).request, LogColumn("Code", .string, ["errorCode"]).request,
    LogColumn("Source", .string, ["eventSource"]).request,
    LogColumn("Arn", .string, ["userIdentity.arn"]).request,
    LogColumn("ReadOnly", .string, ["readOnly"]).request,
    LogColumn("TimeText", .string, ["eventTime"]).request,
    LogColumn("Time", .datetime, ["eventTime"]).request,
  ]

  // MARK: - Files

  private static let day: Int64 = 1_772_409_600_000_000
  private typealias Column = (name: String, values: ParquetWriting.Values)

  private static func event(_ name: String, _ code: String, _ time: String) -> String {
    #"{"eventSource":"s","eventName":"\#(name)","errorCode":"\#(code)","eventTime":"\#(time)"}"#
  }

  private static func columns(_ shape: Int, _ rows: Int, _ random: inout SeededGenerator) -> [Column] {
    let base = Int.random(in: 0..<20, using: &random)
    func pick(_ texts: [String?]) -> [String?] {
      let few = (0..<2).map { _ in texts.randomElement(using: &random) ?? nil }
      return (0..<rows).map { _ in few.randomElement(using: &random) ?? nil }
    }
    func time(_ hour: Int) -> String {
      let zone = ["Z", "-09:00", ".5Z", "+02:00"].randomElement(using: &random) ?? "Z"
      return
        "2026-03-\(hour / 24 < 8 ? "0" : "")\(hour / 24 + 2)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00\(zone)"
    }
    func times() -> [String?] {
      (0..<rows).map { _ in
        if Int.random(in: 0..<12, using: &random) == 0 {
          return ["", "never", nil].randomElement(using: &random) ?? nil
        }
        return time(base * 5 + Int.random(in: 0..<5, using: &random))
      }
    }
    func micros() -> [Int64?] {
      (0..<rows).map { _ in
        Int.random(in: 0..<12, using: &random) == 0
          ? nil : day + Int64(base * 5 + Int.random(in: 0..<5, using: &random)) * 3_600_000_000
      }
    }
    let names = ["A", "B", "C", "D", "E"]
    let codes: [String?] = ["", "-", "none", "Denied", "Throttled", nil, nil]
    let bools: [String?] = ["true", "false", "1", "0", nil]
    let isNumber = Bool.random(using: &random)
    let timeValues: ParquetWriting.Values = isNumber ? .times(micros()) : .texts(times())
    let sources: [String?] = Bool.random(using: &random) ? ["s"] : ["s", "t", nil]
    let carried = (0..<rows).map { _ -> String? in
      Bool.random(using: &random)
        ? event(names.randomElement(using: &random) ?? "", "Denied", time(base * 5)) : nil
    }
    var columns: [Column]
    switch shape {
    case 0:
      columns = [
        ("eventName", .texts(pick(names))), ("eventSource", .texts(pick(sources))),
        ("errorCode", .texts(pick(codes))), ("eventTime", timeValues), ("readOnly", .texts(pick(bools))),
      ]
    case 1:
      let suffix = Bool.random(using: &random) ? " [UTC]" : ""
      columns = [
        ("eventname", .texts(pick(names))), ("eventsource", .texts(pick(sources))),
        ("errorcode\(suffix)", .texts(pick(codes))), ("eventtime\(suffix)", timeValues),
        ("readonly", .texts(pick(bools))), ("arn", .texts(pick(["x", "y", nil]))),
      ]
      if Bool.random(using: &random) {
        columns.append(("useridentity", .texts(pick([#"{"arn":"z"}"#, "text", nil]))))
      }
      if Bool.random(using: &random) { columns.append(("eventjson", .texts(carried))) }
    case 2:
      columns = [
        ("_raw", .texts(carried)), ("eventTime", timeValues), ("errorCode", .texts(pick(codes))),
      ]
    case 3:
      columns = [
        ("api", .texts(pick(names))), ("service", .texts(pick(["s"]))), ("time", timeValues),
        ("code", .texts(pick(codes))), ("unmapped", .texts(pick(["x", nil]))),
      ]
    default:
      columns = [
        ("eventName", .texts(pick(names + [nil]))), ("eventSource", .texts(pick(sources))),
        ("errorCode", .texts(pick(codes))), ("eventTime", timeValues),
        ("readOnly", .bools((0..<rows).map { _ in Bool.random(using: &random) })),
        ("message", .texts(carried)),
      ]
    }
    return columns
  }

  // MARK: - Conditions

  private static func predicate(_ random: inout SeededGenerator, depth: Int = 0) -> RecordPredicate {
    let kind = Int.random(in: 0..<(depth < 2 ? 12 : 9), using: &random)
    let hour = Int64.random(in: -10..<110, using: &random) * Ticks.perHour
    let start = Ticks.unixEpoch + day * 10 + hour
    let values: [[String]] = [
      ["A", "B", "C", "D", "E"], ["", "-", "none", "Denied", "Throttled"], ["s", "t"], ["x", "y", "z", ""],
      ["true", "false", "1"], ["2026-03-02T10:00:00Z", "never", ""],
    ]
    switch kind {
    case 0...4:
      let column = Int.random(in: 0..<values.count, using: &random)
      let texts = (0..<2).compactMap { _ in values[column].randomElement(using: &random) }
      return .test(column, .equalsAny(texts, ignoringCase: Bool.random(using: &random)))
    case 5, 6: return .test(6, .time(start...start + 6 * Ticks.perHour))
    case 7: return .test(Int.random(in: 0..<6, using: &random), .isEmpty)
    case 8: return .test(Int.random(in: 0..<6, using: &random), .isNotEmpty)
    case 9: return .not(predicate(&random, depth: depth + 1))
    case 10: return .or([predicate(&random, depth: depth + 1), predicate(&random, depth: depth + 1)])
    default: return .and([predicate(&random, depth: depth + 1), predicate(&random, depth: depth + 1)])
    }
  }

  /// As a query tests a row again.
  private static func holds(_ predicate: RecordPredicate, _ row: [Value]) -> Bool {
    switch predicate {
    case .and(let parts): return parts.allSatisfy { holds($0, row) }
    case .or(let parts): return parts.contains { holds($0, row) }
    case .not(let part): return !holds(part, row)
    case .unknown: return true
    case .test(let column, let test):
      if case .time(let range) = test {
        if case .datetime(let ticks) = row[column] { return range.contains(ticks) }
        return false
      }
      var text = row[column].kqlText
      return text.withUTF8 { test.folded.certainty($0) } == .isTrue
    }
  }

  private static func load(
    _ logs: TemporaryLogs, _ predicate: RecordPredicate, usesBounds: Bool
  ) -> (rows: [String], summary: String) {
    var options = LoadOptions()
    options.usesBounds = usesBounds
    options.threads = 1
    let (table, report) = logs.load(fields, predicate: predicate, options: options, source: source)
    let rows = (0..<table.rowCount).map { row in
      fields.indices.map { table.value(row: row, column: $0) }
    }
    let said =
      "\(report.eventsRead) \(report.otherRecords) \(report.eventsWithoutTime) \(report.damaged) \(report.skipped.map(\.reason)) "
      + "\(report.earliest ?? 0) \(report.latest ?? 0)"
    return (rows.filter { holds(predicate, $0) }.map { "\($0)" }, said)
  }

  /// How many row groups are left out.
  private static func dropped(_ bytes: [UInt8], _ predicate: RecordPredicate) throws -> Int {
    let request = LoadRequest(source: source, fields: fields, predicate: predicate)
    let worker = LoadWorker(LoadPlan([request], others: []))
    _ = worker.begin("a.parquet")
    let buffer = PaddedBuffer(bytes)
    let file = try ParquetFile(ParquetInput(buffer.bytes))
    guard let selection = ParquetSelection(file, worker.plan, worker.framing, takesAll: false) else {
      return 0
    }
    let statistics = ParquetStatistics(file, worker.plan) { selection.origin(of: $0) }
    return file.metadata.groups.indices.count { statistics.dropsGroup($0, requests: worker.active) }
  }

  @Test(arguments: 0..<5)
  func `the rows are the same with bounds and without`(shape: Int) throws {
    var random = SeededGenerator(seed: UInt64(shape) + 11)
    var droppedGroups = 0
    for round in 0..<120 {
      let rows = Int.random(in: 1...4, using: &random)
      var groups = [Self.columns(shape, rows, &random)]
      for _ in 0..<3 {
        // Columns and their types are those of the first group.
        var next = Self.columns(shape, rows, &random)
        while next.map(\.name) != groups[0].map(\.name) || !Self.sameKinds(next, groups[0]) {
          next = Self.columns(shape, rows, &random)
        }
        groups.append(next)
      }
      let bytes = ParquetWriting.file(groups)
      let predicate = Self.predicate(&random)
      let logs = try TemporaryLogs(["a.parquet": bytes])
      let with = Self.load(logs, predicate, usesBounds: true)
      let without = Self.load(logs, predicate, usesBounds: false)
      #expect(with.rows == without.rows, "\(shape) \(round): \(predicate)\n\(groups)")
      #expect(with.summary == without.summary, "\(shape) \(round): \(predicate)\n\(groups)")
      droppedGroups += try Self.dropped(bytes, predicate)
    }
    // Where fields are columns, bounds save work; else they may not.
    #expect(shape < 2 ? droppedGroups > 30 : droppedGroups == 0, "\(droppedGroups)")
  }

  /// Columns whose values are not those of the field, or not in its order; the rows behind the first would be lost.
  private static let traps: [(name: String, columns: [Column], predicate: RecordPredicate, rows: Int)] = {
    func lake(_ name: String, _ values: [String?]) -> [Column] {
      [
        ("eventname", .texts(values.map { _ in "A" })), ("eventsource", .texts(values.map { _ in "s" })),
        ("eventtime", .times(values.map { _ in day })), (name, .texts(values)),
      ]
    }
    func times(_ name: String, _ texts: [String?]) -> [Column] {
      let isLake = name == "eventtime"
      return [
        (isLake ? "eventname" : "eventName", .texts(texts.map { _ in "A" })),
        (isLake ? "eventsource" : "eventSource", .texts(texts.map { _ in "s" })), (name, .texts(texts)),
      ]
    }
    let ten = Ticks.unixEpoch + day * 10 + 10 * Ticks.perHour
    let raw = event("A", "Denied", "2026-03-02T10:00:00Z")
    return [
      (
        "words for no value", lake("errorcode", ["none", "none"]),
        .test(1, .equalsAny([""], ignoringCase: false)), 2
      ),
      ("empty texts", lake("errorcode", ["", "x"]), .test(1, .isEmpty), 1),
      (
        "bools as numbers", lake("readonly", ["1", "1"]), .test(4, .equalsAny(["true"], ignoringCase: false)),
        2
      ),
      (
        "names with a zone", lake("errorcode [UTC]", ["Denied", "Denied"]),
        .test(1, .equalsAny(["Denied"], ignoringCase: false)), 2
      ),
      (
        "times in another form", times("eventtime", ["2026-03-02 10:00:00", "2026-03-02 10:00:00"]),
        .test(5, .equalsAny(["2026-03-02T10:00:00Z"], ignoringCase: false)), 2
      ),
      (
        "times in another zone",
        times("eventTime", ["2026-03-02T01:00:00Z", "2026-03-02T01:30:00-09:00", "2026-03-02T02:00:00Z"]),
        .test(6, .time(ten...ten + Ticks.perHour)), 1
      ),
      (
        "fractions of seconds",
        times("eventTime", ["2026-03-02T01:00:00Z", "2026-03-02T10:00:00.5Z", "2026-03-02T10:00:00Z"]),
        .test(6, .time(ten + 1...ten + Ticks.perHour)), 1
      ),
      (
        "records in a column",
        [("_raw", .texts([raw, raw])), ("eventTime", .times([0, 0])), ("errorCode", .texts(["x", "x"]))],
        .test(1, .equalsAny(["Denied"], ignoringCase: false)), 2
      ),
      (
        "records beside",
        [
          ("eventName", .texts(["B", nil])), ("eventSource", .texts(["s", nil])),
          ("message", .texts([nil, raw])),
          ("eventTime", .times([0, 0])),
        ], .test(0, .equalsAny(["A"], ignoringCase: false)), 1
      ),
    ]
  }()

  @Test(arguments: traps.indices)
  func `no row is lost by bounds that do not tell of it`(number: Int) throws {
    let trap = Self.traps[number]
    let logs = try TemporaryLogs(["a.parquet": ParquetWriting.file([trap.columns])])
    let with = Self.load(logs, trap.predicate, usesBounds: true)
    #expect(with.rows.count == trap.rows, "\(trap.name)")
    #expect(with.summary == Self.load(logs, trap.predicate, usesBounds: false).summary, "\(trap.name)")
  }

  private static func sameKinds(_ left: [Column], _ right: [Column]) -> Bool {
    zip(left, right).allSatisfy { left, right in
      switch (left.values, right.values) {
      case (.texts, .texts), (.times, .times), (.bools, .bools): true
      case (.texts, _), (.times, _), (.bools, _): false
      }
    }
  }
}
