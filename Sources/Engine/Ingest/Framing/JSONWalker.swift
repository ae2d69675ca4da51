/// Goes through a file's JSON and hands every record to a consumer, whatever stands around the records:
///
/// ```
///   {"Records":[{…},{…}]}            also pretty-printed, and several of them
///   [{…},{…}]                        an array
///   {…}⏎{…}⏎                         one record a line; or several of any layout, one after the other
///   {"Events":[{"CloudTrailEvent":"{…}"}]}      lookup-events: the text is the record
///   {"detail-type":…,"detail":{…}}   EventBridge: the detail is the record
/// ```
///
/// A record that cannot be read is rejected and the walk goes on behind it: at the next line where each record has
/// its own, else behind its closing bracket, else where the next record seems to begin.
struct JSONWalker<Consumer: RecordConsumer> {
  typealias Position = UnsafePointer<UInt8>
  /// Members whose array holds the records.
  private static var containers: [StaticString] { ["Records", "Events"] }

  let consumer: Consumer
  private let base: Position
  private let end: Position
  private var result = WalkResult()
  private var wrapping = RecordWrapping.none
  private var unwrapped = PaddedBuffer(capacity: 0)
  /// `{"firstKey"` of the first record, to find the next one after damage.
  private var opening: [UInt8] = []
  private var firstKeys: [String] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, consumer: Consumer) {
    self.consumer = consumer
    base = bytes.baseAddress ?? Position(PaddedBuffer(capacity: 0).base)
    end = bytes.isEmpty ? base : base + bytes.count
  }

  mutating func walk() -> WalkResult {
    var position = JSONBytes.skipBlanks(base, end)
    if position == end {
      result.skipped = "empty file"
      return result
    }
    if hasRecordPerLine(position) {
      lines(from: position)
    } else {
      while position < end {
        guard let after = topLevel(position) else { break }
        position = JSONBytes.skipBlanks(after, end)
        // Some tools write a comma between objects.
        if position < end, position.pointee == 0x2C { position = JSONBytes.skipBlanks(position + 1, end) }
      }
    }
    nameSkipped()
    return result
  }

  /// Walks a part of a file that is known to have one record a line.
  mutating func walkLines() -> WalkResult {
    lines(from: base)
    nameSkipped()
    return result
  }

  // MARK: - The top level

  /// True if the first line is a whole object and there are more lines, or if the first two lines begin objects.
  private func hasRecordPerLine(_ start: Position) -> Bool {
    guard start.pointee == 0x7B else { return false }
    let firstEnd = JSONBytes.lineEnd(start, end)
    let next = JSONBytes.skipBlanks(firstEnd, end)
    guard next < end else { return false }
    if next.pointee == 0x7B { return JSONBytes.skipBlanks(start + 1, end) < firstEnd }
    guard next.pointee != 0x2C, case .found(let after) = JSONBytes.nestedEnd(start + 1, firstEnd) else {
      return false
    }
    return JSONBytes.skipBlanks(after, firstEnd) == firstEnd
  }

  private mutating func lines(from start: Position) {
    var position = start
    while position < end {
      let lineEnd = JSONBytes.lineEnd(position, end)
      var inLine = JSONBytes.skipBlanks(position, lineEnd)
      while inLine < lineEnd {
        if inLine.pointee == 0x7B {
          guard let after = object(inLine, lineEnd, isAlone: true) else { break }
          inLine = JSONBytes.skipBlanks(after, lineEnd)
        } else {
          reject("the line does not go on as JSON", inLine)
          break
        }
      }
      position = lineEnd + (lineEnd < end ? 1 : 0)
      if lineEnd == end { break }
    }
  }

  /// Reads one value of the top level; nil if there is no going on behind it.
  private mutating func topLevel(_ position: Position) -> Position? {
    switch position.pointee {
    case 0x7B:
      if let after = object(position, end, isAlone: true) { return after }
      return resumption(after: position)
    case 0x5B: return elements(position + 1)
    default:
      var failure: ScanFailure?
      if result.taken + result.unrecognised + result.rejected > 0 {
        damage("text behind the events is no JSON", position)
      } else if let (_, after) = JSONBytes.value(at: position, end, &failure) {
        result.unrecognised += 1
        return after
      } else {
        result.skipped = "not JSON"
      }
      return nil
    }
  }

  /// An object that is a record or that holds records. Nil if it is a record that had to be rejected.
  private mutating func object(_ start: Position, _ limit: Position, isAlone: Bool) -> Position? {
    if isAlone, startsContainer(start, limit) || result.taken + result.rejected == 0 {
      if let after = container(start, limit) { return after }
    }
    return record(start, limit)
  }

  private func startsContainer(_ start: Position, _ limit: Position) -> Bool {
    var failure: ScanFailure?
    guard let (key, _) = JSONBytes.key(at: JSONBytes.skipBlanks(start + 1, limit), limit, &failure) else {
      return false
    }
    return isContainer(key)
  }

  private func isContainer(_ key: FieldValue) -> Bool {
    JSONWalker.containers.contains {
      $0.utf8CodeUnitCount == key.count && JSONBytes.equal(key.start, $0.utf8Start, key.count)
    }
  }

  /// Walks the records inside an object such as `{"Records":[…]}`; nil if it is none of these.
  private mutating func container(_ start: Position, _ limit: Position) -> Position? {
    var position = JSONBytes.skipBlanks(start + 1, limit)
    var isContainer = false
    var failure: ScanFailure?
    while position < limit, position.pointee != 0x7D {
      guard let (key, valueStart) = JSONBytes.key(at: position, limit, &failure) else { break }
      if valueStart < limit, valueStart.pointee == 0x5B, self.isContainer(key) {
        isContainer = true
        guard let after = elements(valueStart + 1, limit) else { return limit }
        position = after
      } else {
        guard let (_, after) = JSONBytes.value(at: valueStart, limit, &failure) else { break }
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

  // MARK: - Records

  private mutating func elements(_ start: Position, _ limit: Position? = nil) -> Position? {
    let limit = limit ?? end
    var position = JSONBytes.skipBlanks(start, limit)
    if position < limit, position.pointee == 0x5D { return position + 1 }
    while position < limit {
      var after: Position?
      if position.pointee == 0x7B {
        after = record(position, limit) ?? resumption(after: position)
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
    guard let (value, after) = JSONBytes.value(at: position, limit, &failure) else {
      if result.taken + result.unrecognised + result.rejected == 0 {
        result.skipped = "not JSON"
      } else {
        reject(failure?.reason ?? "no JSON value here", position)
      }
      return nil
    }
    // An array of lists of records.
    if value.kind == .array { return elements(value.start + 1, after) }
    result.unrecognised += 1
    return after
  }

  /// Hands over one record; nil if it had to be rejected.
  private mutating func record(_ start: Position, _ limit: Position) -> Position? {
    if opening.isEmpty { noteFirst(start, limit) }
    if wrapping != .none, let after = wrapped(wrapping, start, limit) { return after }
    switch consumer.record(start, limit) {
    case .taken(let after):
      result.taken += 1
      return after
    case .partlyTaken(let after):
      result.taken += 1
      damage(WalkResult.Damage.malformedInside, start)
      return after
    case .unrecognised(let after):
      let found = RecordWrapping(of: start, limit)
      if found != .none, found != wrapping, wrapped(found, start, limit) != nil {
        wrapping = found
        return after
      }
      result.unrecognised += 1
      return after
    case .failed(let failure):
      if opening.isEmpty {
        result.skipped = "not JSON"
      } else {
        reject(failure.reason, failure.position)
      }
      return nil
    }
  }

  /// Hands over the record inside an envelope; nil if there is none inside.
  private mutating func wrapped(_ wrapping: RecordWrapping, _ start: Position, _ limit: Position) -> Position?
  {
    guard case .found(let after) = JSONBytes.nestedEnd(start + 1, limit),
      let inner = wrapping.record(in: start, limit)
    else { return nil }
    var recordStart = inner.start
    var recordEnd = inner.start + inner.count
    if inner.kind.isString {
      unwrapped.count = 0
      let text = inner.kind == .escapedString ? JSONText.unescaped(inner.bytes) : nil
      if let text {
        unwrapped.append(Array(text.utf8))
      } else {
        unwrapped.append(inner.start, count: inner.count)
      }
      unwrapped.sealPadding()
      recordStart = JSONBytes.skipBlanks(unwrapped.base, unwrapped.base + unwrapped.count)
      recordEnd = UnsafePointer(unwrapped.base) + unwrapped.count
    }
    guard recordStart < recordEnd, recordStart.pointee == 0x7B else { return nil }
    switch consumer.record(recordStart, recordEnd) {
    case .taken: result.taken += 1
    case .partlyTaken:
      result.taken += 1
      damage(WalkResult.Damage.malformedInside, start)
    case .unrecognised: return nil
    case .failed(let failure): reject("inside an envelope: \(failure.reason)", start)
    }
    return after
  }

  // MARK: - Trouble

  private mutating func reject(_ reason: String, _ position: Position) {
    result.rejected += 1
    let isInside = position >= base && position <= end
    consumer.reject(reason: reason, offset: isInside ? position - base : 0)
  }

  private mutating func damage(_ reason: String, _ position: Position) {
    if result.damage == nil { result.damage = WalkResult.Damage(reason: reason, offset: position - base) }
  }

  /// Where to go on behind a record that could not be read.
  private mutating func resumption(after start: Position) -> Position? {
    guard !opening.isEmpty else { return nil }
    if case .found(let after) = JSONBytes.nestedEnd(start + 1, end, limit: .max) {
      let next = JSONBytes.skipBlanks(after, end)
      if next == end || [0x2C, 0x5D, 0x7B].contains(next.pointee) { return after }
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
      if matched == opening.count { return position }
      position += 1
    }
    return nil
  }

  private mutating func noteFirst(_ start: Position, _ limit: Position) {
    var failure: ScanFailure?
    _ = JSONBytes.forEachMember(of: start, limit, &failure) { key, _ in
      if firstKeys.isEmpty {
        let quoted = UnsafeBufferPointer(start: key.start - 1, count: key.count + 2)
        opening = [0x7B] + quoted
      }
      firstKeys.append(String(decoding: key.bytes, as: UTF8.self))
      return firstKeys.count < 24
    }
  }

  /// Says why a file without events is no log.
  private mutating func nameSkipped() {
    guard result.taken == 0, result.rejected == 0, result.damage == nil, result.skipped == nil else { return }
    if firstKeys.contains("digestS3Bucket") || firstKeys.contains("digestStartTime") {
      result.skipped = "CloudTrail digest file, holds no events"
    } else if firstKeys.isEmpty {
      result.skipped = "JSON without events"
    } else {
      result.keys = firstKeys
      result.skipped = "JSON without events (keys: \(firstKeys.prefix(4).joined(separator: ", ")))"
    }
  }
}
