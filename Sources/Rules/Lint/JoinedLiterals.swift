import Diagnostics
import Engine
import KQL
import Session

extension LintRule {
  static let joinedLiterals = LintRule(
    "joined-literals", "Two texts of a KQL list without a comma between them are one text.",
    why: """
      KQL joins texts that stand side by side: `("GetUser" "ListUsers")` holds the one text `GetUserListUsers`, which \
      no field has. Both names go unseen. Put the comma in.
      """,
    triggers: [
      .kql("AWSCloudTrail | where EventName in ('GetUser' 'ListUsers', 'ListRoles')"),
      .kql(
        "let names = dynamic(['GetUser', 'ListUsers'\n'ListRoles']);\nAWSCloudTrail | where EventName in (names)"
      ),
      .kql(
        "AWSCloudTrail | where set_has_element(pack_array('GetUser', 'ListUsers' 'ListRoles'), EventName)"),
    ],
    quiet: [
      .kql("print text = strcat('one long text ' 'over two parts', 'and more')"),
      .kql("AWSCloudTrail | where EventName in ('GetUser', 'ListUsers', 'ListRoles')"),
      .kql("print text = 'one long text ' 'over two parts'"),
    ]
  ) { subject in
    var literals: [StringLiteralSyntax] = []
    for membership in subject.syntax.all(MembershipSyntax.self) {
      for case .literal(let literal) in membership.elements { literals += [literal.string].compactMap { $0 } }
    }
    for list in subject.syntax.all(DynamicLiteralSyntax.self) {
      guard case .array(let elements) = list.value else { continue }
      for case .scalar(let literal) in elements { literals += [literal.string].compactMap { $0 } }
    }
    for call in subject.syntax.all(CallSyntax.self) {
      // One text over several lines is no list: a list has at least two elements, all of them words.
      let texts = call.arguments.compactMap { argument -> StringLiteralSyntax? in
        if case .literal(let literal) = argument.value { literal.string } else { nil }
      }
      guard texts.count == call.arguments.count, texts.count > 1,
        texts.allSatisfy({ !$0.value.contains(where: \.isWhitespace) })
      else { continue }
      literals += texts
    }
    for table in subject.syntax.all(DatatableSyntax.self) {
      for case .literal(let literal) in table.cells { literals += [literal.string].compactMap { $0 } }
    }
    return literals.filter { JoinedLiterals.isJoined($0, in: subject.rule.query) }.map { literal in
      Finding(
        "joined-literals", "two texts without a comma are the one text \(ValueCounts.quoted(literal.value))",
        at: literal.span, of: subject, suggestions: [.init("put a comma between them")])
    }
  }
}

private enum JoinedLiterals {
  /// Several texts of the source make the one literal.
  static func isJoined(_ literal: StringLiteralSyntax, in source: SourceText) -> Bool {
    let text = source[literal.span]
    // A single text cannot hold its own quote and a blank and a quote: the lexer tells.
    let tokens = KQLLexer.tokens(of: SourceText(name: source.name, text: text)).tokens
    return tokens.filter { if case .string = $0.kind { true } else { false } }.count > 1
  }
}
