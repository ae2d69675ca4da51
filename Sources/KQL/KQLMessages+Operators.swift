import Diagnostics
import Engine

/// The wording of messages about single operators, in alphabetical order.
extension KQLMessages {
  static func bagKeyConflict(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "duplicate-column", "the bag has a key `\(name)`, and so has the table a column", at: span,
      suggestions: [.init("give a prefix, or say which to keep: `bag_unpack(d, columnsConflict='replace_source')`")])
  }

  static func externalMissing(_ url: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "external-missing", "`externaldata` can't reach `\(url)` offline", at: span,
      suggestions: [.init("give a local copy: `--external \(url)=FILE`")])
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
          suggestions: error.suggestion.map { [.init($0)] } ?? [])
      }
    }
    return .error("bad-regex", error.message, at: node.span)
  }

  static func unsupportedPlugin(_ name: String, reason: String, at span: SourceSpan) -> Diagnostic {
    .error("unsupported-plugin", "`evaluate \(name)` is KQL that Trawl doesn't run: \(reason)", at: span)
  }
}
