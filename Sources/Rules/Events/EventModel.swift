import Engine
import LogSources

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The record that made events begin with: an ordinary one of its log.
enum EventModel {
  /// 2026-03-02T10:20:00Z: a Monday, and far from the ends of an hour.
  static let time: Int64 = 639_080_436_000_000_000
  static let now = Ticks.justPast(time)

  /// - Parameter name: what the records are loaded as: a table, or a source type.
  static func record(of name: String, among sources: [SourceDefinition]) -> JSONValue? {
    if let source = sources.source(loadedAs: name) {
      return JSONValue(parsing: source.exemplar)
    }
    return SourceCatalog.table(name).map(flat)
  }

  /// A row of a table as a workspace exports it.
  private static func flat(_ table: SourceTable) -> JSONValue {
    var members = [JSONValue.Member("Type", .string(table.name))]
    for column in table.columns where column.name == table.timeColumn {
      members.append(JSONValue.Member(column.name, .string(text(of: time))))
    }
    return .object(members)
  }

  /// The record with what follows from what it is about.
  static func completed(_ record: JSONValue, of name: String, among sources: [SourceDefinition]) -> JSONValue
  {
    sources.source(loadedAs: name)?.completed?(record) ?? record
  }

  /// A time as logs have it.
  static func text(of ticks: Int64) -> String {
    let text = Ticks.datetimeText(ticks)
    guard ticks % Ticks.perSecond == 0, let dot = text.firstIndex(of: ".") else { return text }
    return text[..<dot] + "Z"
  }

  /// The same event at a later time and with another identity.
  static func stamped(_ record: JSONValue, seconds: Int, number: Int, of source: SourceDefinition?)
    -> JSONValue
  {
    guard let source else { return record }
    var result = record
    let times = source.table.column(source.table.timeColumn)?.paths ?? []
    for time in times.map({ FieldPath($0) }) {
      guard case .field(let path) = time, seconds != 0, let known = result.value(at: path),
        let later = EventModel.moved(known, seconds: seconds)
      else { continue }
      result = result.setting(later, at: path[...])
    }
    guard let id = source.eventID, case .field(let path) = FieldPath(id),
      case .string(let known)? = result.value(at: path)
    else { return result }
    return result.setting(.string(numbered(known, number)), at: path[...])
  }

  /// A time of a record so many seconds later: a text, or the seconds since 1970.
  private static func moved(_ time: JSONValue, seconds: Int) -> JSONValue? {
    switch time {
    case .string(let text):
      guard case .datetime(let ticks) = ValueConversion.convert(.string(text), to: .datetime) else {
        return nil
      }
      return .string(
        EventModel.text(of: ticks.addingReportingOverflow(Int64(seconds) * Ticks.perSecond).partialValue))
    case .long(let known): return .long(known.addingReportingOverflow(Int64(seconds)).partialValue)
    case .null, .bool, .real, .array, .object: return nil
    }
  }

  /// Members that tell what a record is of.
  static func fixedMembers(of name: String, among sources: [SourceDefinition]) -> Set<String> {
    guard let table = sources.source(loadedAs: name)?.table ?? SourceCatalog.table(name) else { return [] }
    var result: Set<String> = ["Type"]
    for test in table.shapes.first ?? [] {
      switch test {
      case .has(let member), .equals(let member, _): result.insert(member)
      case .excludes: break
      }
    }
    return result
  }

  /// An identifier whose last digits are a number.
  private static func numbered(_ text: String, _ number: Int) -> String {
    let digits = String(number, radix: 16)
    let zeros = String(repeating: "0", count: max(0, 8 - digits.count))
    return text.count > 8 ? String(text.dropLast(8)) + zeros + digits : text
  }
}

extension JSONValue {
  /// What stands at a path of keys and places.
  func value(at path: [FieldPath.Component]) -> JSONValue? {
    var value = self
    for step in path {
      let next: JSONValue? =
        switch step {
        case .key(let key): value[key]
        case .index(let index): value[index]
        case .each: value.firstElement
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }
  /// What is no array counts as its own only element.
  private var firstElement: JSONValue? {
    if case .array(let elements) = self { return elements.first }
    return self
  }
}
