package import Diagnostics

/// The identity of a column in a plan: it survives renaming, pruning and rewriting.
package struct ColumnID: Hashable, Sendable {
  package let rawValue: Int

  package init(_ rawValue: Int) { self.rawValue = rawValue }
}

/// A column that a plan node gives.
package struct PlanColumn: Hashable, Sendable {
  package var id: ColumnID
  package var name: String
  package var type: DataType

  package init(id: ColumnID, name: String, type: DataType) {
    self.id = id
    self.name = name
    self.type = type
  }

  /// An expression that reads this column.
  package var reference: Expression { .column(self) }
}

/// A typed scalar expression over the columns of a plan node.
///
/// Names are resolved and types checked before one is made: nothing in it can be unknown.
package indirect enum Expression: Sendable {
  case literal(Value, DataType)
  case column(PlanColumn)
  case call(FunctionCall)
  case conditional(Conditional)
  /// The first cell of a plan's result, worked out once before the rest runs.
  case subquery(ScalarSubquery)
  /// A value with a name, for an expression that reads it more than once.
  case binding(Binding)

  package var type: DataType {
    switch self {
    case .literal(_, let type): type
    case .column(let column): column.type
    case .call(let call): call.type
    case .conditional(let conditional): conditional.type
    case .subquery(let subquery): subquery.type
    case .binding(let binding): binding.type
    }
  }
}

/// A function applied to arguments of the types it asks for.
package struct FunctionCall: Equatable, Sendable {
  package var function: ScalarFunction
  package var arguments: [Expression]
  package var type: DataType
  /// The rules of the text that it comes from: what a null text is, how a value reads as text.
  package var dialect: Dialect
  package var span: SourceSpan?

  package init(
    function: ScalarFunction, arguments: [Expression], type: DataType, dialect: Dialect,
    span: SourceSpan? = nil
  ) {
    self.function = function
    self.arguments = arguments
    self.type = type
    self.dialect = dialect
    self.span = span
  }
}

/// The value of the first branch whose condition is true: `case`, `iff`, `if`.
package struct Conditional: Equatable, Sendable {
  package struct Branch: Equatable, Sendable {
    package var condition: Expression
    package var value: Expression

    package init(condition: Expression, value: Expression) {
      self.condition = condition
      self.value = value
    }
  }

  package var branches: [Branch]
  package var otherwise: Expression
  package var type: DataType

  package init(branches: [Branch], otherwise: Expression, type: DataType) {
    self.branches = branches
    self.otherwise = otherwise
    self.type = type
  }
}

/// A value, the column that stands for it or for each of its elements, and what reads this column: nothing else can.
///
/// ```
///   let f = (x:long) { x * x }; f(a + b)     value a + b, body x * x
///   mvmap(user, upper(user))                 value user, body upper(element), each of the value's elements
/// ```
package struct Binding: Equatable, Sendable {
  package enum Reading: String, Sendable, CaseIterable {
    /// The column is the value, and the body is the result.
    case whole
    /// The column is each element of the value in turn; the results that are not null are the elements of the whole.
    case each
    /// As `each`, and the elements for which the body is true are those of the whole.
    case filter
  }

  package var column: PlanColumn
  package var value: Expression
  package var body: Expression
  package var reading: Reading

  package init(column: PlanColumn, value: Expression, body: Expression, reading: Reading = .whole) {
    self.column = column
    self.value = value
    self.body = body
    self.reading = reading
  }

  package var type: DataType {
    switch reading {
    case .whole: body.type
    case .each, .filter: .dynamic
    }
  }
}

package struct ScalarSubquery: Equatable, Sendable {
  /// Whether this is one of some subqueries or depends on one.
  func mentions(_ ids: Set<Int>) -> Bool {
    if ids.isEmpty { return false }
    if ids.contains(id) { return true }
    var found = false
    plan.forEachNode { node in
      found = found || node.expressions.flatMap(\.scalarSubqueries).contains { $0.mentions(ids) }
    }
    return found
  }

  package var plan: LogicalPlan
  package var type: DataType
  package var id: Int

  package init(plan: LogicalPlan, type: DataType, id: Int) {
    self.plan = plan
    self.type = type
    self.id = id
  }
}
