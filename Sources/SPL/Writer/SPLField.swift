import Engine

/// What stands for a column of a plan in a search.
struct SPLField {
  typealias Kind = WrittenKind

  enum Place: Hashable {
    case field(String)
    /// An object or array inside the event: its members are fields of their own.
    case event(path: String)
    /// The same in every row; an expression.
    case constant(String)
  }

  var place: Place
  var kind: Kind
  var mayBeMissing: Bool

  init(_ place: Place, _ kind: Kind, mayBeMissing: Bool) {
    self.place = place
    self.kind = kind
    self.mayBeMissing = mayBeMissing
  }

  /// The field's name; nil for what has none yet.
  var name: String? {
    switch place {
    case .field(let name): name
    case .event, .constant: nil
    }
  }
}

/// A piece of an `eval` expression.
struct SPLPiece {
  var text: String
  var strength: BindingStrength
  var kind: SPLField.Kind
  /// It may be null where the original has a value.
  var mayBeMissing: Bool
  /// Where it stands inside a JSON text.
  var place: SPLJSONPlace?
  /// A list of one value.
  var isSingle = false
  /// A number without what makes it 0 where it is missing, for comparisons in which either is false.
  var bare: String?

  init(
    _ text: String, _ kind: SPLField.Kind, strength: BindingStrength = .primary, mayBeMissing: Bool = true
  ) {
    self.text = text
    self.kind = kind
    self.strength = strength
    self.mayBeMissing = mayBeMissing
  }

  init(_ place: SPLJSONPlace) {
    self.init(place.text, .json)
    self.place = place
  }

  /// As an operand of something that takes only what binds so strongly.
  func operand(_ least: BindingStrength) -> String { strength < least ? "(\(text))" : text }

  /// The same where a value that is missing must be the empty text.
  var whole: String { mayBeMissing ? "coalesce(\(text), \"\")" : text }

  /// A scalar that is compared for equality: inside an event it has a field of its own.
  var leaf: String { place?.leaf ?? text }

  func read(as kind: SPLField.Kind) -> SPLPiece {
    var copy = self
    copy.kind = kind
    return copy
  }
}

/// A path into a JSON text: `json_extract(_raw, "resources{0}.ARN")`.
struct SPLJSONPlace: Hashable {
  /// An expression; the event itself is `_raw`.
  var base: String
  var path: String

  static let event = "_raw"

  var text: String { path.isEmpty ? base : "json_extract(\(base), \(SPLSpelling.text(path)))" }

  /// The field that an event has of it.
  var leaf: String? {
    base == SPLJSONPlace.event && !path.isEmpty && !path.contains("{") ? SPLSpelling.field(path) : nil
  }

  /// Nil for a name that a path cannot say.
  func member(_ name: String) -> SPLJSONPlace? {
    if name.isEmpty || name.contains(where: { ".{}\"\\".contains($0) }) { return nil }
    return SPLJSONPlace(base: base, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func element(_ index: Int) -> SPLJSONPlace {
    SPLJSONPlace(base: base, path: "\(path){\(index)}")
  }
}

extension WrittenKind {
  /// Moments and spans are seconds, truths texts; a dynamic value is its JSON text.
  init(_ type: DataType) { self.init(type, dynamic: .json) }
}
