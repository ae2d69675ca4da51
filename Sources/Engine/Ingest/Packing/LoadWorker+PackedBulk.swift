/// Packed events of which nothing but columns is wanted: the codes of these are stored column by column, without a record
/// in between.
///
/// ```
///   EventName   entries of the rows   3 3 0 5 …        codes of the entries   17 – – 4 …       words of the table   4 4 17 …
/// ```
extension LoadWorker {
  /// What fills a column of a table.
  private struct BulkCell {
    var word: Int
    var slot: Int
    /// The column of the layout, with its values in this row group; nil if no row has one.
    var column: (place: Int, kind: PackLayout.Kind, values: PackedColumn)?
    /// What is stored for no value, and for null.
    var absent: UInt32
    var null: UInt32
  }

  /// Stores the rows of a group if nothing has to be looked at in their events; false if something has.
  func keepInBulk(
    _ rows: [Int], _ states: [Int], of number: Int, forms: PackedColumn, formOf: [PackedForm],
    needsEvent: [Bool], sources: UInt64, _ file: ParquetFile, _ packed: PackedPlan, _ codecs: ParquetCodecs
  ) throws(ParquetDamage) -> Bool {
    guard !plan.opensEarly, !packed.needsEvent, !packed.needsSource,
      packed.containers.allSatisfy({ $0 == nil }),
      let requests = certainRequests(states, sources), let columns = bulkColumns(requests, packed)
    else { return false }
    let usable = formOf.indices.map {
      !needsEvent[$0] && formOf[$0].texts.allSatisfy { !columns.contains($0) }
    }
    for row in rows {
      let entry = forms.rows[row]
      if entry != PackedColumn.missing, !usable[Int(entry)] { return false }
    }
    var isWanted = [Bool](
      repeating: rows.count == file.metadata.groups[number].rows, count: file.metadata.groups[number].rows)
    if isWanted.first == false { for row in rows { isWanted[row] = true } }
    var read: [Int: PackedColumn] = [:]
    for column in columns {
      read[column] = try PackedColumn(
        file, group: number, leaf: packed.leaves[column], codecs,
        isWanted: { $0.contains { $0 < isWanted.count && isWanted[$0] } }, isWantedRow: { isWanted[$0] })
    }
    var left = requests
    while left != 0 {
      let request = left.trailingZeroBitCount
      left &= left - 1
      var picked: [Int] = []
      picked.reserveCapacity(rows.count)
      for (place, row) in rows.enumerated()
      where automaton.requests(states[place]) & (1 << UInt64(request)) != 0 {
        picked.append(row)
      }
      let blocks = self.rows[request]
      let places = blocks.nextRows(picked.count)
      for index in layout.columnRanges[request] {
        store(
          cell(index, packed, read), picked, forms, formOf, blocks, places, layout.columns[index].isDirectTime
        )
      }
    }
    return true
  }

  /// The requests that want some of the rows; nil if that is not certain for all of them yet.
  private func certainRequests(_ states: [Int], _ sources: UInt64) -> UInt64? {
    var taking: UInt64 = 0
    for source in layout.sources.indices where sources & (1 << UInt64(source)) != 0 {
      taking |= layout.sources[source].requests
    }
    taking &= active
    var free: UInt64 = 0
    for (number, request) in plan.requests.enumerated() where taking & (1 << UInt64(number)) != 0 {
      if request.rowLimit != nil { return nil }
      if request.predicate == nil { free |= 1 << UInt64(number) }
    }
    var all: UInt64 = 0
    var last = -1
    for state in states where state != last {
      last = state
      let wanted = automaton.requests(state) & taking
      if wanted & ~(automaton.certainRequests(state) | free) != 0 { return nil }
      all |= wanted
    }
    return all
  }

  /// The columns of the layout that the requests want; nil if one of theirs is something else.
  private func bulkColumns(_ requests: UInt64, _ packed: PackedPlan) -> Set<Int>? {
    var columns: Set<Int> = []
    for number in plan.requests.indices where requests & (1 << UInt64(number)) != 0 {
      for column in plan.requests[number].columns {
        var found: [Int] = []
        for slot in column.slots {
          switch packed.origins[slot] {
          case .column(let place): found.append(place)
          case .inside: return nil
          case .absent: break
          }
        }
        guard found.count < 2, column.fallback != .record else { return nil }
        guard let place = found.first else { continue }
        guard (packed.layout.columns[place].kind == .time) == column.isDirectTime else { return nil }
        columns.insert(place)
      }
    }
    return columns
  }

  private func cell(_ index: Int, _ packed: PackedPlan, _ read: [Int: PackedColumn]) -> BulkCell {
    let column = layout.columns[index]
    let other = column.fallback == .text ? fallbackCodes[column.fallbackPlace] : nil
    var cell = BulkCell(
      word: column.word, slot: 0, column: nil, absent: other ?? ValueInterner.absent,
      null: other ?? ValueInterner.null)
    for place in column.slots {
      let slot = layout.slots[place]
      if case .column(let found) = packed.origins[slot], let values = read[found] {
        cell.slot = slot
        cell.column = (found, packed.layout.columns[found].kind, values)
      }
    }
    return cell
  }

  private func store(
    _ cell: BulkCell, _ rows: [Int], _ forms: PackedColumn, _ formOf: [PackedForm], _ blocks: RowBlocks,
    _ places: Range<Int>, _ isTime: Bool
  ) {
    guard let (column, kind, values) = cell.column else {
      let bits = UInt64(bitPattern: isTime ? .min : Int64(cell.absent))
      blocks.fill(word: cell.word, rows: places) { _ in UInt32(truncatingIfNeeded: bits) }
      if isTime {
        blocks.fill(word: cell.word + 1, rows: places) { _ in UInt32(truncatingIfNeeded: bits &>> 32) }
      }
      return
    }
    if isTime {
      let bits = rows.map { UInt64(bitPattern: LoadWorker.ticks(values.words[$0])) }
      blocks.fill(word: cell.word, rows: places) { UInt32(truncatingIfNeeded: bits[$0]) }
      blocks.fill(word: cell.word + 1, rows: places) { UInt32(truncatingIfNeeded: bits[$0] &>> 32) }
      return
    }
    let isNull = formOf.map { $0.nulls.contains(column) }
    let formRows = forms.rows
    func missing(_ row: Int) -> UInt32 {
      let form = formRows[row]
      return form != PackedColumn.missing && isNull[Int(form)] ? cell.null : cell.absent
    }
    if kind == .bool {
      let codes = [LoadWorker.isFalse, LoadWorker.isTrue].map { code(of: $0, in: cell.slot) }
      let words = values.words
      blocks.fill(word: cell.word, rows: places) { place in
        let word = words[rows[place]]
        return word == .min ? missing(rows[place]) : codes[word == 0 ? 0 : 1]
      }
      return
    }
    let (entries, codes) = (values.rows, values.codes)
    blocks.fill(word: cell.word, rows: places) { place in
      let entry = entries[rows[place]]
      if entry == PackedColumn.missing { return missing(rows[place]) }
      var code = codes[Int(entry)]
      if code == PackedColumn.unset {
        let valueKind = kind == .text ? ValueKind.string : LoadWorker.kind(values, entry)
        code = self.code(of: values.value(entry, valueKind), in: cell.slot)
        codes[Int(entry)] = code
      }
      return code > ValueInterner.null ? code : code == ValueInterner.null ? cell.null : cell.absent
    }
  }
}
