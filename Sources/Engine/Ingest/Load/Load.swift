import Dispatch
import Synchronization

/// Reads log files once and makes one table for each request.
///
/// Files are taken by the threads, the largest first; rows come in the order of the files by their content
/// (`FileRank`) and of the records in them, whatever thread read what and whatever the files are called.
///
/// ```
///   let found = FileDiscovery.files(below: ["logs"])
///   let (tables, report) = load(found, requests: [request], options: LoadOptions())
/// ```
package func load(
  _ found: FileDiscovery, requests: [LoadRequest], options: LoadOptions = LoadOptions()
) -> (tables: [Table], report: LoadReport) {
  let start = FileLoader.now()
  var report = LoadReport()
  report.filesFound = found.files.count
  options.meter?.begin(files: found.files.count)
  report.skipped = found.skipped
  report.unreadable = found.unreadable
  var tables: [Table] = []
  for first in stride(from: 0, to: requests.count, by: LoadPlan.requestLimit) {
    let batch = requests[first..<min(first + LoadPlan.requestLimit, requests.count)]
    let pass = LoadPass(
      found.files, LoadPlan(Array(batch), others: options.otherSources, carriers: options.carriers), options)
    if first == 0 { pass.describe(in: &report) }
    tables += pass.tables(&report.timings)
  }
  report.timings.wall = FileLoader.now() - start
  return (tables, report)
}

/// One pass over the files.
struct LoadPass {
  private let files: [LogFile]
  private let otherSources: [LogSource]
  private let plan: LoadPlan
  private let threads: Int
  private let loaders: [FinishedLoader]
  let outcomes: [(worker: Int, outcome: FileOutcome)]
  private let stopped: ExecutionFailure?
  private let stopsWhenFull: Bool
  private let accountsForFiles: Bool

  /// What a thread leaves behind.
  // Sendable is unchecked since the thread hands it over when it is done, and nothing writes to it afterwards.
  private final class FinishedLoader: @unchecked Sendable {
    let loader: FileLoader
    let outcomes: [FileOutcome]

    init(_ loader: FileLoader, _ outcomes: [FileOutcome]) {
      self.loader = loader
      self.outcomes = outcomes
    }
  }

