import Engine
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `trawl worker`: runs one task of a job on a machine of a cluster. Frames come in and go out; nobody types it.
enum WorkerProgram {
  static let name = "worker"
  /// Shown to whoever asks whether the program runs on a machine.
  static let greeting = "trawl worker \(Frame.version)"

  static func run(_ words: [String], console: Console) -> ExitCode {
    if words == ["--version"] {
      console.write("\(greeting)\n")
      return .success
    }
    RunLimits.set(seconds: nil, memory: nil)
    do {
      return try work()
    } catch let failure as Frame.Failure {
      console.printError("error[worker-frames]: \(failure.message)\n")
    } catch {
      console.printError("error[worker]: \(error)\n")
    }
    return .usage
  }

  private struct Trouble: Error, CustomStringConvertible {
    var description: String
  }

  private static func work() throws -> ExitCode {
    guard let order = try Frame.next(readInput), order.kind == .order, let given = try Frame.next(readInput),
      given.kind == .task, let task = WorkTask(json: given.text)
    else { throw Trouble(description: "no work came in") }
    var folder: ScratchFolder?
    var blocks: [FragmentRun.Block] = []
    while let frame = try Frame.next(readInput) {
      switch frame.kind {
      case .block: blocks.append(frame.block)
      case .file:
        guard task.files.indices.contains(Int(frame.ordinal)) else {
          throw Trouble(description: "a file came in that the task does not have")
        }
        let place = try folder ?? ScratchFolder(for: "worker")
        folder = place
        try place.write(frame.bytes, to: task.files[Int(frame.ordinal)].path)
      case .order, .task, .report, .failure:
        throw Trouble(description: "a frame came in that is none of a worker's")
      }
    }
    // Addresses are paths below it, so that files are called what they are called everywhere.
    if let folder, chdir(folder.path) != 0 { throw Trouble(description: "the folder of its files is gone") }
    let outcome = withExtendedLifetime(folder) { task.run(order.text, blocks: blocks) }
    if let failure = outcome.failure {
      try write(Frame(.failure, Array(WorkReport.text(of: failure).utf8)))
      return .success
    }
    for block in outcome.blocks { try write(Frame(block)) }
    try write(Frame(.report, outcome.report))
    return .success
  }

  private static func readInput(_ count: Int) -> [UInt8] {
    // A length that is a lie is not taken at its word.
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(max(1, count), 1 << 20))
    while bytes.count < count {
      let got = read(STDIN_FILENO, &piece, min(piece.count, count - bytes.count))
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      bytes.append(contentsOf: piece[..<got])
    }
    return bytes
  }

  private static func write(_ frame: Frame) throws {
    for part in [frame.header, frame.bytes] {
      guard case .done = part.withUnsafeBytes({ FileDescriptor.output.write($0) }) else {
        throw Trouble(description: "its rows find no reader")
      }
    }
  }
}

extension WorkTask {
  /// `{"task":3,"tasks":8,"files":[{"path":"…","size":9}]}`; nil for anything else.
  init?(json text: String) {
    guard let json = JSONValue(parsing: text), case .long(let task)? = json["task"],
      case .long(let tasks)? = json["tasks"], case .array(let list)? = json["files"]
    else { return nil }
    var files: [LogFile] = []
    for entry in list {
      guard case .string(let path)? = entry["path"], case .long(let size)? = entry["size"] else { return nil }
      files.append(LogFile(path: path, size: Int(size)))
    }
    self.init(task: Int(task), of: Int(tasks), files: files)
  }
}
