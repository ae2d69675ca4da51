/// A condition on a column, in flat memory: it is looked at for every row.
private struct PackedFilter {
  var ordinal: Int
  var column: Int
  /// The entry of each row; nil for a column that no event has.
  var rows: UnsafeMutablePointer<UInt32>?
  var values: Unmanaged<PackedColumn>
  var codes: UnsafeMutablePointer<UInt32>?
  var interner: Unmanaged<ValueInterner>

  /// - Precondition: the column lives as long as the filter is used.
  init(
    ordinal: Int, column: Int, rows: UnsafeMutablePointer<UInt32>?, values: Unmanaged<PackedColumn>,
    interner: Unmanaged<ValueInterner>
  ) {
    (self.ordinal, self.column, self.rows, self.values, self.interner) = (
      ordinal, column, rows, values, interner
    )
    codes = values.takeUnretainedValue().codes.baseAddress
  }

  /// The code of an entry. Long values are tested as they stand, once the rest is known.
  func intern(_ place: UInt32) -> UInt32 {
    let column = values.takeUnretainedValue()
    let text = column.value(place, .string)
    let code = text.count <= 256 ? interner.takeUnretainedValue().intern(text) : PackedColumn.long
    column.codes[Int(place)] = code
    return code
  }
}

/// Packed events, read column by column: conditions run over the columns that they name, and what else is wanted is read
/// for the rows that are left.
extension LoadWorker {
  /// A row group at hand.
  private struct Group {
    var number: Int
    var rows: Int
    var forms: PackedColumn
    /// Of each entry of `forms`.
    var formOf: [PackedForm]
    var needsEvent: [Bool]
    /// What every row that is only its columns is recognised as; nil if that differs from row to row.
    var sources: UInt64?
    var times: [Int64]?
  }

  func walkPacked(
    _ file: ParquetFile, _ packed: PackedPlan, groups: Range<Int>, _ outcome: inout ParquetOutcome
  ) {
    let codecs = ParquetCodecs()
    outcome.walk.carriers = ["packed logs"]
    for number in groups where !isStopped {
      do throws(ParquetDamage) {
        let group = try group(number, file, packed, codecs)
        try take(group, file, packed, codecs, &outcome.walk)
      } catch {
        outcome.note(error, at: file.metadata.groups[number].columns.first?.dataPage ?? 0)
      }
      check()
    }
  }

