/// How values of a type stand in a written plan: how they are written and read back, described in one place.
///
/// ```
///   extension Limit: PlanCodable {
///     static let form = PlanForm.record(
///       Limit.init(input:count:origin:),
///       Member("input", \.input), Member("count", \.count), Member("origin", \.origin))
///   }
///   {"input":…,"count":10,"origin":{"label":"take 10"}}
/// ```
package struct PlanForm<Whole>: Sendable {
  let write: @Sendable (Whole, PlanWriter) -> JSONValue
  let read: @Sendable (JSONValue, PlanReader) throws(PlanReadingFailure) -> Whole
}

/// Can stand in a written plan.
package protocol PlanCodable: SendableMetatype {
  static var form: PlanForm<Self> { get }
  /// What it is where it is not written; nil for what must be.
  static var absent: Self? { get }
  /// It need not be written.
  var isAbsent: Bool { get }
}

extension PlanCodable {
  package static var absent: Self? { nil }
  package var isAbsent: Bool { false }
}

/// A part of a record, under its name.
package struct Member<Whole, Part: PlanCodable>: Sendable {
  let name: String
  private let part: @Sendable (Whole) -> Part

  package init(_ name: String, _ part: @escaping @Sendable (Whole) -> Part) {
    self.name = name
    self.part = part
  }

  fileprivate func write(_ whole: Whole, to members: inout [JSONValue.Member], _ writer: PlanWriter) {
    let part = part(whole)
    if !part.isAbsent { members.append(JSONValue.Member(name, Part.form.write(part, writer))) }
  }

  fileprivate func read(
    _ members: inout RecordMembers, _ reader: PlanReader
  ) throws(PlanReadingFailure) -> Part {
    guard let json = members.take(name) else {
      if let absent = Part.absent { return absent }
      throw reader.failure("`\(name)` is missing")
    }
    return try reader.within(name) { () throws(PlanReadingFailure) in try Part.form.read(json, reader) }
  }
}

/// The members of an object, taken one by one.
private struct RecordMembers {
  private var left: [JSONValue.Member]

  init(_ json: JSONValue, _ reader: PlanReader) throws(PlanReadingFailure) {
    guard case .object(let members) = json else { throw reader.failure("this is no object") }
    left = members
  }

  mutating func take(_ name: String) -> JSONValue? {
    guard let index = left.firstIndex(where: { $0.key == name }) else { return nil }
    return left.remove(at: index).value
  }

  /// What nobody asked for would be lost.
  func finish(_ reader: PlanReader) throws(PlanReadingFailure) {
    if let member = left.first { throw reader.failure("`\(member.key)` is not known here") }
  }
}

extension PlanForm {
  /// An object with a member for each part, in this order.
  package static func record<each Part: PlanCodable>(
    _ make: @escaping @Sendable (repeat each Part) -> Whole, _ members: repeat Member<Whole, each Part>
  ) -> PlanForm<Whole> {
    let all = (repeat each members)
    return PlanForm(
      write: { whole, writer in
        var object: [JSONValue.Member] = []
        repeat (each all).write(whole, to: &object, writer)
        return .object(object)
      },
      read: { (json, reader) throws(PlanReadingFailure) in
        var object = try RecordMembers(json, reader)
        let parts = (repeat try (each all).read(&object, reader))
        try object.finish(reader)
        return make(repeat each parts)
      })
  }

  /// The form of another type, into which values of this one go and from which they come; nil for what is none.
  package static func by<Other: PlanCodable>(
    _ other: @escaping @Sendable (Whole) -> Other, _ what: String,
    _ make: @escaping @Sendable (Other) -> Whole?
  ) -> PlanForm<Whole> {
    PlanForm(
      write: { whole, writer in Other.form.write(other(whole), writer) },
      read: { (json, reader) throws(PlanReadingFailure) in
        guard let whole = make(try Other.form.read(json, reader)) else {
          throw reader.failure("`\(json.text.prefix(80))` is no \(what)")
        }
        return whole
      })
  }

  /// An object with one member, which says which of some cases it is: `{"filter":…}`.
  ///
  /// - Precondition: there is a case for every value.
  package static func choice(_ what: String, _ cases: [PlanCase<Whole>]) -> PlanForm<Whole> {
    let byName = Dictionary(cases.map { ($0.name, $0) }) { first, _ in first }
    return PlanForm(
      write: { whole, writer in
        for option in cases {
          if let payload = option.write(whole, writer) {
            return .object([JSONValue.Member(option.name, payload)])
          }
        }
        preconditionFailure("plan invariant: every \(what) can be written")
      },
      read: { (json, reader) throws(PlanReadingFailure) in
        guard case .object(let members) = json, members.count == 1, let member = members.first else {
          throw reader.failure("this is no \(what)")
        }
        guard let option = byName[member.key] else {
          throw reader.failure("`\(member.key)` is no \(what) of this version")
        }
        return try reader.within(member.key) { () throws(PlanReadingFailure) in
          try option.read(member.value, reader)
        }
      })
  }
}

/// A case of a choice, and what it holds.
package struct PlanCase<Whole>: Sendable {
  let name: String
  fileprivate let write: @Sendable (Whole, PlanWriter) -> JSONValue?
  fileprivate let read: @Sendable (JSONValue, PlanReader) throws(PlanReadingFailure) -> Whole

  /// - Parameter payload: nil for another case.
  package init<Payload: PlanCodable>(
    _ name: String, _ payload: @escaping @Sendable (Whole) -> Payload?,
    _ make: @escaping @Sendable (Payload) -> Whole
  ) {
    self.name = name
    write = { whole, writer in payload(whole).map { Payload.form.write($0, writer) } }
    read = { (json, reader) throws(PlanReadingFailure) in make(try Payload.form.read(json, reader)) }
  }
}
