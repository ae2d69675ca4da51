package import Diagnostics
import Engine

/// A command with a subsearch among its options, such as `head [search … | return $limit]`: it is read when the text
/// that the subsearch gives is known.
package struct PastedCommandSyntax: Hashable, Sendable {
  package let name: String
  /// What stands before, between and behind the brackets.
  package let texts: [String]
  package let subsearches: [SubsearchSyntax]
  package let span: SourceSpan
}

extension SPLParser {
  /// Reads the rest of a command that has a subsearch where none of its own arguments takes one; nil if it has none.
  mutating func parsePasted(_ name: SPLToken) -> PastedCommandSyntax? {
    var begin = name.range.upperBound
    var texts: [String] = []
    var subsearches: [SubsearchSyntax] = []
    while let open = nextSubsearch(from: begin) {
      texts.append(String(decoding: text.bytes[begin..<open], as: UTF8.self))
      move(to: open)
      subsearches.append(parseSubsearch())
      if isRecovering { break }
      begin = previous.upperBound
    }
    if subsearches.isEmpty { return nil }
    if !isRecovering {
      while !isAtStageEnd { take() }
    }
    texts.append(String(decoding: text.bytes[begin..<max(begin, previous.upperBound)], as: UTF8.self))
    return PastedCommandSyntax(
      name: name.text.lowercased(), texts: texts, subsearches: subsearches,
      span: span(from: name.range.lowerBound))
  }

  /// The place of the next `[` of the stage that begins a subsearch outside of parentheses.
  private func nextSubsearch(from start: Int) -> Int? {
    var depth = 0
    var token = SPLLexer.token(in: text, at: start, mode: .arguments)
    while !Self.endsStage(token.kind) {
      if token.kind == .leftParenthesis { depth += 1 }
      if token.kind == .rightParenthesis { depth -= 1 }
      let next = SPLLexer.token(in: text, at: token.range.upperBound, mode: .arguments)
      if token.kind == .leftBracket {
        let isSearch =
          next.kind == .pipe || next.isKeyword("search")
          || (next.kind == .word && CommandCatalog.isGenerating(next.text.lowercased()))
        return depth == 0 && isSearch ? token.range.lowerBound : nil
      }
      token = next
    }
    return nil
  }
}

extension SPLLowering {
  func lower(_ command: PastedCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var text = "| " + command.name + (command.texts.first ?? "")
    for (subsearch, behind) in zip(command.subsearches, command.texts.dropFirst()) {
      guard let table = rows(of: subsearch) else {
        relation.isOpaque = true
        return
      }
      guard let place = table.fields.firstIndex(where: { $0.name == "search" || $0.name == "query" }) else {
        return report(SPLMessages.valueNeedsReturn(at: subsearch.span))
      }
      let texts = (0..<table.rowCount).map { table.value(row: $0, column: place).splText }
      if texts.isEmpty || texts == ["NOT()"] { return report(SPLMessages.emptyOption(at: subsearch.span)) }
      text += SPLLowering.unwrapped(texts.joined(separator: " ")) + behind
    }
    let (tree, diagnostics) = SPL.parse(SourceText(name: "subsearch", text: text))
    if let problem = diagnostics.first(where: { $0.severity == .error }) {
      return report(SPLMessages.badPaste(text, problem, at: span))
    }
    guard tree.stages.count == 1 else { return report(SPLMessages.badSearchText(at: span)) }
    let outer = following
    inOwnText { run(tree.stages, on: &relation) }
    following = outer
  }

  /// `(span="1h")` as `return span` gives it is an option without its parentheses.
  private static func unwrapped(_ text: String) -> String {
    let inner = text.dropFirst().dropLast()
    let isWrapped = text.hasPrefix("(") && text.hasSuffix(")") && !inner.contains("(") && !inner.contains(")")
    return isWrapped ? String(inner) : text
  }
}

extension SPLMessages {
  static func badPaste(_ text: String, _ problem: Diagnostic, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-search-text", "with the text of its subsearch the command is no command: \(problem.message)",
      at: span,
      notes: [reads(text)])
  }

  /// What a text reads that was put together.
  static func reads(_ text: String) -> Advice {
    Advice("it reads `\(text.count > 200 ? text.prefix(199) + "…" : text[...])`")
  }

  static func emptyOption(at span: SourceSpan) -> Diagnostic {
    .error("empty-subsearch", "this subsearch gives no rows, and so nothing to stand in its place", at: span)
  }
}
