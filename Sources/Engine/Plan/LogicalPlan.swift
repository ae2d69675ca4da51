package import Diagnostics

/// What is to be done with the data: the small closed language that every front end lowers to.
package indirect enum LogicalPlan: Equatable, Sendable {
  /// Rows of log files.
  case scan(Scan)
  /// Rows that are there already: `datatable`, `print`, lookups.
  case inline(Inline)
  /// The input of the enclosing `apply`.
  case argument(Argument)
  case filter(Filter)
  /// Gives exactly its list of columns; covers extend, rename, drop and reorder.
  case project(Project)
  case aggregate(Aggregate)
  case join(Join)
  case union(Union)
  case sort(Sort)
  case limit(Limit)
  /// One row for each element of an array.
  case expand(Expand)
  /// Columns that depend on the order of rows and on their neighbours.
  case window(Window)
  /// Runs a plan on each group of rows.
  case apply(Apply)
  /// An operator on whole tables.
  case tabular(TabularCall)
  /// Rows that several places of a plan read.
  case with(With)
  /// One of these places.
  case reference(Reference)
}

/// Where a plan node comes from, and what is to be said of its rows; it survives rewriting.
package struct PlanOrigin: Hashable, Sendable {
  package var span: SourceSpan?
  /// The stage's first words, for `explain` and profiles.
  package var label: String
  package var notes: [PlanNote] = []

  package init(span: SourceSpan? = nil, label: String) {
    self.span = span
    self.label = label
  }
}

package struct Scan: Equatable, Sendable {
  /// A column and the field of the table that fills it: a column name, or a path into raw events.
  package struct Source: Equatable, Sendable {
    package var column: PlanColumn
    package var field: String
    /// If known: of JSON objects in this column nothing is read but these members. The loader may leave out others.
    package var members: Set<String>?

    package init(column: PlanColumn, field: String) {
      self.column = column
      self.field = field
    }
  }

  package var table: String
  package var sources: [Source]
  /// What every wanted row satisfies; the loader may use it to skip rows, the plan still filters.
  package var predicate: Expression?
  /// No more rows than this are wanted.
  package var limit: Int?
  package var origin: PlanOrigin

  package init(table: String, sources: [Source], origin: PlanOrigin) {
    self.table = table
    self.sources = sources
    self.origin = origin
  }
}

package struct Inline: Equatable, Sendable {
  package var columns: [PlanColumn]
  package var table: Table
  package var origin: PlanOrigin

  package init(columns: [PlanColumn], table: Table, origin: PlanOrigin) {
    self.columns = columns
    self.table = table
    self.origin = origin
  }
}

package struct Argument: Equatable, Sendable {
  package var id: Int
  package var columns: [PlanColumn]

  package init(id: Int, columns: [PlanColumn]) {
    self.id = id
    self.columns = columns
  }

  /// Stands for the rows that an exchange between fragments brings; no `apply` has such an id.
  package init(exchange: Int, columns: [PlanColumn]) { self.init(id: -1 - exchange, columns: columns) }

  /// Nil for the rows of a group.
  package var exchange: Int? { id < 0 ? -1 - id : nil }
}

package struct Filter: Equatable, Sendable {
  package var input: LogicalPlan
  package var predicate: Expression
  package var origin: PlanOrigin

  package init(input: LogicalPlan, predicate: Expression, origin: PlanOrigin) {
    self.input = input
    self.predicate = predicate
    self.origin = origin
  }
}

/// A column and the expression that makes it.
package struct Assignment: Equatable, Sendable {
  package var column: PlanColumn
  package var expression: Expression

  package init(column: PlanColumn, expression: Expression) {
    self.column = column
    self.expression = expression
  }

  /// Passes a column through.
  package init(keeping column: PlanColumn) { self.init(column: column, expression: .column(column)) }
}

package struct Project: Equatable, Sendable {
  package var input: LogicalPlan
  package var assignments: [Assignment]
  package var origin: PlanOrigin

  package init(input: LogicalPlan, assignments: [Assignment], origin: PlanOrigin) {
    self.input = input
    self.assignments = assignments
    self.origin = origin
  }
}

