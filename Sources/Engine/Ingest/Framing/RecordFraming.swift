/// What may stand around the records of a log in its files. A log source says it as data; a load knows that of all
/// sources, whatever it reads, so that no file is another one for another query.
///
/// ```
///   RecordFraming(containers: ["Records"], envelopes: [RecordEnvelope(member: "detail", holds: .object)])
///   {"Records":[{…},{"detail-type":…,"detail":{…}}]}         two records
/// ```
package struct RecordFraming: Sendable, Hashable {
  /// A file that goes with a log and holds no records, by a member of its first object.
  package struct Stranger: Sendable, Hashable {
    package var member: String
    package var reason: String

    package init(member: String, reason: String) {
      self.member = member
      self.reason = reason
    }
  }

  /// Members whose array holds records.
  package var containers: [String]
  package var envelopes: [RecordEnvelope]
  package var strangers: [Stranger]
  /// Members that hold the time of a record, by which files are put in order.
  package var timeMembers: [String]
  /// Records that are lines of text.
  package var lines: [LineLayout]

  package init(
    containers: [String] = [], envelopes: [RecordEnvelope] = [], strangers: [Stranger] = [],
    timeMembers: [String] = [], lines: [LineLayout] = []
  ) {
    self.containers = containers
    self.envelopes = envelopes
    self.strangers = strangers
    self.timeMembers = timeMembers
    self.lines = lines
  }

  /// The framing of several sources, each part once.
  package init(of framings: [RecordFraming]) {
    self.init(
      containers: RecordFraming.each(of: framings, \.containers),
      envelopes: RecordFraming.each(of: framings, \.envelopes),
      strangers: RecordFraming.each(of: framings, \.strangers),
      timeMembers: RecordFraming.each(of: framings, \.timeMembers),
      lines: RecordFraming.each(of: framings, \.lines))
  }

  private static func each<Part: Hashable>(
    of framings: [RecordFraming], _ parts: (RecordFraming) -> [Part]
  ) -> [Part] {
    var seen: Set<Part> = []
    return framings.flatMap(parts).filter { seen.insert($0).inserted }
  }
}

/// An envelope around a record: one member of an object holds it.
package struct RecordEnvelope: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case object
    /// JSON text, or the object itself.
    case text
  }

  package var member: String
  package var content: Content

  package init(member: String, holds content: Content) {
    self.member = member
    self.content = content
  }

  /// The record inside of an object; nil if it is no such envelope.
  func record(in start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> FieldValue? {
    guard let value = JSONBytes.member(member, of: start, end) else { return nil }
    switch content {
    case .object: return value.kind == .object ? value : nil
    case .text: return value.kind.isString || value.kind == .object ? value : nil
    }
  }
}