  init(_ files: [LogFile], _ plan: LoadPlan, _ options: LoadOptions) {
    self.files = files
    self.plan = plan
    otherSources = options.otherSources
    accountsForFiles = options.accountsForFiles
    let inOrder = FilePart.parts(of: files, options: options)
    threads = max(1, min(options.threads ?? FileReading.coreCount(), max(1, inOrder.count)))
    var ranks: [Int: FileRank] = [:]
    // What is inside of an unsure file may come before and behind others: it is read in any case, before the others,
    // and its rows fill nothing.
    var unsure: Set<Int> = []
    let fullness = options.stopsWhenFull ? Fullness(limits: plan.requests.map(\.rowLimit)) : nil
    if fullness != nil, files.count > 1 {
      (ranks, unsure) = LoadPass.ranks(of: files, threads: threads, plan.framing)
    }
    stopsWhenFull = fullness != nil
    let first = unsure
    let parts =
      fullness == nil
      ? inOrder.sorted(by: LoadPass.isLarger)
      : inOrder.sorted { left, right in
        let (leftPlace, rightPlace) = (first.contains(left.file) ? 0 : 1, first.contains(right.file) ? 0 : 1)
        return (leftPlace, ranks[left.file] ?? .last, left.file, left.number) < (
          rightPlace, ranks[right.file] ?? .last, right.file, right.number
        )
      }
    let next = Atomic<Int>(0)
    let stop = Mutex<ExecutionFailure?>(nil)
    let finished = Mutex<[FinishedLoader]>([])
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let loader = FileLoader(plan, options)
      var outcomes: [FileOutcome] = []
      while true {
        if fullness?.isFull == true { break }
        let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if position >= parts.count { break }
        if options.isCancelled?() == true {
          stop.withLock { $0 = $0 ?? .cancelled }
          break
        }
        if let deadline = options.deadline, ContinuousClock.now > deadline {
          stop.withLock { $0 = $0 ?? RunLimits.outOfTime }
          break
        }
        options.begins?()
        if parts[position].number == 0 { options.meter?.addFile() }
        let found = loader.load(files[parts[position].file].path, parts[position])
        do throws(ExecutionFailure) {
          try loader.worker.throwStop()
        } catch {
          stop.withLock { $0 = $0 ?? error }
          break
        }
        outcomes += found
        let counts = LoadPass.rowCounts(of: found)
        fullness?.add(first.contains(parts[position].file) ? counts.map { _ in 0 } : counts, at: position)
      }
      for interner in loader.worker.interners { interner.freeze() }
      let result = FinishedLoader(loader, outcomes)
      finished.withLock { $0.append(result) }
    }
    loaders = finished.withLock { $0 }
    let all = loaders.enumerated().flatMap { worker, finished in finished.outcomes.map { (worker, $0) } }
    for (_, outcome) in all where outcome.part == 0 && outcome.name == nil {
      if fullness == nil || first.contains(outcome.file) { ranks[outcome.file] = outcome.rank }
    }
    let ranked = all.map { worker, outcome in
      let rank = outcome.name == nil ? ranks[outcome.file] ?? .last : outcome.rank
      return (rank, worker, outcome)
    }
    outcomes = ranked.sorted { left, right in
      (left.0, left.2.file, left.2.member, left.2.part) < (
        right.0, right.2.file, right.2.member, right.2.part
      )
    }.map { ($0.1, $0.2) }
    stopped = stop.withLock { $0 }
  }

  private static func rowCounts(of outcomes: [FileOutcome]) -> [Int] {
    guard var counts = outcomes.first?.summary.rowCounts else { return [] }
    for outcome in outcomes.dropFirst() {
      for (table, count) in outcome.summary.rowCounts.enumerated() where table < counts.count {
        counts[table] += count
      }
    }
    return counts
  }

  /// Looks into the files before they are read, where not all of them will be.
  static func ranks(
    of files: [LogFile], threads: Int, _ framing: RecordFraming
  ) -> (ranks: [Int: FileRank], unsure: Set<Int>) {
    let next = Atomic<Int>(0)
    let found = Mutex<(ranks: [Int: FileRank], unsure: Set<Int>)>(([:], []))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let framing = FramingKeys(framing)
      let stored = PaddedBuffer()
      let decoder = DeflateDecoder(output: PaddedBuffer())
      var ranks: [Int: FileRank] = [:]
      var unsure: Set<Int> = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= files.count { break }
        let head = FileRank.ofHead(files[index].path, stored, decoder, framing)
        ranks[index] = head.rank
        if head.isUnsure { unsure.insert(index) }
      }
      let mine = (ranks, unsure)
      found.withLock {
        $0.ranks.merge(mine.0) { first, _ in first }
        $0.unsure.formUnion(mine.1)
      }
    }
    return found.withLock { $0 }
  }

  private static func isLarger(_ left: FilePart, _ right: FilePart) -> Bool {
    if left.size != right.size { return left.size > right.size }
    return (left.file, left.number) < (right.file, right.number)
  }

  // MARK: - Tables

  func tables(_ timings: inout LoadReport.Timings) -> [Table] {
    let start = FileLoader.now()
    defer { timings.merge += FileLoader.now() - start }
    let workers = loaders.map(\.loader.worker)
    return plan.requests.indices.map { number in
      let segments = segments(number)
      let request = plan.requests[number]
      let assembly = SharedAssembly(
        TableAssembly(request: request, number: number, workers: workers, segments: segments))
      let columns = Mutex([Column?](repeating: nil, count: request.columns.count))
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(threads, max(1, request.columns.count))) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if index >= request.columns.count { break }
          let column = assembly.value.column(index)
          columns.withLock { $0[index] = column }
        }
      }
      return Table(
        fields: request.fields, columns: columns.withLock { $0.compactMap { $0 } },
        rowCount: assembly.value.rowCount)
    }
  }

  /// The rows of one request in the order of the files, up to its limit.
  private func segments(_ number: Int) -> [TableAssembly.Segment] {
    var left = max(0, plan.requests[number].rowLimit ?? .max)
    var segments: [TableAssembly.Segment] = []
    for (worker, outcome) in outcomes where number < outcome.summary.rowCounts.count {
      let first = outcome.summary.firstRows[number]
      let count = min(left, outcome.summary.rowCounts[number])
      if count > 0 { segments.append(TableAssembly.Segment(worker: worker, rows: first..<first + count)) }
      left -= count
    }
    return segments
  }

  // Sendable is unchecked since the assembly only reads what the finished threads left.
  private final class SharedAssembly: @unchecked Sendable {
    let value: TableAssembly

    init(_ value: TableAssembly) { self.value = value }
  }

  // MARK: - Report

  func describe(in report: inout LoadReport) {
    report.stopped = stopped
    report.filesOpened = Set(outcomes.map(\.outcome.file)).count
    if stopsWhenFull, stopped == nil {
      report.filesNotNeeded = files.count - report.filesOpened
    }
    for finished in loaders {
      report.timings.read += finished.loader.timings.read
      report.timings.inflate += finished.loader.timings.inflate
      report.timings.scan += finished.loader.timings.scan
      report.timings.encode += finished.loader.timings.encode
    }
    var whole: FileOutcome?
    // What is said of files comes in the order in which they were named.
    let inOrder = outcomes.map(\.outcome).sorted {
      ($0.file, $0.member, $0.part) < ($1.file, $1.member, $1.part)
    }
    for outcome in inOrder {
      if let known = whole, known.file == outcome.file, known.member == outcome.member {
        whole?.add(outcome)
      } else {
        if let whole { describe(whole, in: &report) }
        whole = outcome
      }
    }
    if let whole { describe(whole, in: &report) }
    for number in plan.sources.indices {
      report.eventsBySource[plan.sources[number].name] = outcomes.reduce(0) { sum, entry in
        let counts = entry.outcome.summary.eventsBySource
        return sum + (number < counts.count ? counts[number] : 0)
      }
    }
  }

  /// Says that a file holds events of a table that is not wanted here.
  private func otherSource(_ keys: [String]) -> String? {
    guard !keys.isEmpty else { return nil }
    let source = otherSources.first { source in
      source.shapes.contains { tests in
        !tests.isEmpty
          && tests.allSatisfy { test in
            switch test {
            case .has(let key): keys.contains(key)
            case .equals: false
            case .excludes: true
            }
          }
      }
    }
    return source.map { "events of `\($0.name)`, which nothing here reads" }
  }

  private func account(for outcome: FileOutcome, _ path: String) -> LoadReport.FileAccount {
    let counts = zip(plan.sources, outcome.summary.eventsBySource).filter { $0.1 > 0 }
    var trouble = [outcome.unreadable?.reason, outcome.packDamage?.reason].compactMap { $0 }
    if let damage = outcome.walk.damage { trouble.append("\(damage.reason), at byte \(damage.offset)") }
    if trouble.isEmpty, let skipped = outcome.walk.skipped { trouble.append(skipped) }
    if let note = outcome.walk.note { trouble.append(note) }
    return LoadReport.FileAccount(
      path: path, events: counts.map { ($0.0.name, $0.1) }, carriers: outcome.walk.carriers.sorted(),
      rejected: outcome.summary.rejected, trouble: trouble)
  }

  private func describe(_ outcome: FileOutcome, in report: inout LoadReport) {
    let path = outcome.name ?? files[outcome.file].path
    let summary = outcome.summary
    if accountsForFiles { report.files.append(account(for: outcome, path)) }
    report.storedBytes += outcome.storedBytes
    report.bytes += outcome.bytes
    if let failure = outcome.unreadable {
      report.unreadable.append((path, failure.reason))
      if failure.isLimit { report.limited.append((path, failure.reason)) }
      if let remedy = failure.remedy { report.remedies.insert(remedy) }
      return
    }
    if let damage = outcome.packDamage {
      report.damaged.append(LoadReport.Place(path: path, reason: damage.reason, offset: damage.offset))
      if damage.isLimit { report.limited.append((path, damage.reason)) }
      if let remedy = damage.remedy { report.remedies.insert(remedy) }
    } else if let damage = outcome.walk.damage {
      report.damaged.append(LoadReport.Place(path: path, reason: damage.reason, offset: damage.offset))
    }
    if let reason = outcome.walk.skipped {
      if outcome.packDamage == nil, outcome.walk.damage != nil { report.filesWithoutBeginning += 1 }
      if outcome.walk.isEmptyTable {
        report.emptyTables.append(path)
      } else if outcome.packDamage == nil, outcome.walk.damage == nil {
        report.skipped.append((path, otherSource(outcome.walk.keys) ?? reason))
      }
      return
    }
    if summary.events > 0 {
      report.filesRead += 1
      report.otherRecords += outcome.walk.unrecognised
    }
    if let note = outcome.walk.note { report.notes.append((path, note)) }
    report.eventsRead += summary.events
    report.eventsWithoutTime += summary.eventsWithoutTime
    if summary.eventsWithoutTime > 0 {
      let count = summary.eventsWithoutTime
      report.filesWithoutTimes.append(
        (path, "\(count) event\(count == 1 ? "" : "s") without a readable time, which no time range holds"))
    }
    report.days.add(summary.days)
    report.rejected += summary.rejected
    if report.firstRejected == nil, let first = summary.firstRejected {
      report.firstRejected = LoadReport.Place(path: path, reason: first.reason, offset: first.offset)
    }
    if let earliest = summary.earliest { report.earliest = min(report.earliest ?? earliest, earliest) }
    if let latest = summary.latest, latest > report.latest ?? .min {
      report.latest = latest
      report.newestFile = path
    }
  }
}
