/// The rows of packed events that are left behind conditions.
extension LoadWorker {
  private struct Filling {
    var slot: Int
    var column: Int
    var kind: PackLayout.Kind
    var values: PackedColumn
    /// Where a time is written as text.
    var scratch: PaddedBuffer

    /// The value of the row is a text where the column has another kind.
    func differs(_ form: PackedForm?) -> Bool { form?.texts.contains(column) ?? false }
  }

  /// Hands over the rows as records whose values stand in columns.
  func keep(
    _ rows: [Int], _ states: [Int], of number: Int, forms: PackedColumn, formOf: [PackedForm],
    needsEvent: [Bool], sources: UInt64?, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs,
    _ walk: inout WalkResult
  ) throws(ParquetDamage) {
    var isWanted = [Bool](repeating: false, count: file.metadata.groups[number].rows)
    for row in rows { isWanted[row] = true }
    func column(_ leaf: Int, _ wanted: [Bool]) throws(ParquetDamage) -> PackedColumn {
      try PackedColumn(
        file, group: number, leaf: leaf, codecs,
        isWanted: { $0.contains { $0 < wanted.count && wanted[$0] } },
        isWantedRow: { wanted[$0] })
    }
    var fillings: [Filling] = []
    for (slot, index) in sources == nil ? packed.allFilled : packed.filled {
      fillings.append(
        Filling(
          slot: slot, column: index, kind: packed.layout.columns[index].kind,
          values: try column(packed.leaves[index], isWanted), scratch: PaddedBuffer(capacity: 32)))
    }
    var containers: [(number: Int, column: Int, values: PackedColumn)] = []
    for (container, index) in packed.containers.enumerated() {
      guard let index else { continue }
      let known = fillings.first { $0.column == index }?.values
      let values: PackedColumn
      if let known { values = known } else { values = try column(packed.leaves[index], isWanted) }
      containers.append((container, index, values))
    }
    let named = packed.needsSource ? try column(packed.sourceLeaf, isWanted) : nil
    var needsText = packed.needsEvent
    var isRaw = isWanted
    if !needsText {
      for row in rows {
        let entry = forms.rows[row]
        isRaw[row] = entry != PackedColumn.missing && needsEvent[Int(entry)]
        if isRaw[row] { needsText = true }
      }
    }
    let events = needsText ? try column(packed.eventLeaf, isRaw) : nil
    let nothing = PaddedBuffer(capacity: 8)
    nothing.sealPadding()
    let noText = FieldValue(kind: .object, start: nothing.base, count: 0)
    knownSources = sources
    defer { knownSources = nil }
    for (place, row) in rows.enumerated() {
      if place & 0xFFF == 0xFFF { check() }
      if isStopped { return }
      let entry = forms.rows[row]
      let form = entry == PackedColumn.missing ? nil : formOf[Int(entry)]
      if let named, named.rows[row] != PackedColumn.missing { setFile(named.value(named.rows[row], .string)) }
      var text = noText
      if let events, events.rows[row] != PackedColumn.missing {
        text = events.value(events.rows[row], .object)
      }
      if entry != PackedColumn.missing, needsEvent[Int(entry)] {
        knownSources = nil
        takeEvent(text, &walk)
        knownSources = sources
        continue
      }
      beginRecord()
      scanner.reset()
      state = states[place]
      for filling in fillings { set(filling, row, form) }
      for container in containers {
        let found = container.values.rows[row]
        if found != PackedColumn.missing {
          scanner.setContainer(
            container.number, container.values.value(found, LoadWorker.kind(container.values, found)))
        } else if let form, form.nulls.contains(container.column) {
          scanner.setContainer(container.number, LoadWorker.null)
        }
      }
      switch finish(text) {
      case .kept, .dropped: walk.taken += 1
      case .unrecognised: walk.unrecognised += 1
      }
      for filling in fillings where filling.kind != .time && filling.kind != .bool {
        let found = filling.values.rows[row]
        if found != PackedColumn.missing, !filling.differs(form) {
          filling.values.codes[Int(found)] = codes[filling.slot]
        }
      }
      if isPartlyMalformed, walk.damage == nil {
        walk.damage = WalkResult.Damage(reason: WalkResult.Damage.malformedInside, offset: 0)
      }
    }
  }

  private func takeEvent(_ text: FieldValue, _ walk: inout WalkResult) {
    guard text.count > 0 else {
      reject(reason: "a packed event is missing", offset: 0)
      return
    }
    // A record's bytes are followed by others, which are no part of it.
    let buffer = PaddedBuffer(capacity: text.count)
    buffer.append(text.start, count: text.count)
    buffer.sealPadding()
    switch record(buffer.base, buffer.base + buffer.count) {
    case .taken: walk.taken += 1
    case .partlyTaken:
      walk.taken += 1
      walk.damage =
        walk.damage ?? WalkResult.Damage(reason: WalkResult.Damage.malformedInside, offset: 0)
    case .unrecognised: walk.unrecognised += 1
    case .failed(let failure):
      walk.rejected += 1
      reject(reason: failure.reason, offset: 0)
    }
  }

  private static func word(_ text: StaticString, _ kind: ValueKind) -> FieldValue {
    FieldValue(kind: kind, start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  // Eight bytes behind a value are read.
  static var null: FieldValue { word("null            ", .null).cut(4) }
  static var isTrue: FieldValue { word("true            ", .isTrue).cut(4) }
  static var isFalse: FieldValue { word("false           ", .isFalse).cut(5) }

  static func kind(_ column: PackedColumn, _ entry: UInt32) -> ValueKind {
    switch column.text(entry).first {
    case 0x7B: .object
    case 0x5B: .array
    default: .string
    }
  }

  @inline(__always)
  private func set(_ filling: Filling, _ row: Int, _ form: PackedForm?) {
    switch filling.kind {
    case .text, .json:
      let entry = filling.values.rows[row]
      guard entry != PackedColumn.missing else { break }
      let isText = filling.kind == .text || filling.differs(form)
      let kind = isText ? .string : LoadWorker.kind(filling.values, entry)
      scanner.set(filling.slot, filling.values.value(entry, kind))
      let code = filling.values.codes[Int(entry)]
      if code != PackedColumn.unset, !filling.differs(form) { codes[filling.slot] = code }
      return
    case .bool:
      let word = filling.values.words[row]
      guard word != .min else { break }
      var value = word == 0 ? LoadWorker.isFalse : LoadWorker.isTrue
      if filling.differs(form) { value.kind = .string }
      return scanner.set(filling.slot, value)
    case .time:
      let time = LoadWorker.ticks(filling.values.words[row])
      guard time != .min else { break }
      PackedTime.write(time, to: filling.scratch.base)
      return scanner.set(filling.slot, FieldValue(kind: .string, start: filling.scratch.base, count: 20))
    }
    if let form, form.nulls.contains(filling.column) { scanner.set(filling.slot, LoadWorker.null) }
  }
}

extension FieldValue {
  fileprivate func cut(_ count: Int) -> FieldValue { FieldValue(kind: kind, start: start, count: count) }
}
