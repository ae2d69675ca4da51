import Diagnostics
import Engine
import Rules
import Trawl

/// What a check found, in the format that was asked for.
struct CheckReport {
  let result: RuleCheck.Result
  let pack: RulePack
  let isStrict: Bool

  private var broken: [Finding] {
    pack.broken.flatMap { failure in failure.diagnostics.map { Finding(broken: $0, in: failure.source) } }
  }

  private var findings: [Finding] { broken + result.entries.flatMap(\.findings) }

  /// Rules with an error, or with a warning where warnings count as errors.
  var wrongCount: Int { pack.broken.count + result.entries.count { isWrong($0.findings) } }

  private func isWrong(_ findings: [Finding]) -> Bool {
    findings.contains { isStrict ? !$0.isNote : $0.isError }
  }

  func print(_ output: OutputSettings, _ console: Console) {
    if output.isSarif {
      let document = FindingsSarif.document(
        of: findings, notChecked: result.entries.map { ($0.rule.path, $0.missing) }, isStrict: isStrict,
        version: TrawlVersion.text, spelling: \.option)
      console.write(document)
      for line in missingLines { console.printError(line + "\n") }
      return
    }
    switch output.format {
    case .table:
      console.write(text)
      for line in missingLines { console.write(line + "\n") }
      console.write(summary)
    case .markdown:
      console.write("# Check of rules\n\n")
      console.write(table, output.renderer())
      console.write("\n\(summary)")
      for line in missingLines { console.printError(line + "\n") }
    case .json, .ndjson, .csv, .tsv, .typedJSON, .arrow:
      console.write(table, output.renderer())
      for line in missingLines { console.printError(line + "\n") }
      if !output.isQuiet { console.printError(summary) }
    }
  }

  /// The findings as pictures, those of one rule together.
  private var text: StyledText {
    var parts: [StyledText] = []
    for failure in pack.broken {
      parts.append(DiagnosticRenderer.styled(failure.diagnostics, in: failure.source, spelling: \.option))
    }
    for entry in result.entries {
      var sources: [SourceText] = []
      for finding in entry.findings where !sources.contains(finding.source) { sources.append(finding.source) }
      for source in sources {
        let diagnostics = entry.findings.filter { $0.source == source }.map { finding in
          var diagnostic = finding.diagnostic
          // What has no place still says which rule it is about.
          if diagnostic.primary == nil { diagnostic.notes.insert("in \(entry.rule.place)", at: 0) }
          return diagnostic
        }
        parts.append(DiagnosticRenderer.styled(diagnostics, in: source, limit: 50, spelling: \.option))
      }
    }
    var text = StyledText()
    for part in parts {
      text.append(part)
      text.append("\n")
    }
    return text
  }

  private var missingLines: [String] {
    result.entries.filter { !$0.missing.isEmpty }.map { entry in
      DisplayText.escaped(
        "not checked: \(entry.rule.place): \(entry.missing.optionText)")
    }
      + result.entries.filter { !$0.uncompared.isEmpty }.map { entry in
        DisplayText.escaped(
          "not compared with the logs: \(entry.rule.place): \(entry.uncompared.optionText)")
      }
  }

  private var summary: String {
    let missing = result.entries.count { !$0.missing.isEmpty }
    let warned = result.entries.count { !$0.findings.allSatisfy(\.isNote) && !isWrong($0.findings) }
    let all = result.entries.count + pack.broken.count - missing
    let fine = all - wrongCount - warned
    return "rules: \(all) checked, \(wrongCount) wrong, \(warned) with warnings, \(fine) fine"
      + (missing > 0 ? ", \(missing) not checked" : "") + "\n"
  }

  private static let fields = [
    Field("file", .string), Field("line", .long), Field("column", .long), Field("severity", .string),
    Field("slug", .string), Field("message", .string), Field("notes", .dynamic), Field("help", .dynamic),
  ]

  private var table: Table {
    Table(
      fields: CheckReport.fields,
      rows: findings.map { finding in
        let diagnostic = finding.diagnostic
        let place = diagnostic.primary.map { finding.source.position(of: $0.span.lowerBound) }
        return [
          .string(finding.source.name), place.map { .long(Int64($0.line)) } ?? .null,
          place.map { .long(Int64($0.column)) } ?? .null, .string(diagnostic.severity.rawValue),
          .string(diagnostic.id), .string(diagnostic.message),
          .dynamic(.array(diagnostic.notes.map { .string($0.optionText) })),
          .dynamic(.array(diagnostic.suggestions.map { .string($0.message.optionText) })),
        ]
      })
  }
}

/// `trawl check --list`: what is looked for.
struct LintList {
  let output: OutputSettings
  let console: Console

  func print() {
    if output.format == .markdown {
      console.write(LintReference.markdown)
      return
    }
    let rows = LintCatalog.all.map { lint -> [Value] in
      output.format == .table
        ? [.string(lint.slug), .string(lint.summary)]
        : [.string(lint.slug), .string(lint.summary), .string(lint.why), .bool(lint.needsLogs)]
    }
    var fields = [Field("slug", .string), Field("summary", .string)]
    if output.format != .table { fields += [Field("why", .string), Field("needsLogs", .bool)] }
    console.write(Table(fields: fields, rows: rows), output.renderer())
  }
}
