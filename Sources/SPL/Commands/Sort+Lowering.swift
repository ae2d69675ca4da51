import Diagnostics
import Engine

extension SPLLowering {
  static let sortLimit = 10_000

  func lower(_ command: SortCommandSyntax, in relation: Relation, at span: SourceSpan) {
    let limit = command.limit == 0 ? nil : command.limit
    sort(relation, by: command.keys, isReversed: command.isReversed, limit: limit, at: span)
    if command.limit != nil { return }
    // A few rows off the top are the same either way.
    if case .head(let head)? = following.first?.command, head.condition == nil,
      (head.count ?? 10) <= SPLLowering.sortLimit
    {
      return
    }
    cap(
      relation, at: SPLLowering.sortLimit, "Splunk's `sort` keeps 10,000 rows unless it says `sort 0`",
      at: span)
  }

  func sort(
    _ relation: Relation, by keys: [SortKeySyntax], isReversed: Bool, limit: Int?, at span: SourceSpan
  ) {
    var parts: [Sort.Key] = []
    for key in keys {
      guard let column = read(key.field, in: relation) else { continue }
      parts += sortKeys(column.reference, key.comparison, isDescending: key.isDescending != isReversed)
    }
    relation.plan = .sort(Sort(input: relation.plan, keys: parts, limit: limit, origin: origin(span)))
  }

  /// Numbers by value and before texts, addresses by their parts, texts by their bytes; what is missing comes last.
  func sortKeys(
    _ value: Expression, _ comparison: SortKeySyntax.Comparison = .auto, isDescending: Bool
  ) -> [Sort.Key] {
    func key(_ expression: Expression, nullsFirst: Bool = false) -> Sort.Key {
      Sort.Key(expression: expression, descending: isDescending, nullsFirst: nullsFirst)
    }
    switch value.type {
    case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid: return [key(value)]
    case .string, .dynamic: break
    }
    let missing = Sort.Key(expression: isNull(value), descending: false, nullsFirst: false)
    let plainText = text(value)
    let asNumber = number(plainText)
    let asAddress = call(SPLRowFunctions.addressKey, [plainText], as: .string)
    switch comparison {
    case .num: return [key(asNumber)]
    case .str: return [missing, key(plainText)]
    case .ip: return [missing, key(asAddress, nullsFirst: isDescending), key(plainText)]
    case .auto:
      return [
        missing, key(asNumber, nullsFirst: isDescending), key(asAddress, nullsFirst: isDescending),
        key(plainText),
      ]
    }
  }
}
