import Diagnostics

/// KQL's `reduce`: a pattern for each text, in which `*` stands for what like texts differ in; an approximation.
///
/// A text joins the first pattern that agrees with it in more than the
/// threshold's share of its terms, place by place; where they differ the pattern gets a `*`:
///
///     arn:aws:iam::1:user/ann
///     arn:aws:iam::2:user/bob      →   arn:aws:iam::*:user/*
///
/// A pattern of one text alone stays if it has more than the threshold's share of the rows, else it is `others`.
package struct ReduceOperator: TabularOperator {
  package static let planName = "reduce"
  /// The pattern of texts that are like no other.
  package static let others = "others"
  /// More patterns of one number of terms than this are not compared; further texts are `others`.
  static let patternLimit = 2_000

  let text: Expression
  let pattern: PlanColumn
  let threshold: Double
  /// Characters that end a term; empty for all but letters and digits.
  let separators: Set<Unicode.Scalar>

  package init(text: Expression, pattern: PlanColumn, threshold: Double, separators: Set<Unicode.Scalar>) {
    self.text = text
    self.pattern = pattern
    self.threshold = threshold
    self.separators = separators
  }

  package static let form = PlanForm<ReduceOperator>.record(
    { text, pattern, threshold, separators in
      ReduceOperator(
        text: text, pattern: pattern, threshold: threshold, separators: Set(separators.unicodeScalars))
    },
    Member("text", \.text), Member("pattern", \.pattern), Member("threshold", \.threshold),
    Member(
      "separators",
      { operation in
        var text = String.UnicodeScalarView()
        text.append(contentsOf: operation.separators.sorted())
        return String(text)
      }))

  package var label: String { "reduce (approximate)" }
  package var passes: PassedRows { .all }
  package var made: [PlanColumn] { [pattern] }
  package var expressions: [Expression] { [text] }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> ReduceOperator {
    ReduceOperator(text: transform(text), pattern: pattern, threshold: threshold, separators: separators)
  }

  private struct Pattern {
    /// Terms at even places, separators at odd ones; nil where texts differ.
    var parts: [String?]
    var textCount = 0
    var rowCount = 0
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let texts = try run.input.column(text)
    let rowCount = run.input.rowCount
    run.context.notes.add("reduce is an approximation: its patterns can differ from Sentinel's")
    var known: [String: Int] = [:]
    var patterns: [Pattern] = []
    var byLength: [Int: [Int]] = [:]
    var assigned: [Int] = []
    assigned.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let text = texts.value(at: row).kqlText
      if let pattern = known[text] {
        if pattern >= 0 { patterns[pattern].rowCount += 1 }
        assigned.append(pattern)
        continue
      }
      if known.count % 1_000 == 0 { try run.context.checkpoint() }
      let parts = parts(of: text)
      let pattern = place(parts, among: &patterns, byLength: &byLength)
      if pattern >= 0 {
        patterns[pattern].textCount += 1
        patterns[pattern].rowCount += 1
      }
      known[text] = pattern
      assigned.append(pattern)
    }
    let shown = patterns.map { pattern in
      let isFrequent = Double(pattern.rowCount) > threshold * Double(rowCount)
      return pattern.textCount > 1 || isFrequent ? shape(of: pattern.parts) : Self.others
    }
    return .beside(
      run.input, [Column.of(.string, assigned.map { Value.string($0 < 0 ? Self.others : shown[$0]) })])
  }

  /// The pattern that a text joins, a new one if it is like none; -1 where there are too many.
  private func place(
    _ parts: [String], among patterns: inout [Pattern], byLength: inout [Int: [Int]]
  ) -> Int {
    let candidates = byLength[parts.count] ?? []
    let termCount = (parts.count + 1) / 2
    for candidate in candidates {
      let kept = patterns[candidate].parts
      var agreeing = 0
      for place in stride(from: 0, to: parts.count, by: 2)
      where kept[place] == parts[place] && parts[place] != "" {
        agreeing += 1
      }
      guard agreeing > 0, Double(agreeing) > threshold * Double(termCount) else { continue }
      for place in parts.indices where kept[place] != parts[place] { patterns[candidate].parts[place] = nil }
      return candidate
    }
    guard candidates.count < Self.patternLimit else { return -1 }
    patterns.append(Pattern(parts: parts))
    byLength[parts.count, default: []].append(patterns.count - 1)
    return patterns.count - 1
  }

  /// Terms and what separates them: `a-b c` is `a`, `-`, `b`, ` `, `c`.
  private func parts(of text: String) -> [String] {
    var result: [String] = []
    var term = ""
    for scalar in text.unicodeScalars {
      let separates =
        separators.isEmpty
        ? !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        : separators.contains(scalar)
      if separates {
        result += [term, String(scalar)]
        term = ""
      } else {
        term.unicodeScalars.append(scalar)
      }
    }
    return result + [term]
  }

  /// The pattern as text. A separator that was asked for by name goes with the `*` beside it.
  private func shape(of parts: [String?]) -> String {
    var result = ""
    for (place, part) in parts.enumerated() {
      let isSeparator = place % 2 == 1
      let besideStar =
        isSeparator && !separators.isEmpty && (parts[place - 1] == nil || parts[place + 1] == nil)
      if let part, !besideStar {
        result += part
      } else if !result.hasSuffix("*") {
        result += "*"
      }
    }
    return result
  }
}