  private func group(
    _ number: Int, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs
  ) throws(ParquetDamage) -> Group {
    let forms = try PackedColumn(
      file, group: number, leaf: packed.formLeaf, codecs, isWanted: { _ in true }, isWantedRow: { _ in true })
    let places = Dictionary(
      packed.layout.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let read = (0..<forms.entryCount).map { entry in
      PackedForm(String(decoding: forms.text(UInt32(entry)), as: UTF8.self), places)
    }
    let asked = Set(
      packed.origins.compactMap { origin -> String? in
        if case .absent(let name) = origin { name } else { nil }
      })
    return Group(
      number: number, rows: file.metadata.groups[number].rows, forms: forms, formOf: read,
      needsEvent: read.map { $0.isRaw || $0.others.contains(where: asked.contains) },
      sources: try certainSources(number, file, packed))
  }

  /// Whether each wanted source certainly has all rows of the group, or none.
  private func certainSources(
    _ group: Int, _ file: ParquetFile, _ packed: PackedPlan
  ) throws(ParquetDamage) -> UInt64? {
    var mask: UInt64 = 0
    for (number, source) in plan.sources.enumerated() where source.requests & active != 0 {
      var isCertain = source.shapes.isEmpty
      var isPossible = isCertain
      for shape in source.shapes {
        var all = true
        var none = false
        // What a value may not begin with was looked at when the event was packed.
        for slot in shape.presence + shape.values.map(\.slot) {
          switch packed.origins[slot] {
          case .column(let column):
            let chunk = try file.chunk(group, packed.leaves[column])
            if chunk.statistics?.nulls != 0 { all = false }
          case .inside: all = false
          case .absent:
            all = false
            if !shape.values.contains(where: { $0.slot == slot && $0.texts.contains([]) }) { none = true }
          }
        }
        if all, shape.values.isEmpty { isCertain = true }
        if !none { isPossible = true }
      }
      if isCertain { mask |= 1 << UInt64(number) } else if isPossible { return nil }
    }
    return mask
  }

  // MARK: - Rows

  private func take(
    _ group: Group, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs,
    _ walk: inout WalkResult
  ) throws(ParquetDamage) {
    var group = group
    if dropsAll(group, file, packed), let sources = group.sources {
      try count(&group, sources, file, packed, codecs, rows: 0..<group.rows)
      walk.taken += group.rows
      return
    }
    let (survivors, states) = try filter(&group, file, packed, codecs)
    if let sources = group.sources, sources != 0, !isStopped, !survivors.isEmpty,
      try keepInBulk(
        survivors, states, of: group.number, forms: group.forms, formOf: group.formOf,
        needsEvent: group.needsEvent, sources: sources, file, packed, codecs)
    {
      try count(&group, sources, file, packed, codecs, rows: 0..<group.rows)
      walk.taken += group.rows
      return
    }
    if survivors.count < group.rows, let sources = group.sources {
      // The others are events that nobody wants.
      var next = 0
      for survivor in survivors + [group.rows] {
        if survivor > next {
          try count(&group, sources, file, packed, codecs, rows: next..<survivor)
          walk.taken += survivor - next
        }
        next = survivor + 1
      }
    }
    if survivors.isEmpty { return }
    try keep(
      survivors, states, of: group.number, forms: group.forms, formOf: group.formOf,
      needsEvent: group.needsEvent, sources: group.sources, file, packed, codecs, &walk)
  }

  /// Whether the bounds of the group leave no row that a request wants.
  private func dropsAll(_ group: Group, _ file: ParquetFile, _ packed: PackedPlan) -> Bool {
    guard usesBounds, group.sources != nil, !group.needsEvent.contains(true) else { return false }
    let nulls = Set(group.formOf.flatMap(\.nulls))
    var slots = packed.origins.makeIterator()
    let statistics = ParquetStatistics(file, plan) { _ in
      switch slots.next() {
      case .column(let column)?:
        nulls.contains(column) ? nil : ParquetFieldOrigin(leaves: [packed.leaves[column]])
      case .inside?, nil: nil
      case .absent?: ParquetFieldOrigin(leaves: [])
      }
    }
    return statistics.dropsGroup(group.number, requests: active)
  }

  private func times(
    _ group: inout Group, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs
  ) throws(ParquetDamage) -> [Int64] {
    if let known = group.times { return known }
    guard let column = packed.layout.timeColumn else { return [] }
    let words = try PackedColumn(
      file, group: group.number, leaf: packed.leaves[column], codecs, isWanted: { _ in true },
      isWantedRow: { _ in true }
    ).words
    group.times = words
    return words
  }

  /// `Int64.min` for what is no time.
  static func ticks(_ micros: Int64) -> Int64 {
    if micros == .min { return .min }
    return ParquetCell.since1970(micros, Ticks.perMicrosecond) ?? .min
  }

  /// Counts events that nobody wants.
  private func count(
    _ group: inout Group, _ sources: UInt64, _ file: ParquetFile, _ packed: PackedPlan,
    _ codecs: ParquetCodecs,
    rows: Range<Int>
  ) throws(ParquetDamage) {
    guard sources != 0, let column = packed.layout.timeColumn else { return noteSkipped(rows.count, sources) }
    if rows.count == group.rows, let known = try file.chunk(group.number, packed.leaves[column]).statistics,
      known.nulls == 0,
      let bounds = ParquetStatistics.times(known, file.schema.leaves[packed.leaves[column]].type),
      bounds.lowerBound / Ticks.perDay == bounds.upperBound / Ticks.perDay
    {
      return noteSkipped(rows.count, sources, bounds)
    }
    let times = try times(&group, file, packed, codecs)
    var bounds: ClosedRange<Int64>?
    var counted = 0
    for row in rows where row < times.count {
      let ticks = LoadWorker.ticks(times[row])
      guard ticks != .min else {
        noteSkipped(1, sources)
        continue
      }
      // Rows are in the order of their times: those of a day are counted together.
      if let known = bounds, known.lowerBound / Ticks.perDay == ticks / Ticks.perDay {
        bounds = min(known.lowerBound, ticks)...max(known.upperBound, ticks)
      } else {
        if let bounds { noteSkipped(counted, sources, bounds) }
        bounds = ticks...ticks
        counted = 0
      }
      counted += 1
    }
    if let bounds { noteSkipped(counted, sources, bounds) }
  }

  /// The rows that a request may want, and the state that the conditions are in there.
  private func filter(
    _ group: inout Group, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs
  ) throws(ParquetDamage) -> (rows: [Int], states: [Int]) {
    guard let sources = group.sources else {
      return (Array(0..<group.rows), [Int](repeating: startState, count: group.rows))
    }
    var taking: UInt64 = 0
    for number in plan.sources.indices where sources & (1 << UInt64(number)) != 0 {
      taking |= plan.sources[number].requests
    }
    taking &= active
    var columns: [PackedColumn] = []
    var filters: [PackedFilter] = []
    for (ordinal, slot) in automaton.slots.enumerated() {
      let areOthersAbsent = automaton.alternatives[ordinal].allSatisfy { other in
        if case .absent = packed.origins[other] { true } else { false }
      }
      guard areOthersAbsent else { continue }
      switch packed.origins[slot] {
      case .column(let column) where packed.layout.columns[column].kind == .text:
        let values = try PackedColumn(
          file, group: group.number, leaf: packed.leaves[column], codecs, isWanted: { _ in true },
          isWantedRow: { _ in true })
        columns.append(values)
        filters.append(
          PackedFilter(
            ordinal: ordinal, column: column, rows: values.rows.baseAddress, values: .passUnretained(values),
            interner: layout.slotInterners[slot]))
      case .column, .inside: continue
      case .absent:
        filters.append(
          PackedFilter(
            ordinal: ordinal, column: -1, rows: nil, values: .passUnretained(group.forms),
            interner: layout.slotInterners[slot]))
      }
    }
    let timed = timeTests(packed)
    let times = timed.isEmpty ? [] : try times(&group, file, packed, codecs)
    var rows: [Int] = []
    var states: [Int] = []
    for row in 0..<group.rows {
      if row & 0xFFFF == 0xFFFF { check() }
      if isStopped { break }
      let entry = group.forms.rows[row]
      let form = entry == PackedColumn.missing ? nil : Int(entry)
      if let form, group.needsEvent[form] {
        rows.append(row)
        states.append(startState)
        continue
      }
      var state = startState
      for filter in filters {
        let place = filter.rows?[row] ?? PackedColumn.missing
        var code: UInt32
        if place == PackedColumn.missing {
          let isNull = form.map { group.formOf[$0].nulls.contains(filter.column) } ?? false
          code = isNull ? ValueInterner.null : ValueInterner.absent
        } else {
          code = filter.codes?[Int(place)] ?? PackedColumn.long
          if code == PackedColumn.unset { code = filter.intern(place) }
          if code == PackedColumn.long { continue }
        }
        state = automaton.step(state, filter.ordinal, code, filter.interner)
        if automaton.requests(state) & taking == 0 { break }
      }
      var wanted = automaton.requests(state) & taking
      if wanted != 0, !timed.isEmpty { wanted = inTime(wanted, state, LoadWorker.ticks(times[row]), timed) }
      if wanted != 0 {
        rows.append(row)
        states.append(state)
      }
    }
    withExtendedLifetime(columns) {}
    return (rows, states)
  }

  /// The requests whose conditions ask for times of events.
  private func timeTests(_ packed: PackedPlan) -> [Int: Set<Int>] {
    var tests: [Int: Set<Int>] = [:]
    guard let time = packed.layout.timeColumn else { return tests }
    for (number, request) in plan.requests.enumerated() where active & (1 << UInt64(number)) != 0 {
      for (place, leaf) in (request.predicate?.leaves ?? []).enumerated() {
        guard case .time = leaf.test, let first = leaf.slots.first, packed.origins[first] == .column(time),
          leaf.slots.dropFirst().allSatisfy({ slot in
            if case .absent = packed.origins[slot] { true } else { false }
          })
        else { continue }
        tests[number, default: []].insert(place)
      }
    }
    return tests
  }

  private func inTime(_ requests: UInt64, _ state: Int, _ ticks: Int64, _ timed: [Int: Set<Int>]) -> UInt64 {
    guard ticks != .min else { return requests }
    var left = requests
    var wanted: UInt64 = 0
    while left != 0 {
      let number = left.trailingZeroBitCount
      left &= left - 1
      guard let leaves = timed[number], let tree = plan.requests[number].predicate else {
        wanted |= 1 << UInt64(number)
        continue
      }
      let certainty = FilterTree.evaluate(automaton.remainder(state, request: number)) { place in
        guard leaves.contains(place), case .time(let range) = tree.leaves[place].test else { return .unknown }
        return range.contains(ticks) ? .isTrue : .isFalse
      }
      if certainty != .isFalse { wanted |= 1 << UInt64(number) }
    }
    return wanted
  }
}
