/// What a language makes of values: the rules that a call runs by and a result is shown by.
///
/// Behind lowering these rules are all that is left of a language. They are asked by their meaning
/// (`dialect.missingText`, `dialect.lists`) and never by whose they are: a further language brings a value of its
/// own. They hold nothing but data, so a written plan keeps them and reads them back.
package struct Dialect: Hashable, Sendable {
  /// How a value reads as text, and how a number is read from one.
  package enum Texts: String, Sendable {
    /// By its type: `2.0`, `True`, `2024-01-01T00:00:00.0000000Z`.
    case typed
    /// As a field of text has it: `2`, `true`, `1704067200`.
    case plain
  }

  /// What an array is.
  package enum Lists: String, Sendable {
    /// One value like any other, shown as its JSON.
    case array
    /// Several values of one field: one alone stands for itself, none is null, and they are shown side by side.
    case multivalue
  }

  /// What the elements of a collected list are.
  package enum Elements: String, Sendable {
    /// What they were.
    case typed
    /// Their texts.
    case texts
  }

  /// Which conversions need no function.
  package enum Conversions: String, Sendable {
    /// To a wider number and out of a bag into a text; all others are written out.
    case written
    /// Nearly all.
    case implied
  }

  /// Its names for functions. It also tells equal rules of two languages apart.
  package var language: Language
  /// What stands for a text that is missing.
  package var missingText: MissingText
  package var texts: Texts
  package var lists: Lists
  package var elements: Elements
  package var conversions: Conversions
  /// A total over no value is null; else it is 0, and a mean is NaN.
  package var emptyTotalIsNull: Bool
  /// A null inside JSON is an element of a list, unlike any other null.
  package var listsNullsOfJSON: Bool
  /// Of texts that are all numbers the least is the least number.
  package var ordersTextsAsNumbers: Bool
  /// Variances are rounded to so many decimals.
  package var varianceDecimals: Int?

  package init(
    language: Language, missingText: MissingText, texts: Texts, lists: Lists, elements: Elements,
    conversions: Conversions, emptyTotalIsNull: Bool, listsNullsOfJSON: Bool, ordersTextsAsNumbers: Bool,
    varianceDecimals: Int? = nil
  ) {
    self.language = language
    self.missingText = missingText
    self.texts = texts
    self.lists = lists
    self.elements = elements
    self.conversions = conversions
    self.emptyTotalIsNull = emptyTotalIsNull
    self.listsNullsOfJSON = listsNullsOfJSON
    self.ordersTextsAsNumbers = ordersTextsAsNumbers
    self.varianceDecimals = varianceDecimals
  }
}

/// Whether a text that is missing (no partner in a join, no such column in a union) is "" or null.
package enum MissingText: String, Sendable {
  case empty
  case null

  /// What stands for a missing value of a type.
  package func value(of type: DataType) -> Value {
    switch self {
    case .empty: type == .string ? .string("") : .null
    case .null: .null
    }
  }
}
