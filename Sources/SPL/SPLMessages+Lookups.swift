import Diagnostics

/// What there is to say of lookup tables.
extension SPLMessages {
  static func badLookupName(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-lookup-name", "`\(name)` cannot be the name of a lookup table to write", at: span,
      notes: [
        "a table is written as `NAME.csv` into one folder: letters, digits, `_`, `-` and `.` make its name"
      ])
  }

  static func emptyLookup(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "empty-lookup", "the lookup table `\(name)` is empty: run the search that fills it first", at: span,
      notes: [
        "a search that ends in `| outputlookup \(name)` fills it, with \(Remedy.lookupOutput)",
        "until then nothing can be found in it",
      ])
  }

  static func lookupSetting(
    _ problem: LookupDefinition.Problem, of name: String, at span: SourceSpan
  ) -> Diagnostic {
    .error(
      "invalid-lookup-definition", "`\(problem.setting)` of the lookup `\(name)` \(problem.message)", at: span
    )
  }

  static func newLookup(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "new-lookup", "there is no lookup table `\(name)` yet: it counts as empty, as this search makes it",
      at: span)
  }

  static func refusedLookup(_ name: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "refused-lookup", "Trawl does not run the lookup `\(name)`: \(reason)", at: span,
      notes: [
        "its rows can be given as `\(name).csv` in a folder of \(Remedy.lookupFolder), without the definition"
      ])
  }

  static func refusedWithoutWriter(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "no-lookup-folder", "`outputlookup` writes a file, and no folder was opened for writing", at: span,
      suggestions: [
        .init("\(Remedy.lookupOutput) opens one: `\(LookupDefinition.stem(name)).csv` is written there")
      ])
  }

  static func unknownLookup(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    let stem = LookupDefinition.stem(name)
    return .error(
      "unknown-lookup", "there is no lookup table `\(name)`: no folder of lookups has `\(stem).csv`",
      at: span,
      notes: [
        "\(Remedy.lookupFolder) names such a folder; a rule also finds `lookups/\(stem).csv` beside it",
        "a file with nothing but a header is an empty table",
        "a search that ends in `| outputlookup \(stem)` makes it, with \(Remedy.lookupOutput)",
      ]
        + (known.isEmpty || known.count > 12
          ? [] : [Advice("there are: " + known.map { "`\($0)`" }.joined(separator: ", "))]),
      suggestions: NearestNames.of(name, among: known).map { .init("`\($0)`", replacing: span, with: $0) })
  }

  static func unknownLookupField(_ name: String, table: String, known: [String], at span: SourceSpan)
    -> Diagnostic
  {
    .warning(
      "unknown-lookup-field", "the lookup table `\(table)` has no column `\(name)`", at: span,
      notes: [Advice("there are: " + known.map { "`\($0)`" }.joined(separator: ", "))])
  }

  static func unreadableLookup(_ reason: String) -> Diagnostic { .error("invalid-lookup-file", reason) }
}
