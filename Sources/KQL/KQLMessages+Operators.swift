import Diagnostics
import Engine

/// The wording of messages about single operators, in alphabetical order.
extension KQLMessages {
  static func bagKeyConflict(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "duplicate-column", "the bag has a key `\(name)`, and so has the table a column", at: span,
      suggestions: [
        .init("give a prefix, or say which to keep: `bag_unpack(d, columnsConflict='replace_source')`")
      ])
  }

  static func binAutoSize(at span: SourceSpan) -> Diagnostic {
    .error(
      "bin-auto-size", "`bin_auto` has no size", at: span,
      suggestions: [.init("give one above the query: `set query_bin_auto_size=1h;`, or use `bin(x, 1h)`")])
  }

  static func externalMissing(_ url: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "external-missing", "`externaldata` can't reach `\(url)` offline", at: span,
      suggestions: [.init("give a local copy: \(Remedy.externalFile(url: url))")])
  }

  static func joinWhereKind(_ kind: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "join-where-kind",
      "`join … where` gives the pairs that satisfy a condition; it has no kind `\(kind)` here",
      at: span, suggestions: [.init("use `kind=inner`, or compare columns with `on`")])
  }

  static func parseAfterText(_ what: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "parse-pattern", "\(what) can't follow a text column: nothing says where the text ends", at: span,
      suggestions: [.init("put a string between them, or give the column a type such as `:long`")])
  }

  static func parsePattern(_ error: RegexSyntaxError, in node: ParseSyntax) -> Diagnostic {
    // Where one of the strings fails by itself, it is the one to blame.
    for case .text(let literal) in node.pattern {
      do {
        _ = try RegularExpression(literal.value)
      } catch {
        return .error(
          "bad-regex", error.message, at: literal.sourceSpan(forValueRange: error.range),
          suggestions: error.suggestion.map { [.init(Advice($0))] } ?? [])
      }
    }
    return .error("bad-regex", error.message, at: node.span)
  }

  static func tooManyStages(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-stages",
      "the query has more than \(KQLLowering.pipeLimit) stages in one pipe, or \(KQLLowering.stageLimit) in all",
      at: span,
      notes: ["the stages of a `let` count at each use"])
  }

  /// - Parameter reason: nil for a plugin that is not known.
  static func unsupportedPlugin(
    _ name: String, reason: String?, known: [String], at span: SourceSpan
  ) -> Diagnostic {
    if let reason {
      return .error(
        "unsupported-plugin", "`evaluate \(name)` is KQL that Trawl doesn't run: \(reason)", at: span)
    }
    return .error(
      "unknown-plugin", "no plugin named `\(name)` is known", at: span,
      suggestions: NearestNames.of(name, among: known).map {
        .init("the nearest is `\($0)`", replacing: span, with: $0)
      })
  }

  static func pivotColumn(at span: SourceSpan) -> Diagnostic {
    .error(
      "pivot-column", "`pivot` takes a column, an aggregate such as `sum(x)`, and columns to keep", at: span)
  }

  static func badRegex(_ error: RegexSyntaxError, at span: SourceSpan) -> Diagnostic {
    .error(
      "bad-regex", error.message, at: span, suggestions: error.suggestion.map { [.init(Advice($0))] } ?? [])
  }

  static func keyValueGroups(at span: SourceSpan) -> Diagnostic {
    .error("parse-pattern", "the regex of `parse-kv` has two groups: the key and the value", at: span)
  }

  static func reduceThreshold(at span: SourceSpan) -> Diagnostic {
    .error("reduce-threshold", "the threshold of `reduce` lies between 0 and 1", at: span)
  }
}

extension Diagnostic {
  /// The table that a message of an unknown table names.
  var unknownTable: String? {
    message.split(separator: "`").dropFirst().first.map(String.init)
  }
}

extension KQLMessages {
  static func undeclaredScanColumn(_ name: String, known: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-column", "`scan` declares no column `\(name)` to assign", at: span,
      notes: known.isEmpty ? [] : ["declared: \(known.joined(separator: ", "))"],
      suggestions: known.isEmpty ? [.init("declare it: `scan declare (\(name):long = 0) with (…)`")] : [])
  }
}
