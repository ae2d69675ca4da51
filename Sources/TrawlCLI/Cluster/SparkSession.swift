import Diagnostics
import Engine
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The driver program while it runs.
// Sendable is unchecked since the transport lets one thread at a time talk to it.
final class SparkSession: @unchecked Sendable {
  private let folder: ScratchFolder
  private let child: ChildProcess
  private let meter: ClusterMeter?
  private var jobs = 0
  private(set) var slots = 1

  /// Seconds that a cluster has to answer.
  private static let patience = 30

  init(_ settings: SparkSettings, _ meter: ClusterMeter?) throws(ExecutionFailure) {
    self.meter = meter
    meter?.begin(nil)
    let driver: String
    do throws(UnreadableInput) {
      folder = try ScratchFolder(for: "spark")
      driver = try folder.write(PackageResources.driver_py, to: "driver.py")
    } catch {
      throw SparkSession.isUnwritten(error)
    }
    let command = SparkTransport.command(settings, driver: driver, folder: folder.path)
    guard let child = ChildProcess(command, errorsTo: folder.path(of: SparkSession.logName)) else {
      let reason = String(cString: strerror(errno))
      throw ExecutionFailure(
        "no-spark-submit", "`\(settings.submit)` cannot be started: \(reason)",
        suggestion:
          "install Spark (it comes with `pip install pyspark`), or name its program: `--spark-submit PATH`")
    }
    self.child = child
    Departure.prepare(
      stop: { [child, folder] in
        meter?.end()
        child.interrupt()
        folder.remove()
        if meter != nil { ProgressLine.clear() }
      }, remove: { [folder] in folder.remove() })
    guard let program = SparkSession.ownPath else {
      throw ExecutionFailure("worker-binary", "the path of this program is not known")
    }
    let hello: JSONValue = .object([
      .init(
        "hello",
        .object([
          .init("version", .long(Int64(Frame.version))), .init("worker", .string(program)),
          .init("patience", .long(Int64(SparkSession.patience))),
        ]))
    ])
    let ready = try ask(hello, "ready")
    if case .long(let number)? = ready["slots"] { slots = max(1, Int(number)) }
  }

  deinit {
    child.end()
    Departure.forget()
  }

  private static let logName = "spark.log"

  private static func isUnwritten(_ input: UnreadableInput) -> ExecutionFailure {
    ExecutionFailure("no-space", "`\(input.path)`: \(input.reason)")
  }

  private static var ownPath: String? {
    guard let path = realpath("/proc/self/exe", nil) else {
      return realpath(CommandLine.arguments[0], nil).map { String(cString: $0) }
    }
    defer { free(path) }
    return String(cString: path)
  }

  // MARK: - Talking

  /// Sends a request and waits for the member of that name in an answer.
  private func ask(_ request: JSONValue, _ name: String) throws(ExecutionFailure) -> JSONValue {
    guard child.send(request.text) else { throw ended() }
    while true {
      try RunLimits.checkpoint()
      let line = child.line(within: 200)
      // Ctrl-C reaches both: what the other says of its end is no news.
      if Departure.isNear { Departure.comes() }
      switch line {
      case .nothingYet: continue
      case .end: throw ended()
      case .text(let line):
        guard let json = JSONValue(parsing: line) else { continue }
        if let answer = json[name] { return answer }
        if let error = json["error"] { throw failure(error) }
        if let progress = json["progress"], case .long(let stage)? = progress["stage"],
          case .long(let done)? = progress["done"], case .long(let all)? = progress["of"]
        {
          meter?.tell(stage: Int(stage), done: Int(done), of: Int(all))
        }
      }
    }
  }

  private func failure(_ error: JSONValue) -> ExecutionFailure {
    func text(_ key: String) -> String? {
      if case .string(let text)? = error[key] { text } else { nil }
    }
    return ExecutionFailure(
      "spark-\(text("id") ?? "failed")", text("message") ?? "the driver program failed",
      suggestion: text("advice").map { Advice($0) })
  }

  /// The driver program is gone; what it said last tells why.
  private func ended() -> ExecutionFailure {
    if Departure.isNear { Departure.comes() }
    let log = (try? InputFile.text(folder.path(of: SparkSession.logName))) ?? ""
    let lines = log.split(separator: "\n").suffix(3).joined(separator: " ")
    return ExecutionFailure(
      "spark-ended", "spark-submit ended before the job did" + (lines.isEmpty ? "" : "; it said: \(lines)"),
      suggestion: "Spark needs Java 17 (`java -version`) and Python 3.9")
  }

