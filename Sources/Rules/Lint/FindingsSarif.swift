package import Diagnostics
package import Engine

/// The findings of a check as SARIF: rules are lints and messages, results are findings.
package enum FindingsSarif {
  /// - Parameter notChecked: rules that lack what they need, and what it is.
  package static func document(
    of findings: [Finding], notChecked: [(path: String, reasons: [Advice])] = [], isStrict: Bool,
    version: String, spelling: (Remedy) -> String
  ) -> JSONValue {
    var run = SarifRun(version: version)
    var indexes: [String: Int] = [:]
    var repeats: [String: Int] = [:]
    for finding in findings {
      let index = indexes[finding.slug] ?? run.add(rule(finding.slug))
      indexes[finding.slug] = index
      let level: SarifLevel =
        finding.isNote ? .note : finding.isError || isStrict ? .error : .warning
      let diagnostic = finding.diagnostic
      let notes =
        diagnostic.notes.map { $0.text(spelling) }
        + diagnostic.suggestions.map { "help: \($0.message.text(spelling))" }
      var result = SarifRun.Result(
        ruleIndex: index, level: level, text: ([diagnostic.message] + notes).joined(separator: "\n"),
        path: finding.source.name)
      var line = ""
      if let span = diagnostic.primary?.span {
        result.region = SarifRegion(span, in: finding.source)
        let (source, shown) = finding.source.shown(span)
        line = source[source.lineSpan(source.lineIndex(of: shown.lowerBound))].split(
          whereSeparator: \.isWhitespace
        )
        .joined(separator: " ")
      }
      // By the text of the line, so that it stays the same where lines above it change.
      let key = [finding.slug, finding.source.name, line, diagnostic.message].joined(separator: "\n")
      repeats[key, default: 0] += 1
      result.fingerprints = [
        .init("trawlFinding/v1", .string(Digest.sha256("\(key)\n\(repeats[key] ?? 1)")))
      ]
      run.results.append(result)
    }
    for (path, reasons) in notChecked {
      run.notifications += reasons.map {
        SarifRun.Notification(
          id: "not-checked", level: .warning, text: "not checked: \($0.text(spelling))", path: path)
      }
    }
    return run.document
  }

  private static func rule(_ slug: String) -> SarifRun.Rule {
    var rule = SarifRun.Rule(id: slug, name: slug)
    if let lint = LintCatalog.lint(slug) {
      (rule.short, rule.full, rule.help) = (lint.summary, lint.why, lint.why)
    }
    return rule
  }
}
