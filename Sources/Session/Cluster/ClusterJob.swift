package import Engine

/// Stages of tasks, for whoever schedules them.
package struct ClusterJob: Sendable {
  package struct Stage: Sendable {
    package enum Work: Sendable {
      /// A task for each share of the files.
      case files([[LogFile]])
      /// So many tasks, each with the blocks of its number out of some exchanges of earlier stages.
      case exchanges([Int], buckets: Int)
    }

    /// The text of a `WorkOrder`.
    package var order: String
    package var work: Work
  }

  /// In words, for whoever looks at the cluster.
  package var name: String
  package var stages: [Stage]
  /// Exchanges whose blocks come back.
  package var results: [Int]

  package struct Outcome: Sendable {
    package var blocks: [FragmentRun.Block] = []
    /// One of each task, in the order of the stages and the tasks.
    package var reports: [[UInt8]] = []

    package init(blocks: [FragmentRun.Block] = [], reports: [[UInt8]] = []) {
      self.blocks = blocks
      self.reports = reports
    }
  }
}

/// Runs the tasks of jobs on other machines.
package protocol ClusterTransport: Sendable {
  /// So many tasks run side by side.
  func slots() throws(ExecutionFailure) -> Int
  /// The files below some paths, as the cluster sees them; nil where the paths are of this machine.
  func files(below paths: [String]) throws(ExecutionFailure) -> FileDiscovery?
  func run(_ job: ClusterJob) throws(ExecutionFailure) -> ClusterJob.Outcome
}
