package import Diagnostics
import Engine

/// What an expression over the columns of a node is to be.
enum EventGoal {
  case holds(Expression)
  case fails(Expression)
  /// It has this value.
  case equals(Expression, Value)
  /// It has none of these.
  case differs(Expression, from: [Value])
  /// It has a value.
  case filled(Expression)
  /// Nothing is asked of it: it goes along, so that it can be read by the columns of the scan.
  case known(Expression)

  var expression: Expression {
    switch self {
    case .holds(let expression), .fails(let expression), .equals(let expression, _),
      .differs(let expression, _), .filled(let expression), .known(let expression):
      expression
    }
  }

  func mapping(_ transform: (Expression) -> Expression) -> EventGoal {
    switch self {
    case .holds(let expression): .holds(transform(expression))
    case .fails(let expression): .fails(transform(expression))
    case .equals(let expression, let value): .equals(transform(expression), value)
    case .differs(let expression, let values): .differs(transform(expression), from: values)
    case .filled(let expression): .filled(transform(expression))
    case .known(let expression): .known(transform(expression))
    }
  }

  /// The opposite, for a near miss.
  var reversed: EventGoal {
    switch self {
    case .holds(let expression): .fails(expression)
    case .fails(let expression): .holds(expression)
    case .equals(let expression, let value): .differs(expression, from: [value])
    case .differs(let expression, let values): .equals(expression, values.first ?? .null)
    case .filled(let expression), .known(let expression): .equals(expression, .null)
    }
  }
}

/// A condition of a rule, as its text has it.
package struct RuleCondition: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case filter, join
  }

  /// Its number among the conditions of the rule.
  package var id: Int
  package var kind: Kind
  /// In one line.
  package var text: String
  package var span: SourceSpan?
  /// 1-based; nil for what stands nowhere.
  package var line: Int?
}

/// A goal, and the condition that it comes from; nil for what only helps, as a key that copies share.
struct ConditionGoal {
  /// What an expression is to a group of rows.
  enum Use: Hashable {
    /// The rows of the group share it.
    case key(group: Int)
    /// Its distinct values are counted.
    case varied(group: Int)
  }

  var goal: EventGoal
  var condition: RuleCondition?
  var use: Use?

  func mapping(_ transform: (Expression) -> Expression) -> ConditionGoal {
    ConditionGoal(goal: goal.mapping(transform), condition: condition, use: use)
  }

  func substituting(_ replacements: [ColumnID: Expression]) -> ConditionGoal {
    mapping { $0.substituting(replacements) }
  }

  /// Whether it reads nothing but some columns, and no rows of elsewhere.
  func isWithin(_ columns: Set<ColumnID>) -> Bool {
    let expression = goal.expression
    return expression.columns.isSubset(of: columns) && expression.scalarSubqueries.isEmpty
  }
}
