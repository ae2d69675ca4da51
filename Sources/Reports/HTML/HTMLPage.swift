import Engine
import Rules

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report in one file: it asks for nothing from anywhere, and a policy within forbids what it does not need.
///
/// ```swift
///   var page = HTMLPage("Alerts", subtitle: "2 rules over logs/")
///   page.section("Rules") { html in … }
///   try write(page.text)
/// ```
package struct HTMLPage {
  let title: String
  let subtitle: String
  private var sections: [(id: String, title: String, body: HTMLWriter)] = []
  /// Facts beside the title: a name and a text each.
  package var facts: [(name: String, text: String)] = []

  package init(_ title: String, subtitle: String = "") {
    self.title = title
    self.subtitle = subtitle
  }

  package mutating func section(_ title: String, _ content: (inout HTMLWriter) -> Void) {
    var body = HTMLWriter()
    content(&body)
    sections.append(("part-\(sections.count + 1)", title, body))
  }

  package var bytes: [UInt8] {
    var html = HTMLWriter()
    html.raw("<!doctype html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head") { head(&$0) }
      // The script shows as many rows at first as the page does without it.
      html.element("body", ["data-rows": "\(HTMLPage.rowsAtFirst)"]) { html in
        html.element("header") { html in
          html.element("h1", text: title)
          if !subtitle.isEmpty { html.element("p", ["class": "subtitle"], text: subtitle) }
          if !facts.isEmpty { html.facts(facts) }
          if sections.count > 1 {
            html.element("nav", ["aria-label": "Parts of this page"]) { html in
              for section in sections { html.element("a", ["href": "#\(section.id)"], text: section.title) }
            }
          }
        }
        html.element("main") { html in
          for section in sections {
            html.element("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"]) { html in
              html.element("h2", ["id": "\(section.id)-title"], text: section.title)
              html.append(section.body)
            }
          }
        }
        html.element("script") { $0.raw(HTMLPage.script) }
      }
    }
    html.raw("\n")
    return html.bytes
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private func head(_ html: inout HTMLWriter) {
    html.raw("<meta charset=\"utf-8\">")
    html.open("meta", ["http-equiv": "Content-Security-Policy", "content": HTMLPage.policy])
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    html.raw(
      "<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"color-scheme\" content=\"light dark\">")
    // Without it a browser would ask for one.
    html.raw("<link rel=\"icon\" href=\"data:,\">")
    html.element("title", text: title)
    html.element("style") { $0.raw(HTMLPage.style) }
    html.element("noscript") { html in html.element("style") { $0.raw(HTMLPage.plainStyle) } }
  }

  /// The page's own style and script, by their digests, and nothing else.
  private static let policy =
    "default-src 'none'; img-src data:; style-src 'sha256-\(digest(style))' 'sha256-\(digest(plainStyle))'; script-src 'sha256-\(digest(script))'; "
    + "base-uri 'none'; form-action 'none'"

  /// Without the script there is nothing that shows more rows, so all are shown.
  private static let plainStyle: StaticString = ".more{display:table-row}"

  /// So many rows of a table are shown at first: a browser takes long to lay out more.
  static let rowsAtFirst = 300

  private static func digest(_ constant: StaticString) -> String {
    let hexadecimal = Array(Digest.sha256(constant.description))
    let bytes = stride(from: 0, to: hexadecimal.count - 1, by: 2).compactMap {
      UInt8(String(hexadecimal[$0...$0 + 1]), radix: 16)
    }
    return Data(bytes).base64EncodedString()
  }
}

extension Severity? {
  /// The class of its colour; an unknown one is as the least grave.
  var style: String { (self ?? .informational).rawValue }
}

extension HTMLWriter {
  /// Names and texts, one beside the other.
  package mutating func facts(_ facts: [(name: String, text: String)]) {
    element("dl", ["class": "facts"]) { html in
      for fact in facts where !fact.text.isEmpty {
        html.element("div") { html in
          html.element("dt", text: fact.name)
          html.element("dd", text: fact.text)
        }
      }
    }
  }

  package mutating func note(_ text: String) { element("p", ["class": "note"], text: text) }

  /// Something that is opened by whoever wants it.
  package mutating func details(
    _ title: String, isOpen: Bool = false, _ content: (inout HTMLWriter) -> Void
  ) {
    element("details", isOpen ? ["open": ""] : [:]) { html in
      html.element("summary", text: title)
      content(&html)
    }
  }

  package mutating func list(_ texts: [String]) {
    if texts.isEmpty { return }
    element("ul") { html in for text in texts { html.element("li", text: text) } }
  }

  /// A severity as a small label.
  mutating func severity(_ severity: String?) {
    guard let severity, !severity.isEmpty else { return }
    element("span", ["class": "severity \(Severity(severity).style)"], text: severity)
  }
}
