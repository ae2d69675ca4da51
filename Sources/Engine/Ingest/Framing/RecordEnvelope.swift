/// An envelope around a record: one member of an object holds it, as JSON or as the text of it.
///
/// ```
///   RecordEnvelope(member: "detail", holds: .object)               {"detail":{…}}
///   RecordEnvelope(path: ["event", "original"], holds: .text)      {"event":{"original":"{\"eventVersion\":…}"}}
///   RecordEnvelope(path: ["awslogs", "data"], holds: .packed)      {"awslogs":{"data":"H4sIA…"}}
/// ```
/// What it holds may be an envelope again, a page of records, or lines of text that a log source knows.
package struct RecordEnvelope: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case object
    /// JSON text, or the object itself.
    case text
    /// Base64 of such text, which may be compressed with gzip.
    case packed
  }

  /// Where the content stands.
  package var path: [String]
  package var content: Content
  /// What holds this member with the value true is passed over: it comes again.
  package var passedOver: String?
  /// What carries records in this way, for lists of files.
  package var carrier: String

  package init(member: String, holds content: Content, carrier: String = "") {
    self.init(path: [member], holds: content, carrier: carrier)
  }

  package init(path: [String], holds content: Content, passingOver: String? = nil, carrier: String = "") {
    self.path = path
    self.content = content
    passedOver = passingOver
    self.carrier = carrier
  }

  /// What an object holds at the path; nil if it is no such envelope.
  func record(in start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> FieldValue? {
    guard let first = path.first, let value = JSONBytes.member(first, of: start, end) else { return nil }
    return record(below: value)
  }

  /// The same where the value of the first member is at hand.
  func record(below first: FieldValue) -> FieldValue? {
    var value = first
    for name in path.dropFirst() {
      guard value.kind == .object,
        let next = JSONBytes.member(name, of: value.start, value.start + value.count)
      else { return nil }
      value = next
    }
    switch content {
    case .object: return value.kind == .object ? value : nil
    case .text: return RecordEnvelope.text(value)
    case .packed: return value.kind.isString && value.count > 0 ? value : nil
    }
  }

  /// A text, an object, or the only element of a list, as searches for fields answer.
  private static func text(_ value: FieldValue) -> FieldValue? {
    if value.kind.isString || value.kind == .object { return value }
    guard value.kind == .array else { return nil }
    let end = value.start + value.count
    var failure: ScanFailure?
    let first = JSONBytes.skipBlanks(value.start + 1, end)
    guard first < end, first.pointee == 0x22, let (text, after) = JSONBytes.value(at: first, end, &failure)
    else { return nil }
    let behind = JSONBytes.skipBlanks(after, end)
    return behind < end && behind.pointee == 0x5D ? text : nil
  }

  func isPassedOver(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    passedOver.flatMap { JSONBytes.member($0, of: start, end) }?.kind == .isTrue
  }
}
