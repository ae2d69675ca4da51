import Engine
import FoundationEssentials
import Testing

@testable import Reports

@Suite struct HTMLPageTests {
  private static let hostile = "<script>alert(1)</script>\u{202E}&\"'\u{0}\u{1B}[31m"

  private static func page() -> String {
    var page = HTMLPage(hostile, subtitle: hostile)
    page.facts = [(hostile, hostile)]
    page.section(hostile) { html in
      html.table(
        Table(
          fields: [Field(hostile, .string), Field("n", .long), Field("t", .datetime), Field("d", .dynamic)],
          rows: [
            [.string(hostile), .long(1), .datetime(0), .dynamic(.object([.init(hostile, .string(hostile))]))]
          ]),
        caption: hostile)
      html.list([hostile])
      html.details(hostile) { $0.note(hostile) }
      html.severity(hostile)
      if let chart = TextChartTests.chart(TextChartTests.names([(hostile, 1)]), .barchart) {
        SVGChart(chart: chart).write(to: &html)
      }
    }
    return page.text
  }

  @Test func `whatever a log holds is text`() {
    let text = HTMLPageTests.page()
    #expect(text.components(separatedBy: "<script>").count == 2, "the page's own")
    #expect(!text.contains("alert(1)</script>") && !text.contains("\u{202E}") && !text.contains("\u{1B}"))
    #expect(
      !text.contains("\u{0}")
        && text.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{202E}&amp;&quot;&#39;"))
  }

  @Test func `a page asks for nothing and forbids what it does not need`() throws {
    let text = HTMLPageTests.page()
    for word in [
      "http:", "https:", "@import", "url(", "<iframe", "<object", "<form", " on", "javascript:", " style=\"",
    ] {
      let isThere = text.lowercased().contains(word)
      // Words of the script itself, which a policy names by its digest.
      if word == " on" {
        #expect(text.firstMatch(of: try Regex(#"<[a-z]+ ([^>]*\s)?on[a-z]+="#)) == nil)
      } else {
        #expect(!isThere, "\(word)")
      }
    }
    #expect(text.contains("default-src &#39;none&#39;"))
    #expect(text.contains("base-uri &#39;none&#39;; form-action &#39;none&#39;"))
    #expect(!text.contains("unsafe-inline") && !text.contains("unsafe-eval"))
    #expect(text.contains("<html lang=\"en\">") && text.contains("<meta charset=\"utf-8\">"))
  }

  @Test func `the ends of lines are no text, in whatever way they are written`() {
    var html = HTMLWriter()
    html.element("pre", text: "a\r\nb\rc\n")
    #expect(String(decoding: html.bytes, as: UTF8.self) == "<pre>a\nb\\rc\n</pre>")
  }

  @Test func `the script shows at first what the page does`() {
    let text = HTMLPageTests.page()
    #expect(text.contains("<body data-rows=\"\(HTMLPage.rowsAtFirst)\">"))
    #expect(text.contains("dataset.rows") && !HTMLPage.script.description.contains("300"))
    // A time with a fraction comes behind one without: `Z` is no part of the order.
    #expect(text.contains(#"\d\dT[\d:.]+Z$/.test(text)?text.slice(0,-1)"#))
  }

  @Test(arguments: [
    ("critical", "critical"), ("HIGH", "high"), ("odd", "informational"), ("low", "low"),
  ]) func `a severity has its colour, and another word that of the least`(_ text: String, _ style: String) {
    var html = HTMLWriter()
    html.severity(text)
    #expect(String(decoding: html.bytes, as: UTF8.self).contains("class=\"severity \(style)\">\(text)<"))
  }

  @Test func `more rows than a page shows are counted`() {
    var html = HTMLWriter()
    html.table(
      Table(fields: [Field("n", .long)], rows: (0..<10).map { [.long($0)] }), caption: "c", limit: 3)
    let text = String(decoding: html.bytes, as: UTF8.self)
    #expect(text.components(separatedBy: "<tr>").count == 5)
    #expect(text.contains("the first 3 of 10 rows"))
  }

  @Test(arguments: ChartRequest.Kind.allCases) func `any values can be drawn`(_ kind: ChartRequest.Kind) {
    let values: [Double] = [.nan, .infinity, -1, 0, 1e308, -1e308, .greatestFiniteMagnitude]
    for table in [
      TextChartTests.names(values.map { ("x", $0) }),
      TextChartTests.hours(values.indices.map { ($0, "s", values[$0]) }),
      TextChartTests.hours([(1, "a", 3)]),
    ] {
      for stacking in [ChartRequest.Stacking.none, .stacked, .full] {
        guard let chart = TextChartTests.chart(table, kind, { $0.stacking = stacking }) else { continue }
        var html = HTMLWriter()
        SVGChart(chart: chart).write(to: &html)
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(!text.contains("=\"nan") && !text.contains("=\"inf"), "\(kind) \(text.prefix(400))")
      }
    }
  }
}
