import Diagnostics

/// What any writer of plans does: it goes through the nodes, inputs first, names what it makes, and says what there is
/// to say of the stage that it is at.
package protocol PlanWriting: AnyObject {
  /// As people write it: `KQL`.
  var title: String { get }
  var state: WritingState { get set }
}

/// Where a writer is.
package struct WritingState {
  package fileprivate(set) var origin = PlanOrigin(label: "")
  package fileprivate(set) var remarks: [WritingRemark] = []
  fileprivate var carrier: CommentCarrier
  fileprivate var madeNames = 0
  fileprivate var depth = 0

  /// Deeper plans are refused.
  fileprivate static let depthLimit = 500

  package let constants: [NamedConstant]

  package init(_ comments: [QueryComment], _ constants: [NamedConstant], of plan: LogicalPlan) {
    carrier = CommentCarrier(comments, constants, of: plan)
    self.constants = constants
  }
}

/// Stages of a text, and the comments that stand before some.
package protocol CommentedStages {
  var stageCount: Int { get }
  var comments: [Int: [String]] { get set }
}

extension PlanWriting {
  /// The stage that is being written.
  package var origin: PlanOrigin {
    get { state.origin }
    set {
      state.origin = newValue
      state.carrier.reach(newValue.span)
    }
  }

  package func refusal(_ what: String) -> WritingRefusal {
    WritingRefusal("\(title) cannot say what `\(origin.label)` says: \(what)", at: origin.span)
  }

  /// What stands before a constant.
  package func comments(of constant: NamedConstant) -> [String] {
    state.carrier.take(at: constant.span.lowerBound)
  }

  /// Comments that belong to no stage of the text, for its head.
  package func commentsWithoutPlace() -> [String] { state.carrier.takeRest() }

  /// - Parameter changesRows: the text may give other rows than the plan.
  package func remark(_ text: String, changesRows: Bool = false) {
    state.remarks.append(WritingRemark(text, at: origin.span, changesRows: changesRows))
  }

  /// A name of the writer's own.
  package func freshName(_ stem: String) -> String {
    state.madeNames += 1
    return "\(stem)_\(state.madeNames)"
  }

  /// Writes a node with all below it, and puts the comments before its first stage.
  package func node<Stages: CommentedStages>(
    _ write: () throws(WritingRefusal) -> Stages
  ) throws(WritingRefusal) -> Stages {
    state.depth += 1
    defer { state.depth -= 1 }
    if state.depth > WritingState.depthLimit {
      throw refusal("more than \(WritingState.depthLimit) stages")
    }
    state.carrier.enter()
    var result = try write()
    if let found = state.carrier.leave(stages: result.stageCount) {
      result.comments[found.stage, default: []] += found.texts
    }
    return result
  }
}
