package import Diagnostics
import Engine

/// `map search="search user=$user$ earliest=$start$" maxsearches=5`: a search for each row, with values of the row.
package struct MapCommandSyntax: Hashable, Sendable {
  /// The text of the search, with its placeholders; nil where it could not be read.
  package let text: String?
  package let textSpan: SourceSpan
  /// What the placeholders name.
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var maximumSearches: Int { options.integer("maxsearches") ?? 10 }

  /// A search for each row costs a plan for each.
  static let searchLimit = 1000

  static let record = CommandRecord(
    "map",
    syntax: "map search=\"SEARCH with $FIELD$ …\" [maxsearches=COUNT], or map [SEARCH with $FIELD$ …] …",
    summary: "Runs a search for each row, and gives what these find.",
    notes: [
      "`$user$` stands for the row's value of `user`, `$_serial_id$` for its number from 1 on.",
      "Only the first ten rows are searched for unless `maxsearches` says more; a warning says so.",
      "A row that lacks a field of the search is an error: `where isnotnull(user)` before it keeps those that have it.",
    ],
    differs: [
      "A value is put in as one word or as a text in quotes, also where it holds blanks, quotes or a pipe: what stands "
        + "in a log never becomes a command.",
      "It also works behind `append` and `appendpipe`.",
    ],
    examples: [
      .splQuery(
        #"| makeresults count=2 | streamstats count as n | map search="| makeresults | eval m=$n$*10" | table m"#,
        gives: #"mvappend("10", "20")"#)
    ], takesSubsearch: true
  ) { parser, command in
    var options = CommandOptions()
    let rules: [String: OptionKind] = ["maxsearches": .integer]
    var text: String?
    var span = command.span
    while !parser.isAtStageEnd {
      if parser.isAtOption, parser.peek().isKeyword("search") {
        let name = parser.take()
        parser.take()
        guard let literal = parser.parseText() else {
          parser.syntaxError(SPLMessages.missingOptionValue(name, parser.peek()))
          break
        }
        text = literal.value
        span = literal.span
      } else if parser.peek().kind == .leftBracket {
        let inner = parser.takeBracketed()
        text = inner.text
        span = inner.span
      } else if !parser.parseOption(command, rules, into: &options), !parser.takeComma() {
        parser.syntaxError(SPLMessages.savedSearch(parser.peek()))
        break
      }
    }
    if text == nil, !parser.isRecovering {
      parser.syntaxError(SPLMessages.missingArgument("`search=\"…\"`", of: command, at: parser.peek()))
    }
    if let option = options["maxsearches"], let count = options.integer("maxsearches"),
      !(1...MapCommandSyntax.searchLimit).contains(count)
    {
      parser.report(
        SPLMessages.invalidOptionValue(
          "maxsearches", option.value, "a number of searches from 1 to \(MapCommandSyntax.searchLimit)"))
    }
    let fields = SearchTemplate(text ?? "").fields.filter { $0 != SearchTemplate.serialName }
    return .map(
      MapCommandSyntax(
        text: text, textSpan: span,
        fields: fields.map { FieldNameSyntax(name: $0, span: span, isQuoted: false) }, options: options))
  }
}

extension SPLParser {
  /// Reads over `[ … ]` whose text is read later, when its placeholders have values.
  fileprivate mutating func takeBracketed() -> (text: String, span: SourceSpan) {
    var probe = self
    let subsearch = probe.parseSubsearch()
    while start < probe.previous.upperBound, peek().kind != .endOfText { take() }
    return (subsearch.text, subsearch.span)
  }
}

extension SPLLowering {
  func lower(_ command: MapCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let text = command.text, let template = template(text, at: command.textSpan) else { return }
    var columns: [PlanColumn] = []
    for name in template.fields where name != SearchTemplate.serialName {
      guard let column = column(name, in: &relation) else {
        if relation.isOpaque { continue }
        return report(SPLMessages.mapNeedsField(name, at: command.textSpan))
      }
      columns.append(column)
    }
    let most = command.maximumSearches
    var rows = relation
    rows.plan = .limit(Limit(input: rows.plan, count: most + 1, origin: origin(span)))
    keep(columns, in: &rows, at: span)
    relation.close(nothing().plan)
    relation.isOpaque = true
    guard let table = ask(rows.plan, "the rows that `map` searches for", at: span) else { return }
    if table.rowCount > most {
      report(SPLMessages.moreRowsThanSearches(most, isSaid: command.options["maxsearches"] != nil, at: span))
    }
    var found: [Relation] = []
    for row in 0..<min(table.rowCount, most) {
      var values = [SearchTemplate.serialName: String(row + 1)]
      for (place, field) in table.fields.enumerated() {
        let value = table.value(row: row, column: place)
        if !value.isNull { values[field.name] = value.splText }
      }
      let text: String
      switch template.filled(values) {
      case .text(let filled): text = filled
      case .missing(let name): return report(SPLMessages.mapNeedsField(name, at: command.textSpan))
      case .unsafe(let name): return report(SPLMessages.unsafeValue(name, at: command.textSpan))
      }
      guard let search = search(text, at: command.textSpan), let made = lowerQuietly(search, row > 0)
      else { return }
      found.append(made)
    }
    guard let all = joined(found[...], at: span) else { return }
    relation = all
  }

  /// What is worth a warning in the first search is worth it once.
  private func lowerQuietly(_ search: SubsearchSyntax, _ isQuiet: Bool) -> Relation? {
    isQuiet ? inOwnText { lower(search) } : lower(search)
  }

  /// The rows of some searches, in their order; halves are put together, so that the plan is not as deep as they are many.
  private func joined(_ searches: ArraySlice<Relation>, at span: SourceSpan) -> Relation? {
    if searches.count < 2 { return searches.first }
    let middle = searches.startIndex + searches.count / 2
    guard var first = joined(searches[..<middle], at: span),
      let second = joined(searches[middle...], at: span)
    else { return nil }
    append(second, to: &first, at: span)
    return first
  }

  /// A text with its macros written out; nil where it is no search whatever the values.
  private func template(_ text: String, at span: SourceSpan) -> SearchTemplate? {
    var expander = MacroExpander(SourceText(name: "map", text: text), macros: environment.macros)
    expander.expand()
    if let problem = expander.sink.sorted.first(where: { $0.severity == .error }) {
      return fail(SPLMessages.badMapSearch(text, problem, at: span))
    }
    let template = SearchTemplate(expander.text.string)
    let (pipeline, diagnostics) = read(template.filled { _ in "0" }, at: span)
    // Other values may suit an option better than this one.
    let isWrong = template.fields.isEmpty || pipeline.stages.contains { $0.command.isNone }
    if isWrong, let problem = diagnostics.first(where: { $0.severity == .error }) { return fail(problem) }
    return template
  }

  private func search(_ text: String, at span: SourceSpan) -> SubsearchSyntax? {
    let (pipeline, diagnostics) = read(text, at: span)
    if let problem = diagnostics.first(where: { $0.severity == .error }) {
      return fail(SPLMessages.badMapSearch(text, problem, at: span))
    }
    return SubsearchSyntax(pipeline: pipeline, text: text, span: span)
  }

  /// A search in a text, all of which stands in one place. Its macros are written out: a value cannot hold a call.
  private func read(_ text: String, at span: SourceSpan) -> (PipelineSyntax, [Diagnostic]) {
    var expanded = ExpandedText(sourceLength: span.upperBound)
    expanded.append(Array(text.utf8), from: span, isVerbatim: false)
    var parser = SPLParser(expanded)
    let pipeline = parser.parsePipeline(.main)
    if parser.peek().kind != .endOfText { parser.unexpected("`|` or the end of the search") }
    return (pipeline, parser.sink.sorted)
  }
}

extension CommandSyntax {
  /// Whether this is no command that runs.
  fileprivate var isNone: Bool {
    if case .refused = self { return true }
    if case .unknown = self { return true }
    return false
  }
}

extension SPLMessages {
  static func savedSearch(_ token: SPLToken) -> Diagnostic {
    .error(
      "refused-command", "`map` of a saved search needs a Splunk server", at: token.span,
      suggestions: [.init("`map search=\"…\"` with the text of that search")])
  }

  static func mapNeedsField(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "missing-map-value", "a row has no value of `\(name)` for the search of `map`", at: span,
      suggestions: [.init("`where isnotnull('\(name)')` before `map` keeps the rows that have one")])
  }

  static func unsafeValue(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unsafe-map-value", "a value of `\(name)` cannot stand between single quotes", at: span,
      suggestions: [.init("`\"$\(name)$\"` in double quotes takes any text")])
  }

  static func moreRowsThanSearches(_ most: Int, isSaid: Bool, at span: SourceSpan) -> Diagnostic {
    .warning(
      "map-limit", "`map` searches for the first \(most) row\(most == 1 ? "" : "s"), and there are more",
      at: span,
      notes: isSaid ? [] : ["that is what `maxsearches` is where nothing is said"],
      suggestions: [.init("`maxsearches=\(min(MapCommandSyntax.searchLimit, max(100, most * 10)))`")])
  }

  static func badMapSearch(_ text: String, _ problem: Diagnostic, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-search-text", "with the values of a row the search of `map` is none: \(problem.message)",
      at: span,
      notes: [reads(text)])
  }
}
