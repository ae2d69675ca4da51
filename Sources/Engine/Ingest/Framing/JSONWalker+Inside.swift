/// How deep what is carried may be carried itself.
enum JSONWalkerLimits {
  static let levels = 8
  /// How deep a page may stand in an object.
  static let pages = 3
}

/// What stands inside of objects and texts that are no records themselves.
///
/// ```
///   level 0   {"took":1,"hits":{"hits":[{"_source":{"event":{"original":"{…}"}}}]}}
///   level 1                                        {"event":{"original":"{…}"}}
///   level 2                                                             {…}           the record
/// ```
/// The text of a level is written into a buffer of its own. Which envelope the last object of a level was is tried first
/// for the next.
extension JSONWalker {
  /// Hands over what an object carries that is no record; false if nothing of it is known.
  mutating func open(_ start: Position, _ after: Position) -> Bool {
    guard level < JSONWalkerLimits.levels else { return false }
    let carried = keys.carried(by: start, after)
    if carried.isEmpty { return false }
    for (found, value) in carried.envelopes where found != envelope {
      if unwrap(found, value, start, after) {
        envelope = found
        if !found.carrier.isEmpty { result.carriers.insert(found.carrier) }
        return true
      }
    }
    if carried.hasPage {
      let hadContainers = hasContainers
      hasContainers = true
      if container(start, after, isCarrier: true) != nil { return true }
      hasContainers = hadContainers
    }
    if carried.isTable, table(start, after) != nil { return true }
    if let rows = carried.rows { return row(rows, start, after) }
    return carried.isFrame
  }

  /// The object that could not be read may be a carrier that is cut off: what it holds before counts.
  mutating func cutCarrier(_ start: Position, _ limit: Position) -> Position? {
    guard level == 0, result.taken == 0 || hasContainers else { return nil }
    let hadContainers = hasContainers
    hasContainers = true
    if let after = container(start, limit, isCarrier: true) ?? table(start, limit) { return after }
    hasContainers = hadContainers
    return nil
  }

  /// Hands over a whole record whose envelope is cut off behind it; false if there is none.
  mutating func cutEnvelope(_ start: Position, _ limit: Position) -> Bool {
    guard level == 0, searchesLeft > 0 else { return false }
    let envelopes = keys.carried(by: start, limit).envelopes
    if envelopes.isEmpty { return false }
    searchesLeft -= limit - start
    guard JSONBytes.nestedEnd(start + 1, limit, limit: .max).isUnfinished else { return false }
    let known = result.taken
    for (found, value) in envelopes where unwrap(found, value, start, limit) {
      guard result.taken > known else { return false }
      envelope = found
      if !found.carrier.isEmpty { result.carriers.insert(found.carrier) }
      damage("the object around the record is cut off", limit)
      return true
    }
    return false
  }

  /// Hands over what the envelope holds; nil if there is nothing known inside.
  mutating func unwrapped(
    _ envelope: RecordEnvelope, _ start: Position, _ limit: Position
  ) -> Position? {
    guard case .found(let after) = JSONBytes.nestedEnd(start + 1, limit, limit: .max),
      let inner = envelope.record(in: start, limit), unwrap(envelope, inner, start, after)
    else { return nil }
    return after
  }

  private mutating func unwrap(
    _ envelope: RecordEnvelope, _ value: FieldValue, _ start: Position, _ after: Position
  ) -> Bool {
    if envelope.isPassedOver(start, after) {
      result.unrecognised += 1
      return true
    }
    switch envelope.content {
    case .object, .text:
      if value.kind == .object { return walkInside(value.start, value.start + value.count, at: start) }
      return text(value, at: start)
    case .packed: return packed(value, at: start)
    }
  }

  /// Hands over the records whose text a string is; false for any other value.
  mutating func text(_ value: FieldValue) -> Bool {
    text(value, at: value.start)
  }

  private mutating func text(_ value: FieldValue, at start: Position) -> Bool {
    guard value.kind.isString, level < JSONWalkerLimits.levels else { return false }
    guard let buffer = content(of: value) else {
      guard JSONWalker.beginsObject(value) else { return false }
      reject("inside an envelope: a text has an escape that JSON does not know", start)
      return true
    }
    return walkInside(buffer.base, buffer.base + buffer.count, at: start)
  }

