import Diagnostics
import Engine
import LogSources
package import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a rule and its port do on events that were made for the rule: logs that it fires on, and near misses of its
/// conditions.
package struct MadeProof: Sendable {
  package var made: MadeEvents
  /// Of each log, in their order.
  package var differences: [RuleDifference] = []

  /// Names of the logs on which the two give other rows.
  package var different: [String] {
    zip(made.cases, differences).filter { _, difference in
      guard case .compared = difference.outcome else { return true }
      return difference.isDifferent
    }.map(\.0.name)
  }

  /// Rows that both give.
  package var sameRows: Int {
    differences.reduce(0) { sum, difference in
      guard case .compared(let results) = difference.outcome else { return sum }
      return sum + results.reduce(0) { $0 + $1.sameCount }
    }
  }

  package var events: Int { made.cases.reduce(0) { $0 + $1.count } }

  /// Conditions of which no log is a near miss: nothing shows that the port has them.
  package var undecided: [MadeEvents.Answer] { made.answers.filter { $0.reason != nil } }
}

extension Workspace {
  /// Makes events for a rule that was ported, and runs both over each log of them.
  ///
  /// - Returns: nil if the rule was not ported, or no event is known that it reads.
  package func madeProof(of port: RulePort) -> MadeProof? {
    guard let ported = port.ported else { return nil }
    var proof = MadeProof(made: events(for: port.rule))
    if proof.made.isUnknown || proof.made.failure != nil { return nil }
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-port-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (index, made) in proof.made.cases.enumerated() {
      var configuration = configuration
      configuration.lookupOutput = .dropped
      configuration.boundary = nil
      configuration.logs = []
      if let now = made.now { configuration.now = .at(now) }
      for (place, (source, records)) in made.records.enumerated() {
        let definition = configuration.sources.first { $0.sourcetype == source || $0.table.name == source }
        let text = EventLog.text(records, container: definition?.table.framing.containers.first)
        let file = folder.appending(path: "\(index)-\(place).json")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? Data(text.utf8).write(to: file)
        configuration.logs.append(file.path)
      }
      let pair = RulePair(old: port.rule, new: ported)
      guard
        let run = try? Workspace(configuration).difference(of: [pair], request: DifferenceRequest()),
        let difference = run.rules.first
      else { return nil }
      proof.differences.append(difference)
    }
    return proof
  }
}
