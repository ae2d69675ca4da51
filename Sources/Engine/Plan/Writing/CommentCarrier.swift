package import Diagnostics

/// A comment within a query.
package struct QueryComment: Hashable, Sendable {
  package var text: String
  package var span: SourceSpan

  package init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// Takes the comments of a query along to the stages that they stand before.
///
/// ```
///   T
///   // only failures                 goes with the stage that comes of the filter
///   | where isnotempty(ErrorCode)
/// ```
package struct CommentCarrier {
  /// By the place of the stage that follows them.
  private var waiting: [Int: [String]] = [:]
  private var pending: [String] = []
  /// How many stages each input of the nodes on the way had.
  private var counts: [[Int]] = [[]]

  package init(_ comments: [QueryComment], _ constants: [NamedConstant], of plan: LogicalPlan) {
    if comments.isEmpty { return }
    var places = Set(constants.map(\.span.lowerBound))
    plan.forEachNode { node in if let span = node.origin.span { places.insert(span.lowerBound) } }
    let sorted = places.sorted()
    for comment in comments {
      guard let place = sorted.first(where: { $0 >= comment.span.upperBound }) ?? sorted.last else {
        continue
      }
      waiting[place, default: []].append(comment.text)
    }
  }

  /// The comments before a constant that is about to be written.
  package mutating func take(at place: Int) -> [String] { waiting.removeValue(forKey: place) ?? [] }

  /// Those whose stage left nothing in the text.
  package mutating func takeRest() -> [String] {
    defer { (waiting, pending) = ([:], []) }
    return pending + waiting.sorted { $0.key < $1.key }.flatMap(\.value)
  }

  package mutating func enter() { counts.append([]) }

  /// The inputs of a node are written, and its own stage comes next.
  package mutating func reach(_ span: SourceSpan?) {
    if let span, let texts = waiting.removeValue(forKey: span.lowerBound) { pending += texts }
  }

  /// A node is written; the comments for the first stage that it made, if it made one.
  package mutating func leave(stages count: Int) -> (stage: Int, texts: [String])? {
    let before = counts.removeLast().first ?? 0
    counts[counts.count - 1].append(count)
    guard count > before, !pending.isEmpty else { return nil }
    defer { pending = [] }
    return (before, pending)
  }
}