  // MARK: - Files

  func files(below paths: [String]) throws(ExecutionFailure) -> FileDiscovery {
    var files: [LogFile] = []
    var unreadable: [(path: String, reason: String)] = []
    for path in paths {
      guard path.contains("://") else {
        let isWhole = path.hasPrefix("/")
        let found = FileDiscovery.files(
          below: [isWhole ? path : "\(FileDiscovery.currentFolder ?? ".")/\(path)"])
        files += found.files
        unreadable += found.unreadable
        continue
      }
      let request = JSONValue.object([.init("list", .object([.init("paths", .array([.string(path)]))]))])
      let listed = try ask(request, "listed")
      if case .array(let entries)? = listed["files"] {
        for case .object(let members) in entries {
          let entry = JSONValue.object(members)
          guard case .string(let path)? = entry["path"], case .long(let size)? = entry["size"] else {
            continue
          }
          files.append(LogFile(path: path, size: Int(size)))
        }
      }
      if case .array(let entries)? = listed["unreadable"] {
        for entry in entries {
          if case .string(let path)? = entry["path"], case .string(let reason)? = entry["reason"] {
            unreadable.append((path, reason))
          }
        }
      }
    }
    return FileDiscovery(known: files, unreadable: unreadable)
  }

  // MARK: - Jobs

  func run(_ job: ClusterJob) throws(ExecutionFailure) -> (outcome: ClusterJob.Outcome, figures: SparkJob) {
    jobs += 1
    meter?.begin(job)
    let resultFile = folder.path(of: "job\(jobs).frames")
    var stages: [JSONValue] = []
    for (number, stage) in job.stages.enumerated() {
      do throws(UnreadableInput) {
        let order = try folder.write(stage.order, to: "job\(jobs).\(number).json")
        stages.append(SparkSession.json(stage, number, order: order))
      } catch {
        throw SparkSession.isUnwritten(error)
      }
    }
    let request = JSONValue.object([
      .init(
        "job",
        .object([
          .init("name", .string("trawl: \(job.name)")),
          .init("results", .array(job.results.map { .long(Int64($0)) })),
          .init("resultFile", .string(resultFile)), .init("stages", .array(stages)),
        ]))
    ])
    let done = try ask(request, "done")
    return (try outcome(resultFile), SparkJob(name: job.name, done))
  }

  private static func json(_ stage: ClusterJob.Stage, _ number: Int, order: String) -> JSONValue {
    var members = [
      JSONValue.Member("id", .long(Int64(number))), JSONValue.Member("order", .string(order)),
    ]
    switch stage.work {
    case .files(let shares):
      let tasks = shares.map { share -> JSONValue in
        let files = share.map { file -> JSONValue in
          .object([
            .init("path", .string(file.path)), .init("size", .long(Int64(file.size))),
            .init("isStreamed", .bool(file.isRemote)),
          ])
        }
        return .object([.init("files", .array(files))])
      }
      members.append(.init("tasks", .array(tasks)))
    case .exchanges(let reads, let buckets):
      members.append(.init("buckets", .long(Int64(buckets))))
      members.append(.init("reads", .array(reads.map { .long(Int64($0)) })))
    }
    return .object(members)
  }

  private func outcome(_ path: String) throws(ExecutionFailure) -> ClusterJob.Outcome {
    let frames: [Frame]
    do {
      frames = try Frame.all(in: InputFile.bytes(path))
    } catch let failure as Frame.Failure {
      throw ExecutionFailure("spark-result", "the rows of the job cannot be read: \(failure.message)")
    } catch {
      throw ExecutionFailure("spark-result", "the rows of the job cannot be read: \(error)")
    }
    unlink(path)
    var outcome = ClusterJob.Outcome()
    for frame in frames {
      switch frame.kind {
      case .block: outcome.blocks.append(frame.block)
      case .report: outcome.reports.append(frame.bytes)
      case .failure: throw SparkSession.failure(of: frame)
      case .order, .task, .file: continue
      }
    }
    return outcome
  }

  private static func failure(of frame: Frame) -> ExecutionFailure {
    do throws(PlanReadingFailure) {
      return try WorkReport.failure(from: frame.text)
    } catch {
      return ExecutionFailure("spark-result", "a task failed, and what it says cannot be read: \(error)")
    }
  }
}