package struct Aggregate: Equatable, Sendable {
  package struct Item: Equatable, Sendable {
    /// One column; several for `arg_max(x, a, b)`.
    package var outputs: [PlanColumn]
    package var call: AggregateCall

    package init(outputs: [PlanColumn], call: AggregateCall) {
      self.outputs = outputs
      self.call = call
    }

    func mapping(_ transform: (Expression) -> Expression) -> Item {
      var copy = self
      copy.call.arguments = call.arguments.map(transform)
      return copy
    }
  }

  package var input: LogicalPlan
  package var keys: [Assignment]
  package var items: [Item]
  /// Rows with a null key are left out (SPL) or form their own group (KQL).
  package var dropsNullKeys: Bool
  package var origin: PlanOrigin

  package init(
    input: LogicalPlan, keys: [Assignment], items: [Item], dropsNullKeys: Bool = false, origin: PlanOrigin
  ) {
    self.input = input
    self.keys = keys
    self.items = items
    self.dropsNullKeys = dropsNullKeys
    self.origin = origin
  }
}

package struct AggregateCall: Equatable, Sendable {
  package var function: AggregateFunction
  package var arguments: [Expression]
  package var types: [DataType]
  package var dialect: Dialect
  package var span: SourceSpan?

  package init(
    function: AggregateFunction, arguments: [Expression], types: [DataType], dialect: Dialect,
    span: SourceSpan? = nil
  ) {
    self.function = function
    self.arguments = arguments
    self.types = types
    self.dialect = dialect
    self.span = span
  }
}

package struct Join: Equatable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case inner, innerunique, leftouter, rightouter, fullouter, leftsemi, rightsemi, leftanti, rightanti
  }

  package var kind: Kind
  package var left: LogicalPlan
  package var right: LogicalPlan
  /// Pairs of equal type, over the left and over the right columns.
  package var keys: [Key]
  /// Each output column and the side column that fills it.
  package var outputs: [Output]
  /// Null keys match each other (KQL) or nothing (SPL).
  package var nullsMatch: Bool
  /// At most so many partners for a left row; nil for all.
  package var maximumMatches: Int?
  package var missingText: MissingText
  package var origin: PlanOrigin

  /// A value of the left rows and one of the right that must be equal.
  package struct Key: Equatable, Sendable {
    package var left: Expression
    package var right: Expression

    package init(_ left: Expression, _ right: Expression) {
      self.left = left
      self.right = right
    }
  }

  package struct Output: Equatable, Sendable {
    package var column: PlanColumn
    package var source: ColumnID
    package var fromLeft: Bool

    package init(column: PlanColumn, source: ColumnID, fromLeft: Bool) {
      self.column = column
      self.source = source
      self.fromLeft = fromLeft
    }
  }

  package init(
    kind: Kind, left: LogicalPlan, right: LogicalPlan, keys: [Key],
    outputs: [Output], nullsMatch: Bool = true, maximumMatches: Int? = nil, missingText: MissingText = .empty,
    origin: PlanOrigin
  ) {
    self.kind = kind
    self.left = left
    self.right = right
    self.keys = keys
    self.outputs = outputs
    self.nullsMatch = nullsMatch
    self.maximumMatches = maximumMatches
    self.missingText = missingText
    self.origin = origin
  }
}

package struct Union: Equatable, Sendable {
  /// A plan and, for each output column, the column of it that fills it (nil: missing there).
  package struct Leg: Equatable, Sendable {
    package var plan: LogicalPlan
    package var sources: [ColumnID?]

    package init(plan: LogicalPlan, sources: [ColumnID?]) {
      self.plan = plan
      self.sources = sources
    }
  }

  package var legs: [Leg]
  package var columns: [PlanColumn]
  package var missingText: MissingText
  package var origin: PlanOrigin

  package init(
    legs: [Leg], columns: [PlanColumn], missingText: MissingText = .empty, origin: PlanOrigin
  ) {
    self.legs = legs
    self.columns = columns
    self.missingText = missingText
    self.origin = origin
  }
}

package struct Sort: Equatable, Sendable {
  package struct Key: Equatable, Sendable {
    package var expression: Expression
    package var descending: Bool
    package var nullsFirst: Bool

    package init(expression: Expression, descending: Bool, nullsFirst: Bool) {
      self.expression = expression
      self.descending = descending
      self.nullsFirst = nullsFirst
    }
  }

  package var input: LogicalPlan
  package var keys: [Key]
  /// Only so many rows from the top.
  package var limit: Int?
  package var origin: PlanOrigin

  package init(input: LogicalPlan, keys: [Key], limit: Int? = nil, origin: PlanOrigin) {
    self.input = input
    self.keys = keys
    self.limit = limit
    self.origin = origin
  }
}

