/// Goes through a file's JSON and hands every record to a consumer, whatever stands around the records:
///
/// ```
///   {"Records":[{…},{…}]}            also pretty-printed, and several of them
///   [{…},{…}]                        an array
///   {…}⏎{…}⏎                         one record a line; or several of any layout, one after the other
///   {"detail-type":…,"detail":{…}}   an envelope: one of its members is the record, or its text
///   2026-06-01T09:00:00Z {…}⏎        a line with text before its record
///   "{…}"⏎["{…}"]                    the text of a record as JSON
/// ```
///
/// Which members hold records, and which objects are envelopes, the consumer says (`RecordFraming`). What is no record
/// itself is looked into (`JSONWalker+Inside`), level by level.
/// Any white space between the parts, and any mix of these one behind the other, is the same file.
/// A record that cannot be read is rejected and the walk goes on behind it: at the next line where each record has
/// its own, else behind its closing bracket, else where the next record seems to begin.
struct JSONWalker<Consumer: RecordConsumer> {
  typealias Position = UnsafePointer<UInt8>

  let consumer: Consumer
  let keys: FramingKeys
  let base: Position
  let end: Position
  var result = WalkResult()
  /// That of the last record that had one, at this level.
  var envelope: RecordEnvelope?
  /// `{"firstKey"` of the first record, to find the next one after damage.
  private var opening: [UInt8] = []
  private var firstKeys: [String] = []
  /// The names of the members of the first object in an envelope that was no record.
  var insideKeys: [String] = []
  /// An object of this file held records behind other members, so that each further one is looked through for them.
  var hasContainers = false
  /// Bytes that may still be looked at to find out where a broken record ends: many of them would each read on to the
  /// end of the file.
  var searchesLeft: Int
  /// How many envelopes are around what is walked.
  var level = 0
  /// The envelopes of the levels outside of this one, and of those inside that were left.
  var envelopes = [RecordEnvelope?](repeating: nil, count: JSONWalkerLimits.levels + 1)
  /// Records that were known before the content of the envelope at hand.
  var knownBefore = 0
  /// Where the outermost envelope stands.
  var outer: Position?
  /// The headers of the tables whose rows come in frames of their own, by their numbers.
  var headers: [[UInt8]: CarriedTable] = [:]
  /// A table of any rows was found.
  var hasTable = false
  /// Unrecognised rows of tables that are not what was asked for.
  var passedOver = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, consumer: Consumer) {
    self.consumer = consumer
    keys = consumer.framing
    base = bytes.baseAddress ?? Position(PaddedBuffer(capacity: 0).base)
    end = bytes.isEmpty ? base : base + bytes.count
    searchesLeft = bytes.count * 8 + (8 << 20)
  }

  mutating func walk() -> WalkResult {
    let position = JSONBytes.skipBlanks(base, end)
    if position == end {
      result.skipped = "empty file"
      return result
    }
    if hasRecordPerLine(position) {
      lines(from: position, isWhole: true)
    } else {
      values(from: position)
    }
    nameSkipped()
    return result
  }

  /// Walks a part of a file that is known to have one record a line.
  mutating func walkLines() -> WalkResult {
    lines(from: base, isWhole: false)
    nameSkipped()
    return result
  }

  /// Walks lines with text before their records.
  mutating func walkPrefixedLines() -> WalkResult {
    var position = base
    while position < end, !consumer.isStopped {
      let lineEnd = JSONBytes.lineEnd(position, end)
      if let start = PrefixedLines.record(from: position, lineEnd) {
        _ = object(start, lineEnd)
      } else if JSONBytes.skipBlanks(position, lineEnd) < lineEnd {
        if JSONBytes.nextBrace(position, lineEnd) < lineEnd || PrefixedLines.isPiece(position, lineEnd) {
          reject("the line does not end with a whole record", position)
        } else {
          result.unrecognised += 1
        }
      }
      position = lineEnd + (lineEnd < end ? 1 : 0)
    }
    nameSkipped()
    return result
  }

  // MARK: - The top level

  private mutating func values(from start: Position) {
    var position = start
    while position < end, !consumer.isStopped {
      guard let after = topLevel(position) else { break }
      position = JSONBytes.skipBlanks(after, end)
      // Some tools write a comma between objects.
      if position < end, position.pointee == 0x2C { position = JSONBytes.skipBlanks(position + 1, end) }
    }
  }

  /// True if the first line is a whole object, or several, and there are more lines; also if it is a broken one.
  private func hasRecordPerLine(_ start: Position) -> Bool {
    guard start.pointee == 0x7B else { return false }
    let firstEnd = JSONBytes.lineEnd(start, end)
    let next = JSONBytes.skipBlanks(firstEnd, end)
    guard next < end, next.pointee != 0x2C else { return false }
    if case .found(let after) = JSONBytes.nestedEnd(start + 1, firstEnd, limit: .max) {
      let rest = JSONBytes.skipBlanks(after, firstEnd)
      return rest == firstEnd || rest.pointee == 0x2C || rest.pointee == 0x7B
    }
    return next.pointee == 0x7B && !goesOn(start, firstEnd)
  }

  /// Whether JSON that reaches over several lines may have a line break here: only behind these can the next line
  /// begin an object or a key.
  private func goesOn(_ start: Position, _ lineEnd: Position) -> Bool {
    var last = lineEnd - 1
    while last > start, JSONBytes.isBlank(last.pointee) { last -= 1 }
    return [0x5B, 0x7B, 0x2C, 0x3A].contains(last.pointee)
  }

  private mutating func lines(from start: Position, isWhole: Bool) {
    var position = start
    while position < end, !consumer.isStopped {
      let lineEnd = JSONBytes.lineEnd(position, end)
      var inLine = JSONBytes.skipBlanks(position, lineEnd)
      while inLine < lineEnd {
        var after: Position?
        switch inLine.pointee {
        case 0x7B, 0x5B:
          // A record over several lines among those of one line.
          if isWhole, goesOn(inLine, lineEnd), JSONBytes.nestedEnd(inLine + 1, lineEnd).isUnfinished {
            values(from: inLine)
            return
          }
          after =
            inLine.pointee == 0x7B ? object(inLine, lineEnd) : elements(inLine + 1, lineEnd)
        default:
          var failure: ScanFailure?
          if let (value, behind) = JSONBytes.value(at: inLine, lineEnd, &failure) {
            if !text(value) { result.unrecognised += 1 }
            after = behind
          } else {
            reject("the line does not go on as JSON", inLine)
          }
        }
        guard let after else { break }
        inLine = JSONBytes.skipBlanks(after, lineEnd)
        if inLine < lineEnd, inLine.pointee == 0x2C { inLine = JSONBytes.skipBlanks(inLine + 1, lineEnd) }
      }
      position = lineEnd + (lineEnd < end ? 1 : 0)
      if lineEnd == end { break }
    }
  }

  /// Reads one value of the top level; nil if there is no going on behind it.
  private mutating func topLevel(_ position: Position) -> Position? {
    switch position.pointee {
    case 0x7B:
      if let after = object(position, end) { return after }
      return resumption(after: position)
    case 0x5B: return elements(position + 1)
    default:
      var failure: ScanFailure?
      let isFirst = result.taken + result.unrecognised + result.rejected == 0
      if isFirst || position.pointee == 0x22,
        let (value, after) = JSONBytes.value(at: position, end, &failure)
      {
        if !text(value) { result.unrecognised += 1 }
        return after
      }
      if isFirst {
        skip("not JSON")
      } else {
        damage("text behind the events is no JSON", position)
      }
      return nil
    }
  }

  /// An object that is a record or that holds records. Nil if it is a record that had to be rejected.
  private mutating func object(_ start: Position, _ limit: Position) -> Position? {
    let looksInside = hasContainers || consumer.takesAll || result.taken + result.rejected == 0
    if looksInside || startsContainer(start, limit), let after = container(start, limit) {
      hasContainers = true
      return after
    }
    return record(start, limit)
  }

  private func startsContainer(_ start: Position, _ limit: Position) -> Bool {
    var failure: ScanFailure?
    guard let (key, _) = JSONBytes.key(at: JSONBytes.skipBlanks(start + 1, limit), limit, &failure) else {
      return false
    }
    return keys.isContainer(key)
  }

  /// Walks the records inside an object such as `{"Records":[…]}`; nil if it is none of these.
  ///
  /// - Parameter isCarrier: it is no record itself, so that pages count too.
  mutating func container(
    _ start: Position, _ limit: Position, isCarrier: Bool = false, depth: Int = 0
  ) -> Position? {
    var position = JSONBytes.skipBlanks(start + 1, limit)
    var isContainer = false
    var failure: ScanFailure?
    while position < limit, position.pointee != 0x7D {
      guard let (key, valueStart) = JSONBytes.key(at: position, limit, &failure) else { break }
      if valueStart < limit, valueStart.pointee == 0x5B,
        isCarrier ? keys.isPage(key) : keys.isContainer(key), holdsRecords(valueStart, limit)
      {
        isContainer = true
        guard let after = elements(valueStart + 1, limit) else { return limit }
        position = after
      } else if isCarrier, valueStart < limit, valueStart.pointee == 0x7B, keys.isPage(key), !isContainer,
        depth < JSONWalkerLimits.pages,
        let after = container(valueStart, limit, isCarrier: true, depth: depth + 1)
      {
        isContainer = true
        position = after
      } else {
        guard let (_, after) = JSONBytes.member(at: valueStart, limit, &failure) else { break }
        position = after
      }
      position = JSONBytes.skipBlanks(position, limit)
      if position < limit, position.pointee == 0x2C { position = JSONBytes.skipBlanks(position + 1, limit) }
    }
    guard isContainer else { return nil }
    guard position < limit, position.pointee == 0x7D else {
      let reason =
        position < limit ? "text behind the records is no JSON" : "the object around the records is cut off"
      damage(reason, position)
      return limit
    }
    return position + 1
  }

  /// Whether an array may hold records: it does not begin with a text or a number.
  private func holdsRecords(_ start: Position, _ limit: Position) -> Bool {
    let first = JSONBytes.skipBlanks(start + 1, limit)
    return first >= limit || [0x7B, 0x5B, 0x5D].contains(first.pointee)
  }

  // MARK: - Records

  mutating func elements(_ start: Position, _ limit: Position? = nil) -> Position? {
    let limit = limit ?? end
    var position = JSONBytes.skipBlanks(start, limit)
    if position < limit, position.pointee == 0x5D { return position + 1 }
    while position < limit, !consumer.isStopped {
      var after: Position?
      if position.pointee == 0x7B {
        after = record(position, limit) ?? (level == 0 ? resumption(after: position) : nil)
      } else {
        after = otherElement(position, limit)
      }
      guard let after else { return nil }
      position = JSONBytes.skipBlanks(after, limit)
      guard position < limit else { break }
      if position.pointee == 0x2C {
        position = JSONBytes.skipBlanks(position + 1, limit)
      } else if position.pointee == 0x5D {
        return position + 1
      } else if position.pointee != 0x7B {
        damage("`,` or `]` was expected after a record", position)
        return nil
      }
    }
    damage("the array of records is cut off", limit)
    return nil
  }

  private mutating func otherElement(_ position: Position, _ limit: Position) -> Position? {
    var failure: ScanFailure?
    guard let (value, after) = JSONBytes.member(at: position, limit, &failure) else {
      // Text that only begins as an array does.
      if level > 0 { return nil }
      if result.taken + result.unrecognised + result.rejected == 0 {
        skip("not JSON")
      } else {
        reject(failure?.reason ?? "no JSON value here", position)
      }
      return nil
    }
    // An array of lists: of records, or of the fields of one.
    if value.kind == .array { return pairs(value) ? after : elements(value.start + 1, after) }
    if !text(value) { result.unrecognised += 1 }
    return after
  }

  /// Hands over one record; nil if it had to be rejected.
  mutating func record(_ start: Position, _ limit: Position) -> Position? {
    if opening.isEmpty { noteFirst(start, limit) }
    if let envelope, let after = unwrapped(envelope, start, limit) { return after }
    switch consumer.record(start, limit) {
    case .taken(let after):
      result.taken += 1
      return after
    case .partlyTaken(let after):
      result.taken += 1
      damage(WalkResult.Damage.malformedInside, start)
      return after
    case .unrecognised(let after):
      if !open(start, after) {
        result.unrecognised += 1
        if level > 0 || hasContainers, insideKeys.isEmpty { insideKeys = names(in: start, after) }
      }
      return after
    case .failed(let failure):
      if let after = cutCarrier(start, limit) { return after }
      if cutEnvelope(start, limit) { return nil }
      if level > 0 {
        reject("inside an envelope: \(failure.reason)", start)
      } else if opening.isEmpty {
        skip("not JSON")
      } else {
        reject(failure.reason, failure.position)
      }
      return nil
    }
  }

  // MARK: - Trouble

  /// The file is no JSON from its beginning.
  private mutating func skip(_ reason: String) {
    result.skipped = reason
    result.isMalformed = true
  }

  mutating func reject(_ reason: String, _ position: Position) {
    result.rejected += 1
    consumer.reject(reason: reason, offset: offset(position))
  }

  mutating func damage(_ reason: String, _ position: Position) {
    // What is carried may be no log at all.
    if level > 0, result.taken + result.rejected == knownBefore { return }
    if result.damage == nil { result.damage = WalkResult.Damage(reason: reason, offset: offset(position)) }
  }

  /// Where in the file: what envelopes hold stands where the outermost does.
  func offset(_ position: Position) -> Int {
    let place = outer ?? position
    return place >= base && place <= end ? place - base : 0
  }

  /// Where to go on behind a record that could not be read.
  private mutating func resumption(after start: Position) -> Position? {
    guard !opening.isEmpty else { return nil }
    switch JSONBytes.nestedEnd(start + 1, end, limit: .max) {
    case .found(let after):
      let next = JSONBytes.skipBlanks(after, end)
      if next == end || [0x2C, 0x5D, 0x7B].contains(next.pointee) { return after }
      searchesLeft -= after - start
    case .unfinished, .tooDeep: searchesLeft -= end - start
    }
    guard searchesLeft > 0 else {
      damage("too many records are broken to look for those behind them", start)
      return nil
    }
    var position = start + 1
    while end - position > opening.count {
      position = JSONBytes.nextBrace(position, end)
      var candidate = JSONBytes.skipBlanks(position + 1, end)
      var matched = 1
      while matched < opening.count, candidate < end, candidate.pointee == opening[matched] {
        candidate += 1
        matched += 1
      }
      if matched == opening.count || isWholeLine(position) { return position }
      position += 1
    }
    return nil
  }

  /// Whether an object begins a line and ends with it.
  private func isWholeLine(_ position: Position) -> Bool {
    guard position > base, (position - 1).pointee == 0x0A else { return false }
    let lineEnd = JSONBytes.lineEnd(position, end)
    guard case .found(let after) = JSONBytes.nestedEnd(position + 1, lineEnd, limit: .max) else {
      return false
    }
    let rest = JSONBytes.skipBlanks(after, lineEnd)
    return rest == lineEnd || rest.pointee == 0x2C
  }

  private mutating func noteFirst(_ start: Position, _ limit: Position) {
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: start, limit, &failure) { key, _ in
      let quoted = UnsafeBufferPointer(start: key.start - 1, count: key.count + 2)
      opening = [0x7B] + quoted
      return false
    }
    firstKeys = names(in: start, limit)
  }

  /// The names of an object's first members.
  func names(in start: Position, _ limit: Position) -> [String] {
    var names: [String] = []
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: start, limit, &failure) { key, _ in
      names.append(String(decoding: key.bytes, as: UTF8.self))
      return names.count < 24
    }
    return names
  }

  /// Says why a file without events is no log.
  mutating func nameSkipped() {
    guard result.taken == 0, result.rejected == 0, result.damage == nil, result.skipped == nil else {
      return
    }
    if let stranger = keys.framing.strangers.first(where: { firstKeys.contains($0.member) }) {
      result.skipped = stranger.reason
    } else if consumer.takesAll, hasTable, result.unrecognised == passedOver {
      result.skipped = "JSON without rows"
      result.isEmptyTable = true
    } else if firstKeys.isEmpty {
      result.skipped = "JSON without events"
      result.isEmptyTable = consumer.takesAll && result.unrecognised == 0
    } else {
      result.keys = insideKeys.isEmpty ? firstKeys : insideKeys
      result.skipped = "JSON without events (keys: \(firstKeys.prefix(4).joined(separator: ", ")))"
    }
  }
}
