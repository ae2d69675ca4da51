import Engine
import Rules
import Session

/// Typed settings out of what was typed. A value that cannot be read is refused by the option's name.
extension ParsedArguments {
  /// - Parameter terminalWidth: of the console; used unless `--width` says otherwise.
  func outputSettings(terminalWidth: Int?) throws(UsageError) -> OutputSettings {
    let document = value(.format).flatMap { DocumentFormat(rawValue: $0) }
    if let document, !document.verbs.contains(verb) {
      let writers = VerbName.allCases.filter(document.verbs.contains).map { "`trawl \($0.rawValue)`" }
      let others = DocumentFormat.allCases.filter { $0.verbs.contains(verb) }.map(\.rawValue)
      throw invalid(
        .format, document.rawValue,
        (OutputFormat.allCases.map(\.rawValue) + others).joined(separator: ", ")
          + "; \(writers.joined(separator: ", ")) write\(writers.count == 1 ? "s" : "") \(document.rawValue)")
    }
    let isText = value(.format) == nil || value(.format) == OutputFormat.table.rawValue
    if has(.chart), !isText {
      throw UsageError(
        "conflicting-options", "`--chart` draws, and `--format \(value(.format) ?? "")` writes values",
        advice: ["leave one of them away"], verb: verb)
    }
    let typed = try wholeNumber(.width)
    let width = typed == 0 ? nil : typed ?? terminalWidth
    return OutputSettings(
      format: value(.format).flatMap { OutputFormat(rawValue: $0) } ?? .table, document: document,
      htmlPath: value(.html),
      limit: try wholeNumber(.limit),
      width: width, hasWidth: typed != nil, csvSafe: has(.csvSafe), isQuiet: has(.quiet),
      charts: has(.chart) ? .always : value(.format) == nil && terminalWidth != nil ? .whereAsked : .never,
      showsRows: has(.rows))
  }

  /// What results are to say of themselves; nil for nothing.
  func envelope(_ settings: RunSettings) throws(UsageError) -> Envelope? {
    guard has(.envelope) else { return nil }
    let name = value(.format) ?? OutputFormat.table.rawValue
    guard let format = OutputFormat(rawValue: name), Envelope.formats.contains(format) else {
      let formats = Envelope.formats.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        "conflicting-options", "`--envelope` has no place in the format \(name)",
        advice: ["with it, --format is one of \(formats)"], verb: verb)
    }
    return Envelope(format, settings)
  }

  /// - Parameter operands: those operands that name logs.
  func workspaceSettings(logs operands: some Sequence<String>) throws(UsageError) -> WorkspaceSettings {
    WorkspaceSettings(
      logs: Array(operands) + values(.logs), tables: try named(.table), functions: values(.functions),
      watchlists: try named(.watchlist), externals: try named(.external, splitsAtLast: true),
      macros: values(.macros), lookups: values(.lookups), lookupOutput: value(.lookupOutput),
      appliesSplunkLimits: has(.splunkLimits), places: value(.geoip), index: value(.index),
      view: value(.view).flatMap { SplunkView(rawValue: $0) })
  }

  func runSettings() throws(UsageError) -> RunSettings {
    let threads = try wholeNumber(.threads)
    if threads == 0 { throw invalid(.threads, "0", "a number from 1") }
    let ratio = try wholeNumber(.ratioLimit)
    if ratio == 0 { throw invalid(.ratioLimit, "0", "a number from 1") }
    return RunSettings(
      languages: languages, language: value(.language).flatMap { languages.named($0) }, now: try now(),
      values: try named(.set),
      isStrict: has(.strict), isLenient: has(.lenient), allowsPartial: has(.allowPartial),
      failsOnAlert: has(.failOnAlert),
      showsProfile: has(.profile), threads: threads, isOptimized: value(.optimizer) != "off",
      timeoutSeconds: try duration(.timeout),
      memoryLimit: try size(.memoryLimit), fileLimits: FileLimits(bytes: try size(.fileLimit), ratio: ratio),
      queryLimit: try size(.queryLimit), outputLimit: try size(.outputLimit))
  }

  private func now() throws(UsageError) -> NowSetting {
    guard let text = value(.now) else { return .latest }
    guard let now = NowSetting(text) else {
      throw invalid(.now, text, "latest, wall or a time such as 2024-01-31T12:00:00Z")
    }
    return now
  }

  private func wholeNumber(_ option: OptionName) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), number >= 0 else { throw invalid(option, text, "a whole number") }
    return number
  }

  /// `NAME=VALUE`, split at the first `=`; a URL may hold some of its own, so there the last one splits.
  private func named(_ option: OptionName, splitsAtLast: Bool = false) throws(UsageError) -> [NamedValue] {
    var result: [NamedValue] = []
    for text in values(option) {
      let position = splitsAtLast ? text.lastIndex(of: "=") : text.firstIndex(of: "=")
      guard let position, position > text.startIndex else {
        throw invalid(option, text, ArgumentTable.option(option)?.valueName(languages) ?? "NAME=VALUE")
      }
      result.append(
        NamedValue(name: String(text[..<position]), value: String(text[text.index(after: position)...])))
    }
    return result
  }

  /// Seconds of `30s`, `5m`, `1h`, `500ms` or a bare number.
  private func duration(_ option: OptionName) throws(UsageError) -> Double? {
    guard let text = value(option) else { return nil }
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)), number.isFinite, number > 0 else { break }
      return number * factor
    }
    throw invalid(option, text, "a time such as 30s, 5m or 1h")
  }

  /// Bytes of `512M`, `4G`, `1.5GiB` or a bare number.
  private func size(_ option: OptionName) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    var number = text.uppercased()[...]
    for ending in ["IB", "B"] where number.hasSuffix(ending) {
      number = number.dropLast(ending.count)
      break
    }
    var factor = 1.0
    for (unit, power) in [("K", 10), ("M", 20), ("G", 30), ("T", 40)] where number.hasSuffix(unit) {
      number = number.dropLast()
      factor = Double(1 << power)
    }
    guard let amount = Double(number), amount > 0, amount * factor < 1e18 else {
      throw invalid(option, text, "a size such as 512M or 4G")
    }
    return Int(amount * factor)
  }

  func invalid(_ option: OptionName, _ text: String, _ wanted: String) -> UsageError {
    UsageError(
      "invalid-value", "`--\(option.rawValue)` cannot be `\(text)`", advice: ["it wants \(wanted)"],
      verb: verb)
  }
}
