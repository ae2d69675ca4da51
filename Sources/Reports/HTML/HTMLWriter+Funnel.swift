package import Diagnostics
package import Rules

extension HTMLWriter {
  /// Where the rows of a query went, stage by stage.
  package mutating func funnel(_ funnel: Funnel) {
    for branch in funnel.branches {
      element("h4", text: funnel.name.map { "\($0): \(branch.name)" } ?? branch.name)
      let head = [("line", true), ("in", true), ("out", true), ("stage", false)]
      table(head, caption: "Rows of \(branch.name)", isData: false) { html in
        for stage in branch.stages { html.stage(stage, in: funnel) }
      }
    }
  }

  private mutating func stage(_ stage: Funnel.Stage, in funnel: Funnel) {
    let drops = stage.rowsIn.map { stage.rowsOut < $0 } ?? false
    element("tr") { html in
      html.element("td", ["class": "n"], text: stage.line.map(String.init) ?? "")
      html.element("td", ["class": "n"], text: stage.rowsIn.map(String.init) ?? "")
      html.element("td", ["class": "n"], text: String(stage.rowsOut))
      html.element("td") { html in
        if drops, !stage.conjuncts.isEmpty {
          html.element("mark", text: stage.text)
        } else {
          html.text(stage.text)
        }
        for feed in stage.feeds where funnel.branches.indices.contains(feed) {
          html.note("from \(funnel.branches[feed].name): \(funnel.branches[feed].rowCount)")
        }
        if stage.conjuncts.count > 1 {
          html.list(stage.conjuncts.map { "\($0.text) — alone \($0.alone), so far \($0.inSequence)" })
        }
        for miss in stage.misses { html.element("p", ["class": "lost"], text: miss.message) }
      }
    }
  }

  /// The text of a rule with the conditions marked that rows did not pass, and how many passed.
  package mutating func source(_ source: SourceText, deciding funnels: [Funnel]) {
    var marks: [(span: SourceSpan, text: String)] = []
    for stage in funnels.flatMap(\.branches).flatMap(\.stages) where !stage.conjuncts.isEmpty {
      guard let span = stage.span, let before = stage.rowsIn, stage.rowsOut < before else { continue }
      marks.append((span, "\(stage.rowsOut) of \(before) rows"))
    }
    marks.sort { $0.span.lowerBound < $1.span.lowerBound }
    let bytes = Array(source.text.utf8)
    element("pre") { html in
      var place = 0
      for mark in marks where mark.span.lowerBound >= place && mark.span.upperBound <= bytes.count {
        html.text(String(decoding: bytes[place..<mark.span.lowerBound], as: UTF8.self))
        html.element(
          "mark", text: String(decoding: bytes[mark.span.lowerBound..<mark.span.upperBound], as: UTF8.self))
        html.element("span", ["class": "count"], text: "  \(mark.text)")
        place = mark.span.upperBound
      }
      html.text(String(decoding: bytes[place...], as: UTF8.self))
    }
  }
}