package struct Limit: Equatable, Sendable {
  package var input: LogicalPlan
  package var count: Int
  package var origin: PlanOrigin

  package init(input: LogicalPlan, count: Int, origin: PlanOrigin) {
    self.input = input
    self.count = count
    self.origin = origin
  }
}

package struct Expand: Equatable, Sendable {
  /// An array to expand and the column that its elements go to.
  package struct Item: Equatable, Sendable {
    package var source: Expression
    package var column: PlanColumn

    package init(source: Expression, column: PlanColumn) {
      self.source = source
      self.column = column
    }
  }

  package enum Bags: String, Sendable {
    /// `{"a":1,"b":2}` gives `{"a":1}` and `{"b":2}`.
    case bag
    /// `{"a":1,"b":2}` gives `["a",1]` and `["b",2]`.
    case array
  }

  package var input: LogicalPlan
  package var items: [Item]
  /// The 0-based index of the element.
  package var indexColumn: PlanColumn?
  /// All output columns in order: those of the input that stay, the items', the index.
  package var outputs: [PlanColumn]
  package var bags: Bags
  /// An empty or missing array keeps its row, with null (SPL).
  package var keepsEmpty: Bool
  package var rowLimit: Int?
  package var origin: PlanOrigin

  package init(
    input: LogicalPlan, items: [Item], indexColumn: PlanColumn? = nil, outputs: [PlanColumn],
    bags: Bags = .bag, keepsEmpty: Bool = false, rowLimit: Int? = nil, origin: PlanOrigin
  ) {
    self.input = input
    self.items = items
    self.indexColumn = indexColumn
    self.outputs = outputs
    self.bags = bags
    self.keepsEmpty = keepsEmpty
    self.rowLimit = rowLimit
    self.origin = origin
  }
}

package struct Window: Equatable, Sendable {
  package struct Item: Equatable, Sendable {
    package var column: PlanColumn
    package var function: WindowFunction
    package var arguments: [Expression]
    package var dialect: Dialect

    package init(column: PlanColumn, function: WindowFunction, arguments: [Expression], dialect: Dialect) {
      self.column = column
      self.function = function
      self.arguments = arguments
      self.dialect = dialect
    }
  }

  package var input: LogicalPlan
  /// Added behind the input's columns.
  package var items: [Item]
  package var origin: PlanOrigin

  package init(input: LogicalPlan, items: [Item], origin: PlanOrigin) {
    self.input = input
    self.items = items
    self.origin = origin
  }
}

package struct Apply: Equatable, Sendable {
  package var input: LogicalPlan
  /// Rows with equal keys go through the subplan together, groups in the order of their first row.
  package var keys: [Expression]
  /// Reads its rows from the `argument` node with this id.
  package var argumentID: Int
  package var subplan: LogicalPlan
  /// The scalar subquery that stands for a group's first key inside the subplan.
  package var keySubquery: Int?
  /// Columns of the input that stand before those of the subplan, with the value of the group's first row.
  package var carried: [PlanColumn]
  package var origin: PlanOrigin

  package init(
    input: LogicalPlan, keys: [Expression], argumentID: Int, subplan: LogicalPlan, keySubquery: Int? = nil,
    carried: [PlanColumn] = [], origin: PlanOrigin
  ) {
    self.keySubquery = keySubquery
    self.carried = carried
    self.input = input
    self.keys = keys
    self.argumentID = argumentID
    self.subplan = subplan
    self.origin = origin
  }
}

package struct TabularCall: Sendable {
  package var inputs: [LogicalPlan]
  package var `operator`: any TabularOperator
  package var origin: PlanOrigin

  package init(inputs: [LogicalPlan], operator: any TabularOperator, origin: PlanOrigin) {
    self.inputs = inputs
    self.operator = `operator`
    self.origin = origin
  }

  package var columns: [PlanColumn] { passedColumns + `operator`.made }

  /// The columns of the first input that come along.
  package var passedColumns: [PlanColumn] {
    switch `operator`.passes {
    case .none: []
    case .all, .some: inputs.first?.columns ?? []
    }
  }
}

extension TabularCall: Equatable {
  package static func == (left: TabularCall, right: TabularCall) -> Bool {
    left.inputs == right.inputs && left.origin == right.origin
      && left.operator.isEqual(to: right.operator)
  }
}
