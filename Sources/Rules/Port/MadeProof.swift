import Diagnostics
import Engine
import LogSources
package import Session

/// What a rule and its port do on events that were made for the rule: logs that it fires on, and near misses of its
/// conditions.
package struct MadeProof: Sendable {
  package var made: MadeEvents
  /// Of each log, in their order.
  package var differences: [RuleDifference] = []

  /// Names of the logs on which the two give other rows.
  package var different: [String] {
    zip(made.cases, differences).filter(\.1.isDifferent).map(\.0.name)
  }

  /// Logs on which one of both did not run, which prove nothing, and why.
  package var stops: [(log: String, reason: String)] {
    zip(made.cases, differences).compactMap { made, difference -> (log: String, reason: String)? in
      switch difference.outcome {
      case .compared: nil
      case .refused(_, let failure): (made.name, failure.cause?.message ?? "it does not compile")
      case .notRun(let old, let new):
        (made.name, (old + new).map(\.plainText).uniqued.joined(separator: "; "))
      case .failed(_, let failure): (made.name, failure.message)
      }
    }
  }

  /// Why there are no events to prove it on.
  package var obstacle: String? {
    if made.fires { return nil }
    return made.failure.map { $0.cause?.message ?? "it does not compile" } ?? made.reasons.first
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
  /// - Returns: nil if the rule was not ported.
  /// - Throws: as `events(for:)`, and what stops a run of both.
  package func madeProof(of port: RulePort) throws -> MadeProof? {
    guard let ported = port.ported else { return nil }
    var proof = MadeProof(made: try events(for: port.rule))
    if proof.made.cases.isEmpty { return proof }
    let folder = try ScratchFolder(for: "port")
    let pair = RulePair(old: port.rule, new: ported)
    for (index, made) in proof.made.cases.enumerated() {
      try RunLimits.checkpoint()
      var configuration = configuration
      configuration.lookupOutput = .dropped
      configuration.boundary = nil
      configuration.logs = try made.files(configuration.sources).enumerated().map { place, file in
        try folder.write(file.text, to: "\(index)-\(place).json")
      }
      if let now = made.now { configuration.now = .at(now) }
      let run = try Workspace(configuration).difference(of: [pair], request: DifferenceRequest())
      proof.differences += run.rules.prefix(1)
    }
    // What stopped as the time was over tells nothing of the rules.
    try RunLimits.checkpoint()
    return proof
  }
}
