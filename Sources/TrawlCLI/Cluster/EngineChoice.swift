import Engine
import Session

/// Where queries run.
enum EngineChoice: String, Sendable, CaseIterable {
  case local, spark

  static let verbs: Set<VerbName> = [.query, .run]
}

/// What was typed of a Spark cluster.
struct SparkSettings: Sendable {
  var master: String
  var submit: String
  /// `K=V`.
  var settings: [String]
  var isDryRun: Bool
}

extension ParsedArguments {
  /// - Returns: nil for this machine.
  func sparkSettings() throws(UsageError) -> SparkSettings? {
    let engine = value(.engine).flatMap { EngineChoice(rawValue: $0) } ?? .local
    let own: [OptionName] = [.master, .sparkSubmit, .sparkConf, .dryRun]
    switch engine {
    case .local:
      if let option = own.first(where: { !values($0).isEmpty || has($0) }) {
        throw UsageError(
          "conflicting-options", "`--\(option.rawValue)` is for a Spark cluster",
          advice: ["it goes with --engine spark"], verb: verb)
      }
      return nil
    case .spark: break
    }
    // A replay cuts the same rows by time again and again, and the columns of a table are found by reading all its files.
    let alone: [OptionName] = [.replay, .table]
    if let option = alone.first(where: { has($0) || !values($0).isEmpty }) {
      throw UsageError(
        "conflicting-options",
        "`--\(option.rawValue)` wants all rows in one process, and is not there on a cluster",
        advice: ["leave it away, or run on this machine: --engine local"], verb: verb)
    }
    guard let master = value(.master) else {
      throw UsageError(
        "missing-master", "`--engine spark` wants a cluster",
        advice: ["name it: --master local[*], --master spark://HOST:7077, --master yarn"], verb: verb)
    }
    for setting in values(.sparkConf) where !setting.contains("=") {
      throw UsageError(
        "invalid-value", "`--spark-conf` cannot be `\(setting)`", advice: ["it wants K=V"], verb: verb)
    }
    return SparkSettings(
      master: master, submit: value(.sparkSubmit) ?? "spark-submit", settings: values(.sparkConf),
      isDryRun: has(.dryRun))
  }
}

extension WorkspaceConfiguration {
  /// Where queries run, which the console tells of while they do.
  ///
  /// - Parameter spark: nil for this machine.
  mutating func runs(on spark: SparkSettings?, _ console: Console) {
    guard let spark else {
      meter = console.loadMeter()
      return
    }
    cluster = SparkTransport(spark, spark.isDryRun ? nil : console.clusterMeter())
  }
}
