/// An operator that works on whole tables and is none of the plan's basic ones: make-series, transaction, scan, …
///
/// It says all that a rewriting of the plan has to know, and finds what it reads by column, never by position.
/// One operator, one file, in `Execution/Tabular`.
package protocol TabularOperator: Equatable, Sendable, PlanCodable {
  /// By which a written plan calls it; it never changes.
  static var planName: String { get }
  /// How many inputs it has; nil for any number.
  static var inputCount: Int? { get }
  /// What does not fit together in it, where it was read from a plan: columns that it would not fill.
  var problem: String? { get }
  /// For `explain`, e.g. `make-series`.
  var label: String { get }
  /// What it reads and makes, in words.
  var details: [String] { get }
  /// Whether the columns of its first input come along, and in which rows.
  var passes: PassedRows { get }
  /// Its own columns, behind those that it passes.
  var made: [PlanColumn] { get }
  /// What it reads of the rows of its inputs, and what it wants to know of the run.
  var expressions: [Expression] { get }
  /// The aggregates of other rows of its input that it puts behind each row; nil if it does something else.
  var gathered: GatheredRows? { get }
  /// Where rows of different keys never become parts of one of its rows: these keys.
  var ownKeys: [Expression]? { get }
  /// The same for the rows of some of these keys.
  ///
  /// - Parameters:
  ///   - firsts: what it gives beside its own columns, of the first row of each that it makes.
  ///   - order: that of its input, by the columns of these.
  /// - Returns: with the order in which the rows of all keys stand.
  func part(giving firsts: [Assignment], inOrder order: [Sort.Key]) -> OperatorPart
  /// Columns of its inputs that it reads in its own ways, beside what its expressions read.
  var otherColumns: Set<ColumnID> { get }
  /// Whether it does something beside giving rows, so that it must run even if no row of it is read.
  var hasEffect: Bool { get }
  /// The same over rewritten expressions.
  func mappingExpressions(_ transform: (Expression) -> Expression) -> Self
  /// The same without the parts that make none of the wanted columns.
  func keeping(_ wanted: Set<ColumnID>) -> Self
  /// Whether rows may be left out by passed columns before it as well as after: what it makes for the others stays.
  func standsBehindFilter(on columns: Set<ColumnID>) -> Bool
  func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult
}

extension TabularOperator {
  package static var inputCount: Int? { 1 }
  package var problem: String? { nil }

  /// Whether another operator is of this kind and equal.
  func isEqual(to other: any TabularOperator) -> Bool { (other as? Self) == self }

  package var gathered: GatheredRows? { nil }
  package var ownKeys: [Expression]? { nil }
  package func part(giving firsts: [Assignment], inOrder order: [Sort.Key]) -> OperatorPart {
    preconditionFailure("plan invariant: `\(label)` has keys of its own")
  }
  package var otherColumns: Set<ColumnID> { [] }
  package var hasEffect: Bool { false }
  package func keeping(_ wanted: Set<ColumnID>) -> Self { self }
  package func standsBehindFilter(on columns: Set<ColumnID>) -> Bool { false }

  /// The columns of its inputs that it reads.
  package var columnsRead: Set<ColumnID> {
    var result = otherColumns
    for expression in expressions { expression.collectColumns(into: &result) }
    return result
  }
}

/// Aggregates behind every row, of the rows that share its keys: of all of them, or of those so far.
package struct GatheredRows: Sendable {
  package var keys: [Expression]
  package var items: [Aggregate.Item]
  /// Whether the row itself is among them.
  package var hasItself: Bool
}

/// An operator over the rows of some keys, and the order of its rows among those of all.
package struct OperatorPart: Sendable {
  var `operator`: any TabularOperator
  var order: [Sort.Key]
}

/// Which rows of its first input an operator hands on, with all their columns.
package enum PassedRows: Sendable {
  /// None: its rows are new.
  case none
  /// All, in their order.
  case all
  /// Some, each any number of times.
  case some
}

/// What goes by a name that no column has: a cell's title, a field of a written table.
package struct TitledExpression: Equatable, Sendable {
  package var name: String
  package var value: Expression

  package init(name: String, value: Expression) {
    self.name = name
    self.value = value
  }

  func mapping(_ transform: (Expression) -> Expression) -> TitledExpression {
    TitledExpression(name: name, value: transform(value))
  }
}

extension Assignment {
  func mapping(_ transform: (Expression) -> Expression) -> Assignment {
    Assignment(column: column, expression: transform(expression))
  }
}

extension TitledExpression: PlanCodable {
  package static let form = PlanForm<TitledExpression>.record(
    TitledExpression.init(name:value:), Member("name", \.name), Member("value", \.value))
}
