#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The outcome of one file.
struct FileOutcome {
  var file: Int
  var part = 0
  /// Known of the first part.
  var rank = FileRank.last
  var summary = FileSummary()
  var walk = WalkResult()
  var unreadable: ReadFailure?
  var gzipDamage: GzipDamage?
  var storedBytes = 0
  var bytes = 0

  /// Adds what a later part of the same file gave.
  mutating func add(_ later: FileOutcome) {
    unreadable = unreadable ?? later.unreadable
    storedBytes += later.storedBytes
    bytes += later.bytes
    summary.add(later.summary)
    if later.walk.skipped == nil || walk.skipped == nil { walk.skipped = nil }
    walk.damage = walk.damage ?? later.walk.damage
    walk.taken += later.walk.taken
    walk.unrecognised += later.walk.unrecognised
    walk.rejected += later.walk.rejected
  }
}

/// Reads, inflates and walks files, with buffers that are reused from file to file.
final class FileLoader {
  private static let keptCapacity = 64 << 20

  let worker: LoadWorker
  private let options: LoadOptions
  private let stored = PaddedBuffer(capacity: 1 << 20)
  private let gunzip = Gunzip(output: PaddedBuffer(capacity: 1 << 22))
  private(set) var timings = LoadReport.Timings()

  init(_ plan: LoadPlan, _ options: LoadOptions) {
    worker = LoadWorker(plan)
    self.options = options
  }

  /// Reads a file or a part of it to its end, whatever is in it.
  func load(_ path: String, _ part: FilePart) -> FileOutcome {
    var outcome = FileOutcome(file: part.file, part: part.number)
    guard worker.begin(path) else { return outcome }
    let start = FileLoader.now()
    var skipped = 0
    if let range = part.range {
      (outcome.unreadable, skipped) = FileReading.loadLines(
        path, range, into: stored, maximum: options.maximumFileBytes)
    } else {
      outcome.unreadable = FileReading.load(path, into: stored, maximum: options.maximumFileBytes)
    }
    let afterRead = FileLoader.now()
    timings.read += afterRead - start
    let encodedBefore = worker.encodeSeconds
    guard outcome.unreadable == nil else { return outcome }
    if let range = part.range {
      outcome.storedBytes = range.count
      outcome.bytes = range.count
      let lines = UnsafeBufferPointer(rebasing: stored.bytes[skipped...])
      if range.lowerBound == 0 { outcome.rank = FileRank(lines, worker.framing) }
      var walker = JSONWalker(lines, consumer: worker)
      outcome.walk = walker.walkLines()
      let before = max(0, range.lowerBound - 1) + skipped
      worker.moveRejected(by: before)
      outcome.walk.damage?.offset += before
      worker.end()
      outcome.summary = worker.summary
      noteScan(FileLoader.now() - afterRead, encodedBefore)
      return outcome
    }
    outcome.storedBytes = stored.count
    var content = stored
    if Gunzip.isGzip(stored.bytes) {
      outcome.gzipDamage = gunzip.decompress(stored.bytes, limits: options.inflateLimits)
      content = gunzip.output
    }
    outcome.bytes = content.count
    outcome.rank = FileRank(content.bytes, worker.framing)
    let afterInflate = FileLoader.now()
    timings.inflate += afterInflate - afterRead
    outcome.walk = walk(content, path, isInflated: content !== stored)
    worker.end()
    outcome.summary = worker.summary
    noteScan(FileLoader.now() - afterInflate, encodedBefore)
    stored.shrink(above: FileLoader.keptCapacity)
    gunzip.output.shrink(above: FileLoader.keptCapacity)
    return outcome
  }

  /// Encoding happens record by record in the middle of scanning.
  private func noteScan(_ seconds: Double, _ encodedBefore: Double) {
    let encode = min(seconds, worker.encodeSeconds - encodedBefore)
    timings.encode += encode
    timings.scan += seconds - encode
  }

  private func walk(_ content: PaddedBuffer, _ path: String, isInflated: Bool) -> WalkResult {
    var bytes = content.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(3))
    }
    let before = content.count - bytes.count
    defer { worker.moveRejected(by: before) }
    var result = walk(bytes)
    result.damage?.offset += before
    if isInflated, Gunzip.isGzip(bytes) {
      result.damage = WalkResult.Damage(reason: "gzip within gzip; unpack it once", offset: 0)
    }
    guard let reason = result.skipped, result.isMalformed, result.damage == nil else { return result }
    let isNoGzip = !isInflated && path.lowercased().hasSuffix(".gz")
    if isNoGzip || FileContent.promisesRecords(path, bytes) {
      result.damage = WalkResult.Damage(
        reason: isNoGzip ? "no gzip file, though its name says so" : "no log from its beginning: \(reason)",
        offset: 0)
    }
    return result
  }

  private func walk(_ bytes: UnsafeBufferPointer<UInt8>) -> WalkResult {
    switch FileContent(bytes) {
    case .empty: return WalkResult(skipped: "empty file", isMalformed: true)
    case .binary: return WalkResult(skipped: "binary file", isMalformed: true)
    case .wideText(let isBigEndian):
      let narrow = FileContent.narrowed(bytes, isBigEndian: isBigEndian)
      return switch FileContent(narrow.bytes) {
      case .wideText: WalkResult(skipped: "binary file", isMalformed: true)
      case .empty, .binary, .json, .prefixedLines, .text: walk(narrow.bytes)
      }
    case .json:
      var walker = JSONWalker(bytes, consumer: worker)
      return walker.walk()
    case .prefixedLines:
      var walker = JSONWalker(bytes, consumer: worker)
      return walker.walkPrefixedLines()
    case .text: return worker.walkLines(bytes) ?? worker.walkCSV(bytes)
    }
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
