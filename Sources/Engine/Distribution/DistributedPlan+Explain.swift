extension DistributedPlan {
  /// The stages in words, each fragment with its plan and where its rows go.
  ///
  /// ```
  /// stage 0: tasks over the files
  ///   partial groups to 2 tasks by key, as rows 0
  ///     aggregate  [summarize n = count() by b]
  ///       …
  /// stage 1: one task
  ///   …
  /// then, where it was asked:
  ///   …
  /// ```
  package var explanation: String {
    var lines: [String] = []
    for (number, fragments) in stages.enumerated() where !fragments.isEmpty {
      let tasks =
        number == 0
        ? "tasks over the files"
        : number == stages.count - 1
          ? "one task" : "\(buckets) task\(buckets == 1 ? "" : "s"), each with some keys"
      lines.append("stage \(number): \(tasks)")
      for fragment in fragments {
        lines.append("  \(fragment.output.explanation)")
        for input in fragment.inputs { lines.append("    \(input.explanation)") }
        for line in fragment.plan.explanation.split(separator: "\n") { lines.append("    \(line)") }
      }
    }
    lines.append("then, where it was asked:")
    for plan in plans {
      for line in plan.explanation.split(separator: "\n") { lines.append("  \(line)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Fragment.Output {
  fileprivate var explanation: String {
    let what =
      switch kind {
      case .rows: "rows"
      case .partialGroups: "partial groups"
      }
    let place =
      if buckets > 1 {
        "to \(buckets) tasks " + spread
      } else {
        reason.map { "to one task, since \($0)" } ?? "to whoever asked"
      }
    return "exchange \(exchange): \(what) \(place)"
  }

  private var spread: String {
    switch kind {
    case .partialGroups: "by key"
    case .rows: keys.isEmpty ? "as they are" : "by " + keys.map(\.explanation).joined(separator: ", ")
    }
  }
}

extension Fragment.Input {
  fileprivate var explanation: String {
    "reads exchange \(exchange): " + (merges == nil ? "its rows" : "its groups, put together")
  }
}
