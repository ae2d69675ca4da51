import Engine

/// A piece of an expression as KQL has it.
struct KQLPiece {
  typealias Kind = WrittenKind

  var text: String
  var kind: Kind
  var strength: BindingStrength
  /// It may be empty, or null where its kind has no empty value.
  var mayBeEmpty: Bool
  /// The columns that it reads.
  var reads: Set<String>
  /// The constant that it is in rows without a value: `iff(isempty(ErrorCode), "success", ErrorCode)`.
  var standIn: StandIn?

  /// That there is what a list was made of.
  var origin: String?
  /// A number that may have decimals.
  var isReal = false
  /// A field of the events, not something made of one.
  var isField = false
  /// Which source the events are of: the table says it.
  var isOfSource = false
  /// What it is in every row, whatever it is called.
  private(set) var constant: Value?
  /// The name, if it is a column and nothing more.
  private(set) var columnName: String?
  /// The event itself: all columns, where a word is looked for.
  private(set) var isRaw = false

  struct StandIn {
    var column: String
    var text: String
  }

  init(
    _ text: String, _ kind: Kind, strength: BindingStrength = .primary, mayBeEmpty: Bool = true,
    reads: Set<String> = []
  ) {
    self.text = text
    self.kind = kind
    self.strength = strength
    self.mayBeEmpty = mayBeEmpty
    self.reads = reads
  }

  static let raw = {
    var piece = KQLPiece("*", .text, mayBeEmpty: false)
    piece.isRaw = true
    return piece
  }()

  /// A text that is never there.
  static let nothing = {
    var piece = KQLPiece.constant(.string(""), "\"\"", .text)
    piece.mayBeEmpty = true
    return piece
  }()

  static func column(_ name: String, _ kind: Kind, mayBeEmpty: Bool = true) -> KQLPiece {
    var piece = KQLPiece(KQLName.text(name), kind, mayBeEmpty: mayBeEmpty, reads: [name])
    piece.columnName = name
    return piece
  }

  /// A column that holds it.
  func column(_ name: String) -> KQLPiece {
    var piece = KQLPiece.column(name, kind, mayBeEmpty: mayBeEmpty)
    piece.isReal = isReal
    return piece
  }

  static func constant(
    _ value: Value, _ text: String, _ kind: Kind, strength: BindingStrength = .primary
  ) -> KQLPiece {
    var piece = KQLPiece(text, kind, strength: strength, mayBeEmpty: value.isNull)
    piece.constant = value
    return piece
  }

  static func always(_ truth: Bool) -> KQLPiece { KQLName.constant(.bool(truth), .bool) }

  func operand(_ least: BindingStrength) -> String { strength < least ? "(\(text))" : text }

  /// The same as a text.
  var asText: KQLPiece {
    switch kind {
    case .text: return self
    case .number where isReal:
      // A whole number has no decimals as a text there.
      return KQLPiece(
        "replace_regex(tostring(\(text)), @\"\\.0$\", \"\")", .text, mayBeEmpty: mayBeEmpty, reads: reads)
    case .number, .span, .list, .json, .moment:
      return KQLPiece("tostring(\(text))", .text, mayBeEmpty: mayBeEmpty, reads: reads)
    case .truth: return KQLPiece("tolower(tostring(\(text)))", .text, mayBeEmpty: mayBeEmpty, reads: reads)
    }
  }

  /// The same as a number.
  var asNumber: KQLPiece {
    if kind == .number { return self }
    if case .string(let text)? = constant, let number = NumberText.real(text) {
      return KQLName.constant(NumberText.integer(text).map { .long($0) } ?? .real(number), .real)
    }
    let number =
      switch kind {
      case .span: "(\(operand(.product)) / 1s)"
      case .moment: "((\(operand(.sum)) - datetime(1970-01-01)) / 1s)"
      case .number, .text, .list, .json, .truth: "todouble(\(text))"
      }
    let isTime = kind == .span || kind == .moment
    var result = KQLPiece(number, .number, mayBeEmpty: mayBeEmpty || !isTime, reads: reads)
    result.isReal = true
    return result
  }

