import Engine

/// A text with places for cells of a row: `Mail from {{UserIdentityArn}}` (Sentinel), `Mail from $user$` (Splunk).
///
/// ```
///   AlertTemplate("Mail from {{Arn}}", style: .braces).text { $0 == "Arn" ? "arn:aws:iam::1:root" : nil }
/// ```
package struct AlertTemplate: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    /// `{{Column}}`
    case braces
    /// `$field$`
    case dollars
  }

  private enum Part: Hashable, Sendable {
    case text(String)
    /// The name, and how it stands in the template.
    case column(String, written: String)
  }

  private var parts: [Part] = []

  package init(_ template: String, style: Style) {
    let (open, close) = style == .braces ? ("{{", "}}") : ("$", "$")
    var rest = template[...]
    var text = ""
    while let start = rest.firstPlace(of: open) {
      let behind = rest.index(start, offsetBy: open.count)
      guard let end = rest[behind...].firstPlace(of: close) else { break }
      let name = rest[behind..<end].trimmingBlanks
      let after = rest.index(end, offsetBy: close.count)
      guard AlertTemplate.isName(name) else {
        // No place for a cell, such as the `$` of a price: it stays as it is.
        text += rest[..<behind]
        rest = rest[behind...]
        continue
      }
      text += rest[..<start]
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      parts.append(.column(name, written: String(rest[start..<after])))
      rest = rest[after...]
    }
    text += rest
    if !text.isEmpty { parts.append(.text(text)) }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789_.{}".unicodeScalars.contains($0)
      }
  }

  /// The template as it is written in a style.
  package func template(in style: Style) -> String {
    parts.map { part in
      switch (part, style) {
      case (.text(let text), _): text
      case (.column(let name, _), .braces): "{{\(name)}}"
      case (.column(let name, _), .dollars): "$\(name)$"
      }
    }.joined()
  }

  /// The columns that it names, in their order.
  package var columns: [String] {
    parts.compactMap { if case .column(let name, _) = $0 { name } else { nil } }
  }

  /// The text with the cells put in; a column that the row lacks stays as it is written.
  package func text(_ cell: (String) -> String?) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .column(let name, let written): cell(name) ?? written
      }
    }.joined()
  }
}

extension Substring {
  fileprivate func firstPlace(of text: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place }
      place = index(after: place)
    }
    return nil
  }

  fileprivate var trimmingBlanks: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
