import Diagnostics
import Engine
import SPL

/// Finds the parameters of a search: macros without arguments, constants that `eval` assigns, numbers that values are
/// compared with, and spans.
///
/// ```
///   | bin _time span=1h | stats count as n by user
///   | eval Limit=case(user="x", 5, true(), 9) | where n > 10
///
///   span = 1h      Limit = case(…)      Limit[1] = 5      Limit[2] = 9      n = 10
/// ```
/// Names that several places share are told apart as `n#1`, `n#2`. What comes out of a macro has no place of its own.
struct SearchParameters {
  private let source: SourceText
  private var found: [RuleParameter] = []

  /// Subsearches are looked into this deep.
  private static let depthLimit = 8

  static func find(in source: SourceText, macros: MacroSet) -> [RuleParameter] {
    let (pipeline, _) = SPL.parse(source, macros: macros)
    var search = SearchParameters(source: source)
    search.read(pipeline, depth: 0)
    var result = RuleParameter.numbered(search.found)
    var seen: Set<String> = []
    for call in pipeline.macroCalls where call.arguments.isEmpty && seen.insert(call.name).inserted {
      guard let definition = macros[call.name, 0] else { continue }
      result.append(
        RuleParameter(
          name: call.name, current: definition.text, place: .macro, line: nil, detail: "macro"))
    }
    return result
  }

  private init(source: SourceText) { self.source = source }

  // MARK: - Commands

  private mutating func read(_ pipeline: PipelineSyntax, depth: Int) {
    guard depth < SearchParameters.depthLimit else { return }
    for stage in pipeline.stages { read(stage.command, depth: depth) }
  }

  private mutating func read(_ command: CommandSyntax, depth: Int) {
    switch command {
    case .search(let search): if let expression = search.expression { read(expression, depth: depth) }
    case .where(let node): compared(node.condition)
    case .eval(let eval): for assignment in eval.assignments { read(assignment) }
    case .bin(let bin): add(option: "span", of: bin.options)
    case .timewrap(let timewrap):
      if let width = timewrap.width { add("span", width.text, at: width.span, .word) }
    case .timechart(let timechart):
      add(option: "span", of: timechart.options)
      read(timechart.aggregates)
    case .stats(let stats), .eventstats(let stats): read(stats.aggregates)
    case .streamstats(let stats):
      add(option: "window", of: stats.options)
      add(option: "time_window", of: stats.options)
      read(stats.aggregates)
    case .transaction(let transaction):
      for name in ["maxspan", "maxpause", "maxevents"] { add(option: name, of: transaction.options) }
    case .head(let head): if let condition = head.condition { compared(condition) }
    case .tstats(let tstats):
      if let filter = tstats.filter { read(filter, depth: depth) }
      for grouping in tstats.groupings {
        if let span = grouping.timeSpan { add("span", span.text, at: span.span, .word) }
      }
    case .append(let append): if let inner = append.subsearch { read(inner.pipeline, depth: depth + 1) }
    case .join(let join): if let inner = join.subsearch { read(inner.pipeline, depth: depth + 1) }
    case .pasted(let pasted):
      for inner in pasted.subsearches { read(inner.pipeline, depth: depth + 1) }
    case .accum, .addcoltotals, .addinfo, .addtotals, .anomalydetection, .appendcols, .appendpipe,
      .autoregress, .chart, .concurrency, .convert, .dedup, .delta, .extract, .fieldformat, .fields,
      .fieldsummary,
      .datamodel, .filldown, .fillnull, .foreach, .format, .from, .fromjson, .gentimes, .inputcsv,
      .inputlookup, .iplocation,
      .lookup,
      .makecontinuous, .makemv, .makeresults, .map, .multikv, .multisearch, .mvcombine, .mvexpand, .nomv,
      .outputlookup,
      .rangemap, .rare, .regex, .reltime, .rename, .replace, .require, .return, .reverse, .rex, .selfjoin,
      .set, .sort,
      .spath, .strcat, .table, .tail, .tojson, .top, .transpose, .trendline, .union, .uniq, .untable, .xmlkv,
      .xpath,
      .xyseries, .refused, .unknown:
      break
    }
  }

  private mutating func read(_ aggregates: [AggregateSyntax]) {
    for aggregate in aggregates {
      if case .expression(let expression)? = aggregate.argument { compared(expression) }
    }
  }

