/// A piece of a time that is shown as a text, in both languages.
///
/// ```
///   "yyyy-MM-dd HH:mm"     "%Y-%m-%d %H:%M"     year - month - day   hour : minute
/// ```
package enum TimeFormatPart: Hashable, Sendable {
  case field(Field)
  /// Letters and signs that stand for themselves.
  case text(Character)

  /// What both languages can show.
  package struct Field: Hashable, Sendable {
    /// `format_datetime`: `yyyy`.
    package let letters: String
    /// `strftime`: `%Y`.
    package let code: String
  }

  private static let fields = [
    ("yyyy", "%Y"), ("yy", "%y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("hh", "%I"), ("mm", "%M"),
    ("ss", "%S"), ("tt", "%p"), ("fff", "%3N"), ("ffffff", "%6N"),
  ].map(Field.init)

  /// The parts of a format of letters; nil if it has a letter that codes cannot say.
  package static func parts(ofLetters format: String) -> [TimeFormatPart]? {
    var result: [TimeFormatPart] = []
    var rest = Substring(format)
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      if !first.isLetter {
        result += run.map { .text($0) }
      } else if let field = fields.first(where: { $0.letters == run }) {
        result.append(.field(field))
      } else {
        return nil
      }
      rest = rest.dropFirst(run.count)
    }
    return result
  }

  /// The parts of a format of codes; nil if it has a code that letters cannot say.
  package static func parts(ofCodes format: String) -> [TimeFormatPart]? {
    var result: [TimeFormatPart] = []
    var rest = format.replacing("%F", with: "%Y-%m-%d").replacing("%T", with: "%H:%M:%S")[...]
    while let first = rest.first {
      if first != "%" {
        result.append(.text(first))
        rest.removeFirst()
      } else if let field = fields.first(where: { rest.hasPrefix($0.code) }) {
        result.append(.field(field))
        rest = rest.dropFirst(field.code.count)
      } else {
        return nil
      }
    }
    return result
  }
}
