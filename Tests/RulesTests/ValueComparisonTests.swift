import Engine
import Rules
import Testing

@Suite struct ValueComparisonTests {
  struct Case: CustomTestStringConvertible {
    var old: (DataType, Value)
    var new: (DataType, Value)
    var isEqual: Bool

    init(_ oldType: DataType, _ old: Value, _ newType: DataType, _ new: Value, _ isEqual: Bool) {
      self.old = (oldType, old)
      self.new = (newType, new)
      self.isEqual = isEqual
    }

    var testDescription: String { "\(old) and \(new): \(isEqual)" }
  }

  /// 2026-03-02T12:00:00Z.
  static let moment: Int64 = 639_080_496_000_000_000

  static let acrossLanguages: [Case] = [
    Case(.long, .long(101), .string, .string("101"), true),
    Case(.long, .long(101), .real, .real(101), true),
    Case(.long, .long(101), .string, .string("101 calls"), false),
    Case(.real, .real(0.1 + 0.2), .string, .string("0.3"), true),
    Case(.real, .real(0.3), .string, .string("0.31"), false),
    Case(.long, .long(9_007_199_254_740_993), .string, .string("9007199254740993"), true),
    Case(.long, .long(9_007_199_254_740_993), .string, .string("9007199254740992"), false),
    Case(.datetime, .datetime(moment), .real, .real(1_772_452_800), true),
    Case(.datetime, .datetime(moment), .string, .string("1772452800"), true),
    Case(.datetime, .datetime(moment), .string, .string("2026-03-02T12:00:00Z"), true),
    Case(.datetime, .datetime(moment), .real, .real(1_772_452_801), false),
    Case(.timespan, .timespan(Ticks.perHour), .long, .long(3600), true),
    Case(.bool, .bool(true), .string, .string("true"), true),
    Case(.bool, .bool(false), .long, .long(1), false),
    Case(.string, .string(""), .string, .null, true),
    Case(.dynamic, .dynamic(.array([])), .string, .null, true),
    Case(.dynamic, .dynamic(.array([.string("a")])), .string, .string("a"), true),
    Case(.dynamic, .dynamic(.array([.long(1), .long(2)])), .string, .string("[2, 1]"), true),
    Case(.dynamic, .dynamic(.array([.long(1)])), .dynamic, .dynamic(.string("[1]")), true),
    Case(.dynamic, .dynamic(.array([.long(1)])), .string, .string("[2]"), false),
    Case(.dynamic, .dynamic(.array([])), .string, .string("[]"), true),
    Case(
      .dynamic, .dynamic(.array([.string("b"), .long(1)])), .dynamic,
      .dynamic(.array([.string("1"), .string("b")])), true),
    Case(
      .dynamic, .dynamic(.array([.string("b")])), .dynamic, .dynamic(.array([.string("b"), .string("b")])),
      false),
    Case(.string, .string("A"), .string, .string("a"), false),
    // What looks like a list is a text among texts.
    Case(.string, .string("[2, 1]"), .string, .string("[1, 2]"), false),
    Case(.string, .string(#"["a"]"#), .string, .string("a"), false),
    Case(.string, .string("[]"), .string, .null, false),
    Case(.string, .string("{}"), .string, .string(""), false),
    Case(.long, .long(1), .string, .string("[1]"), false),
    Case(.dynamic, .dynamic(.array([.long(1), .long(2)])), .string, .string("[1, 1, 2]"), false),
    // An account id is text on both sides: its zeros count.
    Case(.string, .string("011122223333"), .string, .string("11122223333"), false),
  ]

  @Test(arguments: acrossLanguages) func `between languages values are compared by meaning`(_ test: Case) {
    let comparison = ValueComparison(test.old.0, test.new.0, isAcrossLanguages: true)
    #expect((comparison.canonical(test.old.1) == comparison.canonical(test.new.1)) == test.isEqual)
  }

  static let withinLanguage: [Case] = [
    Case(.string, .string(""), .string, .null, false),
    Case(.long, .long(5), .real, .real(5), true),
    Case(.string, .string("5"), .long, .long(5), false),
    Case(.real, .real(.nan), .real, .real(.nan), true),
    Case(
      .dynamic, .dynamic(.array([.long(1), .long(2)])), .dynamic, .dynamic(.array([.long(2), .long(1)])),
      false),
  ]

  @Test(arguments: withinLanguage) func `within a language values are compared exactly`(_ test: Case) {
    let comparison = ValueComparison(test.old.0, test.new.0, isAcrossLanguages: false)
    #expect((comparison.canonical(test.old.1) == comparison.canonical(test.new.1)) == test.isEqual)
  }
}