  /// Whether a string with escapes is the text of an object: `{\"`.
  private static func beginsObject(_ value: FieldValue) -> Bool {
    let end = value.start + value.count
    let brace = JSONBytes.skipBlanks(value.start, end)
    guard brace < end, brace.pointee == 0x7B else { return false }
    let quote = JSONBytes.skipBlanks(brace + 1, end)
    return end - quote >= 2 && quote.pointee == 0x5C && quote[1] == 0x22
  }

  /// What the Base64 of an object or of gzip begins with. Tokens of the web do too, and have dots.
  private static func beginsPacked(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ["eyJ", "H4sI"].contains { bytes.starts(with: $0.utf8) } && !bytes.contains(0x2E)
  }

  /// What a string says, in the buffer of this level; nil for any other value.
  private func content(of value: FieldValue) -> PaddedBuffer? {
    guard value.kind.isString, level < JSONWalkerLimits.levels else { return nil }
    let buffer = keys.buffer(level)
    if value.kind == .escapedString {
      guard JSONBytes.unescape(value, into: buffer) else { return nil }
    } else {
      buffer.append(value.start, count: value.count)
    }
    buffer.sealPadding()
    return buffer
  }

  /// Base64, perhaps of gzip.
  private mutating func packed(_ value: FieldValue, at start: Position) -> Bool {
    guard value.kind.isString, level < JSONWalkerLimits.levels else { return false }
    guard let buffer = content(of: value), let bytes = Base64.decode(buffer.bytes), !bytes.isEmpty else {
      guard JSONWalker.beginsPacked(value.bytes) else { return false }
      reject("inside an envelope: its Base64 is damaged", start)
      return true
    }
    buffer.count = 0
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { buffer.append(base, count: $0.count) } }
    buffer.sealPadding()
    guard Gunzip.isGzip(buffer.bytes) else {
      return walkInside(buffer.base, buffer.base + buffer.count, at: start)
    }
    let gunzip = keys.gunzip(level)
    let limit = keys.limits.output(compressed: buffer.count)
    let damaged = limit.told(
      gunzip.decompress(buffer.bytes, limit: limit.bytes), ratio: keys.limits.ratio)
    let output = gunzip.output
    let isKnown = walkInside(output.base, output.base + output.count, at: start)
    if let damaged { damage("inside an envelope: \(damaged.reason)", start) }
    output.shrink(above: 16 << 20)
    return isKnown || damaged != nil
  }

  /// Walks what is carried; false if nothing of it is known.
  mutating func walkInside(_ start: Position, _ limit: Position, at carrier: Position) -> Bool {
    guard level < JSONWalkerLimits.levels else { return false }
    let position = JSONBytes.skipBlanks(start, limit)
    guard position < limit else { return false }
    let known = result.taken + result.rejected
    let unknown = result.unrecognised
    let outside = knownBefore
    knownBefore = known
    let isOutermost = outer == nil
    if isOutermost { outer = carrier }
    envelopes[level] = envelope
    level += 1
    envelope = envelopes[level]
    inside(position, limit)
    envelopes[level] = envelope
    level -= 1
    envelope = envelopes[level]
    knownBefore = outside
    if isOutermost { outer = nil }
    if result.taken + result.rejected > known { return true }
    result.unrecognised = unknown
    return false
  }

  private mutating func inside(_ start: Position, _ limit: Position) {
    var position = start
    switch position.pointee {
    case 0x7B:
      while position < limit, position.pointee == 0x7B, !consumer.isStopped {
        let first = JSONBytes.skipBlanks(position + 1, limit)
        // Some write the text of a record into a text twice.
        if first < limit, first.pointee == 0x5C {
          _ = text(FieldValue(kind: .escapedString, start: position, count: limit - position))
          return
        }
        guard first < limit, first.pointee == 0x22 || first.pointee == 0x7D,
          let after = record(position, limit)
        else { return }
        position = JSONBytes.skipBlanks(after, limit)
        if position < limit, position.pointee == 0x2C { position = JSONBytes.skipBlanks(position + 1, limit) }
      }
    case 0x5B: _ = elements(position + 1, limit)
    case 0x22:
      var failure: ScanFailure?
      if let (value, _) = JSONBytes.value(at: position, limit, &failure) { _ = text(value) }
    default:
      if let start = PrefixedLines.record(from: position, limit) {
        _ = record(start, limit)
      } else if let lines = consumer.lines(
        UnsafeBufferPointer(start: position, count: limit - position), at: offset(position))
      {
        result.taken += lines.taken
        result.unrecognised += lines.unrecognised
        result.rejected += lines.rejected
        if insideKeys.isEmpty { insideKeys = lines.keys }
      }
    }
  }
}