  private mutating func add(option name: String, of options: CommandOptions) {
    guard let value = options[name]?.value else { return }
    add(name, value.value, at: value.span, .word)
  }

  // MARK: - Expressions

  private mutating func read(_ assignment: EvalAssignmentSyntax) {
    let name = assignment.target.field.name
    if assignment.target.isComposed { return compared(assignment.value) }
    switch assignment.value {
    case .number(let number): add(name, number.text, at: number.span, .number)
    case .string(let text): add(name, source[text.span], at: text.span, .quoted)
    case .call(let call) where call.name.lowercased() == "case" && isCases(call):
      add(name, source[call.span], at: call.span, .expression, detail: "the whole expression")
      for (index, argument) in call.arguments.enumerated() where index % 2 == 1 {
        guard case .number(let number) = argument else { continue }
        add(
          "\(name)[\(index / 2 + 1)]", number.text, at: number.span, .number,
          detail: "where \(source[call.arguments[index - 1].span])")
      }
      compared(assignment.value)
    case .field, .constant, .call, .negate, .not, .binary, .and, .or, .xor, .membership, .subsearch, .invalid:
      compared(assignment.value)
    }
  }

  /// A `case` that gives nothing but numbers.
  private func isCases(_ call: EvalCallSyntax) -> Bool {
    call.arguments.count > 1
      && call.arguments.enumerated().allSatisfy { index, argument in
        if index % 2 == 0 { return true }
        if case .number = argument { return true }
        return false
      }
  }

  /// Numbers that an expression compares something with.
  private mutating func compared(_ expression: EvalExpressionSyntax) {
    switch expression {
    case .binary(let binary):
      switch binary.operation {
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        if case .number(let number) = binary.right {
          add(compared: binary.left, with: number)
        } else if case .number(let number) = binary.left {
          add(compared: binary.right, with: number)
        }
      case .add, .subtract, .multiply, .divide, .modulo, .concatenate, .equal, .notEqual, .like: break
      }
      compared(binary.left)
      compared(binary.right)
    case .call(let call): for argument in call.arguments { compared(argument) }
    case .negate(let operand, _), .not(let operand, _): compared(operand)
    case .and(let parts, _), .or(let parts, _), .xor(let parts, _): for part in parts { compared(part) }
    case .field, .string, .number, .constant, .membership, .subsearch, .invalid: break
    }
  }

  private mutating func add(compared operand: EvalExpressionSyntax, with number: EvalNumberSyntax) {
    let name = if case .field(let field) = operand { field.name } else { source[operand.span] }
    add(name, number.text, at: number.span, .number, detail: "compared")
  }

  private mutating func read(_ expression: SearchExpressionSyntax, depth: Int) {
    switch expression {
    case .and(let parts, _), .or(let parts, _): for part in parts { read(part, depth: depth) }
    case .not(let operand, _): read(operand, depth: depth)
    case .comparison(let comparison):
      switch comparison.comparison {
      case .less, .lessOrEqual, .greater, .greaterOrEqual:
        if NumberText.real(comparison.value.text) != nil, !comparison.value.isQuoted {
          add(
            comparison.field.name, comparison.value.text, at: comparison.value.span, .number,
            detail: "compared")
        }
      case .equal, .notEqual: break
      }
    case .timeModifier(let modifier):
      add(modifier.kind.rawValue, modifier.value.text, at: modifier.value.span, .word)
    case .subsearch(let subsearch): read(subsearch.pipeline, depth: depth + 1)
    case .pasted(let paste): read(paste.subsearch.pipeline, depth: depth + 1)
    case .membership, .term, .invalid: break
    }
  }

  /// Only what stands in the source as it is: not what a macro gave.
  private mutating func add(
    _ name: String, _ current: String, at span: SourceSpan, _ form: RuleParameter.Form, detail: String = ""
  ) {
    let written = source[span]
    guard !name.isEmpty, written == current || written == "\"\(current)\"" else { return }
    let isQuotedWord = form == .word && written != current
    found.append(
      RuleParameter(
        name: name, current: current.split(whereSeparator: \.isWhitespace).joined(separator: " "),
        place: .text(span, isQuotedWord ? .quoted : form),
        line: source.position(of: span.lowerBound).line, detail: detail))
  }
}
