/// Flat rows of a log, as a table or a console exports them: which member of a record each column is. Such rows are
/// written anew as records, so that both languages read them as any other.
///
/// ```
///   RowForm("rows of Sentinel", tests: [[.has("EventName"), .has("EventSource")]],
///     columns: [RowColumn("EventName", ["eventName"]), RowColumn("UserIdentityArn", ["userIdentity", "arn"])])
///   EventName,EventSource,UserIdentityArn
///   CreateUser,iam.amazonaws.com,arn:…      {"eventName":"CreateUser","userIdentity":{"arn":"arn:…"},"EventSource":…}
/// ```
/// A column that is not listed keeps its name.
package struct RowForm: Sendable, Hashable {
  /// As messages call it.
  package var name: String
  /// Rows are of this form if all tests of one of these hold.
  package var tests: [[LogSource.ShapeTest]]
  package var columns: [RowColumn]
  /// Words that stand for no value.
  package var nulls: [String]
  /// Set where the columns are paths into nested objects.
  package var nesting: Nesting?

  /// An object of another schema.
  package struct Nesting: Sendable, Hashable {
    /// What stands at which path in the objects of this log.
    package var marks: [String: String]
    /// A member whose own members keep their names and places.
    package var rest: String

    package init(marks: [String: String], rest: String) {
      self.marks = marks
      self.rest = rest
    }
  }
  package init(
    _ name: String, tests: [[LogSource.ShapeTest]], columns: [RowColumn], nulls: [String] = [],
    nesting: Nesting? = nil
  ) {
    self.name = name
    self.tests = tests
    self.columns = columns
    self.nulls = nulls
    self.nesting = nesting
  }

  /// The name of a column without what an export adds: `TimeGenerated [UTC]`.
  static func plainName(_ name: String) -> String {
    name.hasSuffix(" [UTC]") ? String(name.dropLast(6)) : name
  }

  /// Whether a table with these columns is of this form, as far as that is told without a look at its values.
  func fits(names: Set<String>) -> Bool {
    tests.contains { tests in
      tests.allSatisfy { test in
        switch test {
        case .has(let name): names.contains(name)
        case .equals: false
        case .excludes: true
        }
      }
    }
  }

  func fits(_ value: (String) -> FieldValue?) -> Bool {
    tests.contains { tests in
      tests.allSatisfy { test in
        let found = value(test.name)
        switch test {
        case .has: return found != nil
        case .equals(_, let texts):
          guard let found else { return false }
          return ValueText.withText(found) { text in texts.contains { $0.utf8.elementsEqual(text) } }
        case .excludes(_, let prefix):
          guard let found else { return true }
          return ValueText.withText(found) { text in !text.starts(with: prefix.utf8) }
        }
      }
    }
  }
}

/// A column of flat rows.
package struct RowColumn: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    case text, bool, time
    /// JSON text of an object or a list.
    case json
    /// An object as engines print structures, `{type=IAMUser, arn=null}`, or as JSON; how its members are spelled, by
    /// their names in small letters.
    case structure(spelling: [String: String])
    /// The text of the whole record: all else is of no account.
    case record
    /// `Yes` and `No` for true and false.
    case answer
    /// A list of nested objects, by the columns of each.
    case list([RowColumn])
  }

  package var name: String
  package var path: [String]
  package var cell: Cell
  /// The values of this column begin so; others are the next one's of its name.
  package var prefix: String?

  package init(_ name: String, _ path: [String], _ cell: Cell = .text, prefix: String? = nil) {
    self.prefix = prefix
    self.name = name
    self.path = path
    self.cell = cell
  }
}

extension LogSource.ShapeTest {
  var isOfName: Bool {
    switch self {
    case .has: true
    case .equals, .excludes: false
    }
  }

  var name: String {
    switch self {
    case .has(let name), .equals(let name, _), .excludes(let name, _): name
    }
  }
}
