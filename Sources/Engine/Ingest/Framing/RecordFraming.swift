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

  /// What a tool writes around whatever it exports, for whoever takes any object: by what it begins with and what
  /// stands in it then.
  ///
  /// ```
  ///   Answer(beginning: ["took", "hits"], holding: [[.array("hits", "hits")]])        {"took":1,"hits":{"hits":[…]}}
  ///   Answer(beginning: ["tables"], holding: [[.array("tables", "columns")]])          {"tables":[{"columns":[…]}]}
  /// ```
  package struct Answer: Sendable, Hashable {
    /// A value at a path of members; of a list on the way the first element counts.
    package struct Part: Sendable, Hashable {
      var path: [String]
      /// Nil for any.
      var kind: ValueKind?

      package static func object(_ path: String...) -> Part { Part(path: path, kind: .object) }
      package static func array(_ path: String...) -> Part { Part(path: path, kind: .array) }
      package static func truth(_ path: String...) -> Part { Part(path: path, kind: .isTrue) }
      package static func any(_ path: String...) -> Part { Part(path: path) }
    }

    /// One of these is its first member.
    package var beginnings: [String]
    /// All parts of one of these are there.
    package var parts: [[Part]]

    package init(beginning beginnings: [String], holding parts: [[Part]]) {
      self.beginnings = beginnings
      self.parts = parts
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
  package var answers: [Answer]

  package init(
    containers: [String] = [], pages: [String] = [], envelopes: [RecordEnvelope] = [], rows: [RowForm] = [],
    strangers: [Stranger] = [], timeMembers: [String] = [], lines: [LineLayout] = [], answers: [Answer] = []
  ) {
    self.answers = answers
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
      lines: RecordFraming.each(of: framings, \.lines),
      answers: RecordFraming.each(of: framings, \.answers))
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

extension RecordFraming.Answer {
  func fits(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    parts.contains { parts in parts.allSatisfy { $0.isThere(start, end) } }
  }
}

extension RecordFraming.Answer.Part {
  fileprivate func isThere(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    var object = (start: start, end: end)
    var found = ValueKind.object
    for name in path {
      if found == .array { object.start = JSONBytes.skipBlanks(object.start + 1, object.end) }
      guard object.start < object.end, object.start.pointee == 0x7B,
        let value = JSONBytes.member(name, of: object.start, object.end)
      else { return false }
      found = value.kind
      object = (value.start, value.start + value.count)
    }
    return kind == nil || kind == found
  }
}
