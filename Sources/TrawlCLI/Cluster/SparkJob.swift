import Engine

/// What a job took, as the driver program tells it.
struct SparkJob: Hashable, Sendable {
  struct Stage: Hashable, Sendable {
    var tasks: Int
    var seconds: Double
  }

  var name: String
  var stages: [Stage] = []
  var seconds: Double
  /// What went from the tasks of a stage to those of another.
  var movedBytes: Int

  init(name: String, _ done: JSONValue) {
    self.name = name
    seconds = SparkJob.number(done["seconds"])
    movedBytes = Int(SparkJob.number(done["shuffledBytes"]))
    if case .array(let stages)? = done["stages"] {
      self.stages = stages.map {
        Stage(tasks: Int(SparkJob.number($0["tasks"])), seconds: SparkJob.number($0["seconds"]))
      }
    }
  }

  private static func number(_ json: JSONValue?) -> Double {
    switch json {
    case .long(let number)?: Double(number)
    case .real(let number)?: number
    case .null?, .bool?, .string?, .array?, .object?, nil: 0
    }
  }
}
