import Diagnostics
import Session
import Synchronization

/// How far the jobs of a cluster are, in words.
///
/// ```
///   on the cluster: stage 2 of 3, 5 of 8 tasks
/// ```
final class ClusterMeter: Sendable {
  private let place = Mutex<Place?>(nil)

  private struct Place {
    var stages = 0
    var stage = 0
    var done = 0
    var tasks = 0
  }

  /// - Parameter job: nil while the cluster itself is waited for.
  func begin(_ job: ClusterJob?) {
    var first = 0
    switch job?.stages.first?.work {
    case .files(let shares)?: first = shares.count
    case .exchanges(_, let buckets)?: first = buckets
    case nil: break
    }
    place.withLock { [first] in $0 = Place(stages: job?.stages.count ?? 0, tasks: first) }
  }

  func tell(stage: Int, done: Int, of tasks: Int) {
    place.withLock { place in
      place?.stage = stage
      place?.done = done
      place?.tasks = tasks
    }
  }

  /// There is nothing more to say.
  func end() { place.withLock { $0 = nil } }

  /// Nil where nothing was begun.
  var text: String? {
    place.withLock { place in
      guard let place else { return nil }
      if place.stages == 0 { return "waiting for the cluster" }
      let stage = "stage \((place.stage + 1).grouped) of \(place.stages.grouped)"
      return "on the cluster: \(stage), \(place.done.grouped) of \(place.tasks.grouped) tasks"
    }
  }
}
