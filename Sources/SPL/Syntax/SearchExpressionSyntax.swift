package import Diagnostics

/// What `search` filters by: comparisons, terms and their combinations.
///
/// `()` binds tightest, then NOT, then OR, then AND, so `a b OR c` is `a AND (b OR c)`.
package indirect enum SearchExpressionSyntax: Hashable, Sendable {
  case and([SearchExpressionSyntax], SourceSpan)
  case or([SearchExpressionSyntax], SourceSpan)
  case not(SearchExpressionSyntax, SourceSpan)
  case comparison(SearchComparisonSyntax)
  case membership(SearchMembershipSyntax)
  case term(SearchTermSyntax)
  case timeModifier(SearchTimeModifierSyntax)
  case subsearch(SubsearchSyntax)
  /// `field=[…]`, `field IN ([…])`: the text of a subsearch stands in the place of values.
  case pasted(SearchPasteSyntax)
  /// A part that could not be read; a diagnostic says why.
  case invalid(SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .and(_, let span), .or(_, let span), .not(_, let span), .invalid(let span): span
    case .comparison(let comparison): comparison.span
    case .membership(let membership): membership.span
    case .term(let term): term.span
    case .timeModifier(let modifier): modifier.span
    case .subsearch(let subsearch): subsearch.span
    case .pasted(let paste): paste.span
    }
  }
}

/// A subsearch whose text is read together with what stands around it.
package struct SearchPasteSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax
  /// `=`, `!=`, …, or `IN`.
  package let sign: String
  package let subsearch: SubsearchSyntax
  package var span: SourceSpan { field.span.union(subsearch.span) }

  /// The whole as a text; what stands in parentheses of its own goes without them.
  func text(with inner: String) -> String {
    let name = "\"\(field.name)\""
    let isSingle =
      inner.hasPrefix("(") && inner.hasSuffix(")")
      && !inner.dropFirst().dropLast().contains { "()".contains($0) }
    let value = isSingle ? String(inner.dropFirst().dropLast()) : inner
    if sign == "IN" { return "\(name) IN (\(value))" }
    return name + sign
      + (value.contains { $0 == " " || $0 == "," } && !value.hasPrefix("\"") ? "\"\(value)\"" : value)
  }
}

/// `field=value` and its relatives in `search`; the value is always text.
package struct SearchComparisonSyntax: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package let field: FieldNameSyntax
  package let comparison: Operator
  package let value: SearchValueSyntax
  package var span: SourceSpan { field.span.union(value.span) }
}

/// A value in `search`: text in which `*` is a wildcard, quoted or not.
package struct SearchValueSyntax: Hashable, Sendable {
  package let literal: StringLiteralSyntax
  package let isQuoted: Bool
  /// `field=CASE(value)`.
  var isCaseSensitive = false
  package var text: String { literal.value }
  package var span: SourceSpan { literal.span }
}

/// `field IN (a, "b*")`.
package struct SearchMembershipSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax
  package let values: [SearchValueSyntax]
  package let span: SourceSpan
}

/// A text without a field: it is looked for in the whole event.
package struct SearchTermSyntax: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case word, phrase
    /// `TERM(…)`: the text as one term, breaks inside it notwithstanding.
    case exactTerm
    /// `CASE(…)`: case counts.
    case caseSensitive
  }

  package let kind: Kind
  package let text: String
  package let span: SourceSpan
}

/// `earliest=-24h@h`, `latest=now`, their index-time relatives and the older forms of both.
package struct SearchTimeModifierSyntax: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case earliest, latest
    case indexEarliest = "_index_earliest"
    case indexLatest = "_index_latest"
    /// How the dates of the others are written.
    case timeformat
    case starttime, endtime
    /// Seconds since 1970.
    case starttimeu, endtimeu
    /// So many units before now.
    case daysago, hoursago, minutesago, monthsago
    case startdaysago, starthoursago, startminutesago, startmonthsago
    case enddaysago, endhoursago, endminutesago, endmonthsago
    /// So many units from the start on, or before now.
    case searchtimespandays, searchtimespanhours, searchtimespanminutes, searchtimespanmonths

    /// Whether it is about the end of the time that is searched.
    var isEnd: Bool { self == .latest || rawValue.hasPrefix("end") }

    /// The unit that it counts in, as relative times write it; nil for a moment.
    var unit: String? {
      guard rawValue.hasSuffix("ago") || rawValue.hasPrefix("searchtimespan") else { return nil }
      return ["days": "d", "hours": "h", "minutes": "m", "months": "mon"].first { rawValue.contains($0.key) }?
        .value
    }
  }

  package let kind: Kind
  package let value: SearchValueSyntax
  package let span: SourceSpan
}
