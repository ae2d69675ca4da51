import Engine
import LogSources

/// Records as the files of a log.
enum EventLog {
  /// The records of some roles: each copy a second later than the one before, and each with an identity of its own.
  static func stamped(_ roles: [EventRole], _ sources: [SourceDefinition]) -> [JSONValue] {
    var number = 0
    return roles.flatMap { role -> [JSONValue] in
      let source = sources.source(loadedAs: role.name)
      return role.records.enumerated().map { index, record in
        if index == 0 || !role.isRepeated { number += 1 }
        return EventModel.stamped(record, seconds: index, number: number, of: source)
      }
    }
  }

  /// The text of a file: records in the member that the log's own files have, one a line.
  static func text(_ records: [JSONValue], container: String?) -> String {
    let lines = records.map(\.text)
    guard let container else { return lines.joined(separator: "\n") + "\n" }
    return "{\"\(container)\":[\n" + lines.joined(separator: ",\n") + "\n]}\n"
  }
}
