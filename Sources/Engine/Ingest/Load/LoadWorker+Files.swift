#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The outcome of one file, or of one inside of it.
struct FileOutcome {
  var file: Int
  /// Files inside of one are numbered in their order.
  var member = 0
  var part = 0
  /// What it is called, if that is not the path of the file.
  var name: String?
  /// Known of the first part.
  var rank = FileRank.last
  var summary = FileSummary()
  var walk = WalkResult()
  var unreadable: ReadFailure?
  var packDamage: PackDamage?
  var storedBytes = 0
  var bytes = 0

  /// Adds what a later part of the same file gave.
  mutating func add(_ later: FileOutcome) {
    unreadable = unreadable ?? later.unreadable
    packDamage = packDamage ?? later.packDamage
    storedBytes += later.storedBytes
    bytes += later.bytes
    summary.add(later.summary)
    if later.walk.skipped == nil || walk.skipped == nil { walk.skipped = nil }
    walk.damage = walk.damage ?? later.walk.damage
    walk.taken += later.walk.taken
    walk.unrecognised += later.walk.unrecognised
    walk.rejected += later.walk.rejected
    walk.carriers.formUnion(later.walk.carriers)
    walk.note = walk.note ?? later.walk.note
  }
}

/// Reads, unpacks and walks files, with buffers that are reused from file to file.
final class FileLoader {
  private static let keptCapacity = 64 << 20

  let worker: LoadWorker
  private let options: LoadOptions
  private let stored = PaddedBuffer(capacity: 1 << 20)
  private let unpacker: FileUnpacker
  private(set) var timings = LoadReport.Timings()

  init(_ plan: LoadPlan, _ options: LoadOptions) {
    worker = LoadWorker(plan, options)
    self.options = options
    unpacker = FileUnpacker(options.limits)
  }

  /// Reads a file or a part of it to its end, whatever is in it: one outcome, or one for each file inside of it.
  func load(_ path: String, _ part: FilePart) -> [FileOutcome] {
    var outcome = FileOutcome(file: part.file, part: part.number)
    guard worker.begin(path) else { return [outcome] }
    let start = FileLoader.now()
    if let range = part.range { return [lines(path, range, outcome, start)] }
    let input: ParquetInput?
    if part.groups != nil, let known = ParquetInput(path: path) {
      input = known
    } else {
      (outcome.unreadable, input) = FileReading.loadOrOpen(
        path, into: stored, maximum: options.limits.bytes)
    }
    if let input {
      outcome.storedBytes = part.size
      parquet(input, groups: part.groups, &outcome)
      return [outcome]
    }
    let afterRead = FileLoader.now()
    timings.read += afterRead - start
    guard outcome.unreadable == nil else { return [outcome] }
    outcome.storedBytes = stored.count
    var outcomes: [FileOutcome] = []
    var walkSeconds = 0.0
    unpacker.open(stored.bytes, path) { content in
      let begin = FileLoader.now()
      outcome.name = content.isWhole ? nil : content.name
      outcome.member = outcomes.count
      if content.name != path || !outcomes.isEmpty { _ = worker.begin(path, as: content.name) }
      outcomes.append(walk(content, outcome))
      outcome.storedBytes = 0
      walkSeconds += FileLoader.now() - begin
    }
    timings.inflate += FileLoader.now() - afterRead - walkSeconds
    stored.shrink(above: FileLoader.keptCapacity)
    unpacker.shrink(above: FileLoader.keptCapacity)
    return outcomes
  }

  /// A part of a file with one record a line.
  private func lines(
    _ path: String, _ range: Range<Int>, _ begun: FileOutcome, _ start: Double
  ) -> FileOutcome {
    var outcome = begun
    let skipped: Int
    (outcome.unreadable, skipped) = FileReading.loadLines(
      path, range, into: stored, maximum: options.limits.bytes)
    let afterRead = FileLoader.now()
    timings.read += afterRead - start
    let encodedBefore = worker.encodeSeconds
    guard outcome.unreadable == nil else { return outcome }
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

  /// The row groups of a Parquet file, or all of it.
  private func parquet(_ input: ParquetInput, groups: Range<Int>?, _ outcome: inout FileOutcome) {
    let start = FileLoader.now()
    let encodedBefore = worker.encodeSeconds
    outcome.bytes = groups == nil ? input.count : outcome.storedBytes
    let found = worker.walkParquet(input, groups: groups)
    outcome.walk = found.walk
    outcome.packDamage = outcome.packDamage ?? found.damage
    outcome.unreadable = found.failure
    worker.end()
    outcome.summary = worker.summary
    if let earliest = outcome.summary.earliest {
      outcome.rank = FileRank(time: earliest, UnsafeBufferPointer(start: nil, count: 0))
    }
    noteScan(FileLoader.now() - start, encodedBefore)
  }

  private func walk(_ content: FileUnpacker.Content, _ begun: FileOutcome) -> FileOutcome {
    var outcome = begun
    outcome.packDamage = content.damage
    outcome.unreadable = content.failure
    if content.failure != nil || content.skipped != nil {
      outcome.walk.skipped = content.skipped
      return outcome
    }
    if ParquetInput.isParquet(content.bytes) {
      parquet(ParquetInput(content.bytes), groups: nil, &outcome)
      return outcome
    }
    let start = FileLoader.now()
    let encodedBefore = worker.encodeSeconds
    outcome.bytes = content.bytes.count
    outcome.rank = FileRank(content.bytes, worker.framing)
    outcome.walk = walk(content.bytes, content)
    worker.end()
    outcome.summary = worker.summary
    if outcome.rank == .last, let earliest = outcome.summary.earliest {
      outcome.rank = FileRank(time: earliest, content.bytes)
    }
    noteScan(FileLoader.now() - start, encodedBefore)
    return outcome
  }

  /// Encoding happens record by record in the middle of scanning.
  private func noteScan(_ seconds: Double, _ encodedBefore: Double) {
    let encode = min(seconds, worker.encodeSeconds - encodedBefore)
    timings.encode += encode
    timings.scan += seconds - encode
  }

  private func walk(_ all: UnsafeBufferPointer<UInt8>, _ content: FileUnpacker.Content) -> WalkResult {
    var bytes = all
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeBufferPointer(rebasing: bytes.dropFirst(3))
    }
    let before = all.count - bytes.count
    defer { worker.moveRejected(by: before) }
    var result = walk(bytes)
    result.damage?.offset += before
    guard let reason = result.skipped, result.isMalformed, result.damage == nil else { return result }
    let promised = Packing.promised(by: content.name, isUnpacked: content.isUnpacked)
    if promised != nil || FileContent.promisesRecords(content.name, bytes) {
      result.damage = WalkResult.Damage(
        reason: promised.map { "no \($0) file, though its name says so" }
          ?? "no log from its beginning: \(reason)",
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
