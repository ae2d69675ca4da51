import Diagnostics
import Engine
import Session
import Synchronization

/// Jobs on a Spark cluster, through a driver program that `spark-submit` starts with the first of them.
///
/// The driver and this process talk in JSON, a line each; rows go through files of a folder of this run.
final class SparkTransport: ClusterTransport {
  private let settings: SparkSettings
  private let session = Mutex<SparkSession?>(nil)
  private let meter: ClusterMeter?
  private let figures = Mutex<[SparkJob]>([])

  /// - Parameter meter: is told how far the jobs are.
  init(_ settings: SparkSettings, _ meter: ClusterMeter? = nil) {
    self.settings = settings
    self.meter = meter
  }

  /// The jobs that have run.
  var jobs: [SparkJob] { figures.withLock { $0 } }

  func slots() throws(ExecutionFailure) -> Int {
    try talk { session throws(ExecutionFailure) in session.slots }
  }

  /// The command that starts the driver program.
  static func command(_ settings: SparkSettings, driver: String, folder: String) -> [String] {
    let quiet = [
      "spark.ui.showConsoleProgress=false", "spark.sql.catalogImplementation=in-memory",
      // A driver without memory would answer nothing but errors.
      "spark.driver.extraJavaOptions=-XX:+ExitOnOutOfMemoryError",
    ]
    let known = Set(settings.settings.compactMap { $0.split(separator: "=").first })
    let own = quiet.filter { setting in !known.contains(setting.prefix { $0 != "=" }) }
    return [settings.submit, "--master", settings.master, "--deploy-mode", "client"]
      + (own + settings.settings).flatMap { ["--conf", $0] } + [driver, folder]
  }

  func files(below paths: [String]) throws(ExecutionFailure) -> FileDiscovery? {
    guard paths.contains(where: { $0.contains("://") }) else { return nil }
    return try talk { session throws(ExecutionFailure) in try session.files(below: paths) }
  }

  func run(_ job: ClusterJob) throws(ExecutionFailure) -> ClusterJob.Outcome {
    let (outcome, job) = try talk { session throws(ExecutionFailure) in try session.run(job) }
    figures.withLock { $0.append(job) }
    return outcome
  }

  private func talk<Answer>(
    _ body: (SparkSession) throws(ExecutionFailure) -> Answer
  ) throws(ExecutionFailure) -> Answer {
    let result = session.withLock { known -> Result<Answer, ExecutionFailure> in
      do throws(ExecutionFailure) {
        let session: SparkSession
        if let known { session = known } else { session = try SparkSession(settings, meter) }
        known = session
        return .success(try body(session))
      } catch {
        known = nil
        return .failure(error)
      }
    }
    return try result.get()
  }

  deinit { session.withLock { $0 = nil } }
}
