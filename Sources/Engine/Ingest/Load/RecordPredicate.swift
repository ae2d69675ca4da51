/// A condition on a record's fields that every wanted record satisfies.
///
/// It only saves work: a record is dropped if the condition is certainly false, and the query tests again what it
/// must. Fields are given by their index in the request.
///
/// ```
///   .or([.test(0, .equalsAny(["ses.amazonaws.com"], ignoringCase: true)), .test(1, .isNotEmpty)])
/// ```
package indirect enum RecordPredicate: Sendable, Hashable {
  case and([RecordPredicate])
  case or([RecordPredicate])
  case not(RecordPredicate)
  case test(Int, FieldTest)
  /// Something that cannot be said here: never certainly false.
  case unknown
}

/// A test of one field's text (absent and null are "").
package enum FieldTest: Sendable, Hashable {
  case equalsAny([String], ignoringCase: Bool)
  case contains(String, ignoringCase: Bool)
  case startsWith(String, ignoringCase: Bool)
  case isEmpty
  case isNotEmpty
  /// The field is a time in this range of ticks. Unreadable times are unknown.
  case time(ClosedRange<Int64>)
}

/// True, false, or not known.
enum Certainty: UInt8 {
  case isFalse, isTrue, unknown

  var inverted: Certainty {
    switch self {
    case .isFalse: .isTrue
    case .isTrue: .isFalse
    case .unknown: .unknown
    }
  }
}

extension FieldTest {
  /// The same test, its texts in small letters where case does not matter.
  ///
  /// A letter such as `ſ` may be the same as one of ASCII but for case: only after folding a text of ASCII certainly
  /// differs from one that has other letters.
  var folded: FieldTest {
    func folded(_ text: String) -> String {
      var text = text
      return String(decoding: text.withUTF8 { SimpleCaseFold.foldedBytes($0) }, as: UTF8.self)
    }
    switch self {
    case .equalsAny(let texts, ignoringCase: true): return .equalsAny(texts.map(folded), ignoringCase: true)
    case .contains(let text, ignoringCase: true): return .contains(folded(text), ignoringCase: true)
    case .startsWith(let text, ignoringCase: true): return .startsWith(folded(text), ignoringCase: true)
    case .equalsAny, .contains, .startsWith, .isEmpty, .isNotEmpty, .time: return self
    }
  }

  /// The test of a value as it stands in a padded buffer.
  func certainty(raw value: FieldValue, nullText: Bool) -> Certainty {
    if nullText, value.kind.isContainer { return certainty(value, nullText: true) }
    if case .contains(let part, let ignoringCase) = self, value.kind != .escapedString, value.kind != .null,
      value.kind != .absent
    {
      var part = part
      let isFound = part.withUTF8 { PaddedSearch.contains(value.bytes, $0, ignoringCase: ignoringCase) }
      if isFound { return .isTrue }
      // Other letters may match in another case, and broken UTF-8 after its repair.
      if !ignoringCase, part.utf8.allSatisfy({ $0 < 0x80 }) { return .isFalse }
      return JSONBytes.isASCII(value.start, value.count) ? .isFalse : .unknown
    }
    return certainty(value, nullText: nullText)
  }

  /// The test of a value; `nullText` says that null is the text `null`, not "", and that objects and arrays are absent.
  func certainty(_ value: FieldValue, nullText: Bool) -> Certainty {
    if nullText, value.kind == .null {
      return Array("null".utf8).withUnsafeBufferPointer { certainty($0) }
    }
    if nullText, value.kind.isContainer { return certainty(UnsafeBufferPointer(start: nil, count: 0)) }
    return ValueText.withText(value) { certainty($0) }
  }

  /// The test of a value's text.
  func certainty(_ text: UnsafeBufferPointer<UInt8>) -> Certainty {
    switch self {
    case .isEmpty: return text.isEmpty ? .isTrue : .isFalse
    case .isNotEmpty: return text.isEmpty ? .isFalse : .isTrue
    case .time(let range):
      guard let ticks = EventTime.ticks(text) else { return .unknown }
      return range.contains(ticks) ? .isTrue : .isFalse
    case .equalsAny(let wanted, let ignoringCase):
      return FieldTest.compare(text, ignoringCase) { folded in
        wanted.contains { $0.utf8.elementsEqual(folded, by: FieldTest.equal(ignoringCase)) }
      }
    case .startsWith(let prefix, let ignoringCase):
      return FieldTest.compare(text, ignoringCase) { folded in
        folded.starts(with: prefix.utf8, by: FieldTest.equal(ignoringCase))
      }
    case .contains(let part, let ignoringCase):
      return FieldTest.compare(text, ignoringCase) { folded in
        FieldTest.contains(folded, Array(part.utf8), FieldTest.equal(ignoringCase))
      }
    }
  }

  /// Case folds only ASCII here; other letters make a miss uncertain.
  private static func compare(
    _ text: UnsafeBufferPointer<UInt8>, _ ignoringCase: Bool, _ matches: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Certainty {
    if matches(text) { return .isTrue }
    return ignoringCase && text.contains { $0 >= 0x80 } ? .unknown : .isFalse
  }

  private static func equal(_ ignoringCase: Bool) -> (UInt8, UInt8) -> Bool {
    guard ignoringCase else { return { $0 == $1 } }
    return { left, right in lowered(left) == lowered(right) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private static func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8], _ equal: (UInt8, UInt8) -> Bool
  ) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count) where equal(text[start], first) {
      if part.indices.allSatisfy({ equal(text[start + $0], part[$0]) }) { return true }
    }
    return false
  }
}
