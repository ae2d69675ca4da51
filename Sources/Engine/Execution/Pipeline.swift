import Dispatch
import Synchronization

/// Runs segments chunk by chunk on the context's threads.
///
/// Worker `w` of `n` takes the w-th run of neighbouring chunks, so that results put together in the order of the
/// workers are in the order of the rows, whatever the number of threads.
struct Pipeline: Sendable {
  /// Below so many rows a second thread costs more than it saves.
  private static let parallelThreshold = 32_768

  private struct Piece: Sendable {
    var segment: Int
    var range: Range<Int>
  }

  let segments: [Segment]
  let context: ExecutionContext
  private let pieces: [Piece]
  private let workerCount: Int

  init(segments: [Segment], context: ExecutionContext) {
    self.segments = segments
    self.context = context
    var pieces: [Piece] = []
    var rows = 0
    for (index, segment) in segments.enumerated() {
      rows += segment.source.rowCount
      var start = 0
      while start < segment.source.rowCount {
        let end = min(start + context.chunkSize, segment.source.rowCount)
        pieces.append(Piece(segment: index, range: start..<end))
        start = end
      }
    }
    self.pieces = pieces
    workerCount = rows < Pipeline.parallelThreshold ? 1 : min(context.threads, max(1, pieces.count))
  }

  /// Feeds all chunks to sinks, one for each worker; gives the sinks in the order of the rows.
  func run<Sink: ChunkSink>(_ makeSink: @Sendable () -> Sink) throws(ExecutionFailure) -> [Sink] {
    if workerCount == 1 {
      let sink = makeSink()
      for piece in pieces { try feed(piece, to: sink) }
      return [sink]
    }
    let results = Mutex<[Result<SinkBox<Sink>, ExecutionFailure>?]>(Array(repeating: nil, count: workerCount))
    DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
      let first = pieces.count * worker / workerCount
      let last = pieces.count * (worker + 1) / workerCount
      let sink = makeSink()
      var outcome: Result<SinkBox<Sink>, ExecutionFailure> = .success(SinkBox(sink: sink))
      do throws(ExecutionFailure) {
        for piece in pieces[first..<last] { try feed(piece, to: sink) }
      } catch {
        outcome = .failure(error)
      }
      let finished = outcome
      results.withLock { $0[worker] = finished }
    }
    var sinks: [Sink] = []
    for result in results.withLock({ $0 }) {
      switch result {
      case .success(let box)?: sinks.append(box.sink)
      case .failure(let failure)?: throw failure
      case nil: preconditionFailure("pipeline invariant: every worker reports")
      }
    }
    return sinks
  }

  private func feed(_ piece: Piece, to sink: some ChunkSink) throws(ExecutionFailure) {
    if sink.isSatisfied { return }
    try context.checkpoint()
    let chunk = try segments[piece.segment].chunk(piece.range)
    try RunLimits.throwRaised()
    if chunk.count > 0 { try sink.consume(chunk) }
    try RunLimits.throwRaised()
  }

  /// Hands a sink from the worker that filled it to the thread that waits for it.
  // Unchecked: one thread writes it, and it is read only after that thread has finished.
  private struct SinkBox<Sink: ChunkSink>: @unchecked Sendable {
    let sink: Sink
  }
}

/// The end of a pipeline on one worker.
protocol ChunkSink: AnyObject, SendableMetatype {
  func consume(_ chunk: Chunk) throws(ExecutionFailure)
  /// True once no more rows are wanted.
  var isSatisfied: Bool { get }
}

extension ChunkSink {
  var isSatisfied: Bool { false }
}
