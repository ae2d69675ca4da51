import Engine

/// Which source types a search reads, as far as its own words say it: fields are then looked for in these alone.
///
/// Example: `sourcetype=aws:cloudtrail OR sourcetype=aws:config*` reads those that either name fits.
extension SPLLowering {
  /// The events of a scan.
  func catalog(of scan: Scan) -> any EventCatalog {
    scan.sources.first.flatMap { catalogs[$0.column.id] } ?? environment.events
  }

  /// The events that a relation reads: those of its scan, or of all sources where it has several.
  func catalog(of relation: Relation) -> any EventCatalog {
    if catalogs.isEmpty { return environment.events }
    let scans = relation.plan.scans.filter { $0.table == SPLLowering.eventsTable }
    return scans.count == 1 ? catalog(of: scans[0]) : environment.events
  }

  /// The events that a search condition leaves; nil for all of them, and where it leaves none: what is wrong with
  /// such a search is not the name of a field.
  func catalog(for condition: SearchExpressionSyntax?) -> (any EventCatalog)? {
    guard let condition else { return nil }
    let all = environment.events.sourcetypes
    let left = all.filter { SPLLowering.holds(condition, for: $0) != false }
    return left.isEmpty || left.count == all.count ? nil : environment.events.limited(to: left)
  }

  /// Whether a search asks for other events than those of the known sources.
  func isForeign(_ condition: SearchExpressionSyntax?) -> Bool {
    guard let condition else { return false }
    let all = environment.events.sourcetypes
    return !all.isEmpty && all.allSatisfy { SPLLowering.holds(condition, for: $0) == false }
  }

  /// Whether a condition holds for the events of a source type; nil if that depends on more of them.
  private static func holds(
    _ condition: SearchExpressionSyntax, for sourcetype: String, depth: Int = 0
  ) -> Bool? {
    guard depth < 400 else { return nil }
    switch condition {
    case .and(let parts, _):
      let truths = parts.map { holds($0, for: sourcetype, depth: depth + 1) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .or(let parts, _):
      let truths = parts.map { holds($0, for: sourcetype, depth: depth + 1) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    case .not(let operand, _): return holds(operand, for: sourcetype, depth: depth + 1).map { !$0 }
    case .comparison(let comparison):
      guard comparison.field.name == "sourcetype" else { return nil }
      switch comparison.comparison {
      case .equal: return fits(comparison.value, sourcetype)
      case .notEqual: return !fits(comparison.value, sourcetype)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return nil
      }
    case .membership(let membership):
      guard membership.field.name == "sourcetype" else { return nil }
      return membership.values.contains { fits($0, sourcetype) }
    case .term, .timeModifier, .subsearch, .pasted, .invalid: return nil
    }
  }

  private static func fits(_ value: SearchValueSyntax, _ sourcetype: String) -> Bool {
    WildcardName(value.text.lowercased()).match(sourcetype.lowercased()) != nil
  }
}
