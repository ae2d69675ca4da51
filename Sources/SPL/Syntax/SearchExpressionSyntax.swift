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
    }
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

/// `earliest=-24h@h`, `latest=now` and their index-time relatives.
package struct SearchTimeModifierSyntax: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case earliest, latest
    case indexEarliest = "_index_earliest"
    case indexLatest = "_index_latest"
  }

  package let kind: Kind
  package let value: SearchValueSyntax
  package let span: SourceSpan
}
