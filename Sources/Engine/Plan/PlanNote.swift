import Diagnostics

/// What there is to say of the rows that a node gives, once they are there: above which number another engine cuts.
///
/// A note stands in the node's origin, so that it survives rewriting. The rows of a node with notes are put together
/// as they stand: no rule moves a condition, a limit or a projection across it.
package enum PlanNote: Hashable, Sendable {
  /// More than so many rows; `what` says who keeps only these, and a limit above may do so too.
  ///
  /// ```
  ///   what "Splunk's `sort` keeps 10,000 rows", most 10,000, 12,345 rows
  ///   note: Splunk's `sort` keeps 10,000 rows, and there were 12,345: all of them are here
  /// ```
  case manyRows(most: Int, what: String, isCut: Bool)
  /// Lists of more than `listLength` values in some columns.
  case longLists(columns: [ColumnID], isCut: Bool)
  /// Fields that were filled although no event has them: each has a column that is false in every row then.
  case absentFields([Presence])

  package struct Presence: Hashable, Sendable {
    package var name: String
    package var column: ColumnID

    package init(name: String, column: ColumnID) {
      self.name = name
      self.column = column
    }
  }

  /// The number of values at which Splunk's `list` ends.
  package static let listLength = 100

  /// The columns without which there is nothing to say. A list that nobody reads needs no note.
  var columns: [ColumnID] {
    switch self {
    case .manyRows, .longLists: []
    case .absentFields(let fields): fields.map(\.column)
    }
  }

  /// For `explain`.
  package var explanation: String {
    switch self {
    case .manyRows(let most, _, _): "with a note above \(most) rows"
    case .longLists: "with a note on lists of more than \(PlanNote.listLength) values"
    case .absentFields: "with a note on fields that no event has"
    }
  }

  /// What is to be said of these rows.
  func text(of table: Table, columns: [PlanColumn]) -> Advice? {
    switch self {
    case .manyRows(let most, let what, let isCut):
      if table.rowCount <= most { return nil }
      return "\(what), and there were \(table.rowCount): "
        + (isCut ? "the others are left out" : "all of them are here (\(Remedy.splunkLimits) cuts)")
    case .longLists(let lists, let isCut):
      let places = columns.indices.filter { lists.contains(columns[$0].id) }
      let longest = places.map { PlanNote.longestList(in: table.columns[$0]) }.max() ?? 0
      if longest <= PlanNote.listLength { return nil }
      return "Splunk's `list` keeps \(PlanNote.listLength) values, and there were up to \(longest): "
        + (isCut ? "the others are left out" : "all of them are here (\(Remedy.splunkLimits) cuts)")
    case .absentFields(let fields):
      guard table.rowCount > 0 else { return nil }
      let absent = fields.filter { field in
        guard let place = columns.firstIndex(where: { $0.id == field.column }) else { return false }
        return table.value(row: 0, column: place) == .bool(false)
      }
      if absent.isEmpty { return nil }
      return "`fillnull` also fills \(absent.map { "`\($0.name)`" }.joined(separator: ", ")), "
        + "by which a later command groups: no event has it, and Splunk may drop these rows there"
    }
  }

  private static func longestList(in column: Column) -> Int {
    // Many rows may have one list, as those of a group have: it is looked at once.
    var seen: Set<UInt32> = []
    return (0..<column.count).reduce(0) { longest, row in
      if case .string(let lists) = column, !seen.insert(lists.codes[row]).inserted { return longest }
      guard case .dynamic(.array(let elements)) = column.value(at: row) else { return longest }
      return max(longest, elements.count)
    }
  }
}

extension LogicalPlan {
  /// What is said of this node's rows.
  package var notes: [PlanNote] { origin.notes }

  /// The same node with more to say of its rows.
  package func adding(_ notes: [PlanNote]) -> LogicalPlan {
    notes.isEmpty ? self : mappingOrigin { $0.notes += notes }
  }

  /// The same node with nothing to say of its rows.
  var withoutNotes: LogicalPlan { notes.isEmpty ? self : mappingOrigin { $0.notes = [] } }

  private func mappingOrigin(_ change: (inout PlanOrigin) -> Void) -> LogicalPlan {
    switch self {
    case .scan(var scan):
      change(&scan.origin)
      return .scan(scan)
    case .inline(var inline):
      change(&inline.origin)
      return .inline(inline)
    case .argument: return self
    case .filter(var filter):
      change(&filter.origin)
      return .filter(filter)
    case .project(var project):
      change(&project.origin)
      return .project(project)
    case .aggregate(var aggregate):
      change(&aggregate.origin)
      return .aggregate(aggregate)
    case .join(var join):
      change(&join.origin)
      return .join(join)
    case .union(var union):
      change(&union.origin)
      return .union(union)
    case .sort(var sort):
      change(&sort.origin)
      return .sort(sort)
    case .limit(var limit):
      change(&limit.origin)
      return .limit(limit)
    case .expand(var expand):
      change(&expand.origin)
      return .expand(expand)
    case .window(var window):
      change(&window.origin)
      return .window(window)
    case .apply(var apply):
      change(&apply.origin)
      return .apply(apply)
    case .tabular(var call):
      change(&call.origin)
      return .tabular(call)
    case .with(var with):
      with.body = with.body.mappingOrigin(change)
      return .with(with)
    case .reference(var reference):
      change(&reference.origin)
      return .reference(reference)
    }
  }
}