  /// The same as a whole number.
  var asWhole: KQLPiece {
    if case .long? = constant { return self }
    if case .real(let number)? = constant, let whole = Int64(exactly: number) {
      return KQLName.constant(.long(whole), .long)
    }
    return KQLPiece("toint(\(asNumber.text))", .number, mayBeEmpty: mayBeEmpty, reads: reads)
  }

  /// The same as a moment.
  var asMoment: KQLPiece {
    switch kind {
    case .moment: self
    // A text is a time there only as a number of seconds.
    case .number, .span, .text, .list, .json, .truth:
      KQLPiece("unixtime_seconds_todatetime(\(asNumber.text))", .moment, mayBeEmpty: mayBeEmpty, reads: reads)
    }
  }

  func read(as reading: Spelling.Reading) -> KQLPiece {
    switch reading {
    case .text: asText
    case .number: asNumber
    case .whole: asWhole
    case .itself: self
    }
  }

  /// A condition that there is a value; nil where there always is one.
  var presence: String? {
    if !mayBeEmpty { return nil }
    switch kind {
    case .text, .json: return "isnotempty(\(text))"
    case .list: return origin ?? "array_length(\(text)) > 0"
    case .number, .moment, .span, .truth: return "isnotnull(\(text))"
    }
  }

  var absence: String {
    switch kind {
    case .text, .json: "isempty(\(text))"
    case .list: "coalesce(array_length(\(text)), 0) == 0"
    case .number, .moment, .span, .truth: "isnull(\(text))"
    }
  }
}

/// How names and constants are written.
enum KQLName {
  static func text(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && ![ReservedWords.Place.newColumn, .use, .binding].contains { ReservedWords.holds(name, as: $0) }
    return isPlain ? name : "[\(KQLSourcePrinter.quoted(name))]"
  }

  /// A regular expression, whose backslashes stand for themselves.
  static func pattern(_ regex: String) -> String {
    regex.contains("\\") && !regex.contains("\"") && !regex.contains(where: \.isNewline)
      ? "@\"\(regex)\"" : KQLSourcePrinter.quoted(regex)
  }

  static func constant(_ value: Value, _ type: DataType) -> KQLPiece {
    switch value {
    case .null: .constant(value, type == .string ? "\"\"" : "\(type.rawValue)(null)", KQLPiece.Kind(type))
    case .string(let text): .constant(value, KQLSourcePrinter.quoted(text), .text)
    case .bool(let truth): .constant(value, truth ? "true" : "false", .truth)
    case .long(let number):
      .constant(value, String(number), .number, strength: number < 0 ? .sign : .primary)
    case .real(let number): real(number)
    case .decimal: .constant(value, "decimal(\(value.kqlText))", .number)
    case .datetime: .constant(value, "datetime(\(value.kqlText))", .moment)
    case .timespan: .constant(value, "timespan(\(value.kqlText))", .span)
    case .guid: .constant(value, KQLSourcePrinter.quoted(value.kqlText), .text)
    case .dynamic(let tree): .constant(value, "dynamic(\(tree.text))", .list)
    }
  }

  private static func real(_ number: Double) -> KQLPiece {
    let value = Value.real(number)
    var piece = KQLPiece.constant(value, value.kqlText, .number, strength: number < 0 ? .sign : .primary)
    piece.mayBeEmpty = number.isNaN
    return piece
  }

  /// Seconds as a span: `1h`, `90m`.
  static func span(seconds: Double) -> String {
    guard seconds == seconds.rounded(), abs(seconds) < 1e12 else { return "\(seconds) * 1s" }
    let whole = Int64(seconds)
    for (size, unit) in [(86400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
    where whole % size == 0 && whole != 0 {
      return "\(whole / size)\(unit)"
    }
    return "\(whole)s"
  }
}

extension WrittenKind {
  /// A dynamic value of a search is a field of several values.
  init(_ type: DataType) { self.init(type, dynamic: .list) }
}
