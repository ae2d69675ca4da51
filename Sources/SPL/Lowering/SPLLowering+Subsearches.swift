import Diagnostics
import Engine

/// Searches between brackets.
extension SPLLowering {
  /// A subsearch that was lowered, for others of the same text.
  struct KnownSubsearch {
    var shared: With.Definition
    var rows: Relation
    /// Its rows, where they were asked for.
    var answer: Table?
  }

  /// A subsearch; nil if it nests too deep. One that stands there twice is one plan with two readers.
  ///
  /// - Parameter names: Fields that must come out of it beside those that later commands read.
  /// - Parameter side: What stands before its fields in later commands, as in `R.user`.
  func lower(
    _ subsearch: SubsearchSyntax, fetching names: [String] = [], side: String? = nil
  ) -> Relation? {
    if let known = subsearches[subsearch.text] { return copy(of: known) }
    guard depth < SPLLowering.depthLimit else { return fail(SPLMessages.tooDeep(at: subsearch.span)) }
    depth += 1
    defer { depth -= 1 }
    let outer = (following, formats, timeBounds, isNegated, isInEach, timeFormat)
    defer { (following, formats, timeBounds, isNegated, isInEach, timeFormat) = outer }
    (timeBounds, isNegated, isInEach, timeFormat) = ((nil, nil), false, false, nil)
    let outerScratch = scratch
    scratch = []
    defer { scratch = outerScratch }
    var relation = start(of: subsearch.pipeline)
    run(subsearch.pipeline.stages, on: &relation)
    following = outer.0
    let isWhole = !relation.isOpen
    // What is read behind the brackets must come out of them.
    for name in names where relation.isOpen { _ = column(name, in: &relation) }
    fetchFollowing(of: side, in: &relation)
    finish(&relation, at: subsearch.span)
    // The fields of events depend on what reads them.
    guard isWhole, !sink.hasErrors else { return relation }
    let shared = With.Definition(id: makeNumber(), plan: relation.plan)
    definitions.append(shared)
    relation.plan = .reference(Reference(to: shared))
    subsearches[subsearch.text] = KnownSubsearch(shared: shared, rows: relation)
    return relation
  }

  /// One more reader, with columns of its own.
  private func copy(of known: KnownSubsearch) -> Relation {
    var rows = known.rows
    var reference = Reference(to: known.shared)
    for index in reference.sources.indices {
      let old = reference.sources[index].column
      let new = makeColumn(old.name, old.type)
      reference.sources[index].column = new
      roundedDigits[new.id] = roundedDigits[old.id]
      delimiters[new.id] = delimiters[old.id]
    }
    rows.plan = .reference(reference)
    return rows
  }

  /// The rows of a subsearch, asked for once; nil while they are not known, or where it failed.
  func rows(of subsearch: SubsearchSyntax) -> Table? {
    if let answer = subsearches[subsearch.text]?.answer { return answer }
    guard let inner = lower(subsearch) else { return nil }
    let table = ask(inner.plan, "the subsearch", at: subsearch.span)
    subsearches[subsearch.text]?.answer = table
    return table
  }
}
