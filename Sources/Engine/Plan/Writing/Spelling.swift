/// How a language without a function of its own for it writes a call.
///
/// ```
///   .spl("substr($1, $2 + 1)")     substring(name, 3) is substr(name, 3 + 1)
///   .spl("mvappend($*)")           all arguments, however many
/// ```
/// `$1` is the first argument, in parentheses where its neighbours would take a part of it away; `$t1` is it as a text
/// `$n1` as a number and `$w1` as a whole one, for languages that ask for types.
package struct Spelling: Hashable, Sendable {
  package var language: Language
  package var template: String

  package static func spl(_ template: String) -> Spelling { Spelling(language: .spl, template: template) }
  package static func kql(_ template: String) -> Spelling { Spelling(language: .kql, template: template) }

  /// What an argument is asked for as.
  package enum Reading: Character, Hashable, Sendable {
    case text = "t"
    case number = "n"
    case whole = "w"
    case itself = " "
  }

  /// Where arguments stand in the template.
  package enum Part: Hashable, Sendable {
    case text(String)
    /// 0-based; `isWhole` if commas or parentheses stand around it.
    case argument(Int, Reading, isWhole: Bool)
    case all
  }

  package var parts: [Part] {
    let characters = Array(template)
    var parts: [Part] = []
    var text = ""
    var place = 0
    while place < characters.count {
      guard characters[place] == "$", place + 1 < characters.count else {
        text.append(characters[place])
        place += 1
        continue
      }
      if !text.isEmpty { parts.append(.text(text)) }
      let before = text.last { $0 != " " }
      text = ""
      place += 1
      let reading = Reading(rawValue: characters[place])
      if reading != nil { place += 1 }
      let number = place < characters.count ? characters[place].wholeNumberValue : nil
      place += 1
      let after = place < characters.count ? characters[place...].first { $0 != " " } : nil
      if let number {
        let isWhole = (before == "(" || before == ",") && (after == ")" || after == ",")
        parts.append(.argument(number - 1, reading ?? .itself, isWhole: isWhole))
      } else {
        parts.append(.all)
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    return parts
  }

  /// The number of arguments that it takes; nil for any.
  package var argumentCount: Int? {
    var count = 0
    for part in parts {
      switch part {
      case .all: return nil
      case .argument(let index, _, _): count = max(count, index + 1)
      case .text: continue
      }
    }
    return count
  }

  /// It is one call, which needs no parentheses among operators.
  package var isCall: Bool {
    guard let open = template.firstIndex(of: "("), template.last == ")",
      template[..<open].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), open > template.startIndex
    else { return false }
    var depth = 0
    for place in template.indices {
      if template[place] == "(" { depth += 1 }
      if template[place] == ")" { depth -= 1 }
      if depth == 0, place > open, template.index(after: place) < template.endIndex { return false }
    }
    return true
  }
}

extension [Spelling] {
  /// The one for a call with so many arguments.
  package func fitting(_ language: Language, count: Int) -> Spelling? {
    first { $0.language == language && ($0.argumentCount == nil || $0.argumentCount == count) }
  }
}
