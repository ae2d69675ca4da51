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
  /// Members whose array holds records where the object itself is none: too common to be looked at before.
  package var pages: [String]
  package var envelopes: [RecordEnvelope]
  /// Flat rows that are written anew as records.
  package var rows: [RowForm]
  package var strangers: [Stranger]
  /// Members that hold the time of a record, by which files are put in order.
  package var timeMembers: [String]
  /// Records that are lines of text.
  package var lines: [LineLayout]

  package init(
    containers: [String] = [], pages: [String] = [], envelopes: [RecordEnvelope] = [], rows: [RowForm] = [],
    strangers: [Stranger] = [], timeMembers: [String] = [], lines: [LineLayout] = []
  ) {
    self.containers = containers
    self.pages = pages
    self.envelopes = envelopes
    self.rows = rows
    self.strangers = strangers
    self.timeMembers = timeMembers
    self.lines = lines
  }

  /// The framing of several sources, each part once.
  package init(of framings: [RecordFraming]) {
    self.init(
      containers: RecordFraming.each(of: framings, \.containers),
      pages: RecordFraming.each(of: framings, \.pages),
      envelopes: RecordFraming.each(of: framings, \.envelopes),
      rows: RecordFraming.each(of: framings, \.rows),
      strangers: RecordFraming.each(of: framings, \.strangers),
      timeMembers: RecordFraming.each(of: framings, \.timeMembers),
      lines: RecordFraming.each(of: framings, \.lines))
  }

  /// Columns of CSV whose cells may be the text of a record: what holds one under a name of its own.
  var textColumns: [String] {
    envelopes.compactMap { envelope in
      envelope.content == .text && envelope.path.count == 1 ? envelope.path[0] : nil
    }
  }

  private static func each<Part: Hashable>(
    of framings: [RecordFraming], _ parts: (RecordFraming) -> [Part]
  ) -> [Part] {
    var seen: Set<Part> = []
    return framings.flatMap(parts).filter { seen.insert($0).inserted }
  }
}
