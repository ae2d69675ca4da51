internal import Diagnostics

/// The wording of every message of the front end, in alphabetical order.
enum SPLMessages {
  static func aggregateNeedsField(_ name: SPLToken, after alias: FieldNameSyntax?) -> Diagnostic {
    var suggestions = [
      Diagnostic.Suggestion("`\(name.text)(field)`, or `by` before a field to group by")
    ]
    if let alias, !alias.isQuoted {
      suggestions.append(.init("`as \"\(alias.name) \(name.text)\"` is a name with a blank"))
    }
    return .error(
      "aggregate-needs-field", "`\(name.text)` needs a field in parentheses", at: name.span,
      notes: ["only `count` may stand alone"], suggestions: suggestions)
  }

  static func angleBrackets(at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-operator", "SPL has no operator `<>`", at: span,
      suggestions: [.init("`!=` compares for difference", replacing: span, with: "!=")])
  }

  static func configurationLineInvalid(at span: SourceSpan) -> Diagnostic {
    .error("invalid-configuration", "this line is neither `[name]` nor `setting = value`", at: span)
  }

  static func curlyQuote(_ token: SPLToken, isExpression: Bool) -> Diagnostic {
    Diagnostic(
      isExpression ? .error : .warning, "curly-quote", "this typographic quote is a plain letter",
      at: token.span,
      suggestions: [.init("straight quotes `\"` enclose a text")])
  }

  static func dottedName(at span: SourceSpan, _ name: String) -> Diagnostic {
    .warning(
      "dotted-name", "`\(name)` joins the texts of several fields", at: span,
      notes: ["in eval expressions a dot joins texts; a name with a dot stands in single quotes"],
      suggestions: [.init("`'\(name)'` is the field of that name", replacing: span, with: "'\(name)'")])
  }

  static func doubleAmpersand(at span: SourceSpan) -> Diagnostic {
    .error(
      "unknown-operator", "SPL has no operator `&&`", at: span,
      suggestions: [.init("`AND` combines conditions", replacing: span, with: "AND")])
  }

  static func doubleEquals(at span: SourceSpan) -> Diagnostic {
    .error(
      "double-equals-in-search", "`search` compares with `=`, not `==`", at: span,
      suggestions: [.init("`=`", replacing: span, with: "=")])
  }

  static func emptyParentheses(at span: SourceSpan) -> Diagnostic {
    .error("empty-parentheses", "nothing stands between the parentheses", at: span)
  }

  static func emptySearch(at span: SourceSpan) -> Diagnostic {
    .error(
      "empty-search", "there is no search here", at: span, suggestions: [.init("`*` stands for every event")])
  }

  static func emptyStage(at span: SourceSpan) -> Diagnostic {
    .error("empty-stage", "no command follows the `|`", at: span, label: "a command is missing here")
  }

  static func exclusiveOrInSearch(at span: SourceSpan) -> Diagnostic {
    .warning(
      "exclusive-or-in-search", "`XOR` is a plain search term here, not an operator", at: span,
      suggestions: [.init("`| where a XOR b`")])
  }

  static func expansionNote(_ name: String, _ expansion: String) -> String {
    let text = expansion.count > 200 ? expansion.prefix(200) + "…" : Substring(expansion)
    return "the macro `\(name)` stands for: \(text)"
  }

  static func expressionInAggregate(_ name: SPLToken, at span: SourceSpan) -> Diagnostic {
    .error(
      "expression-in-aggregate", "`\(name.text)` takes a field; an expression stands in `eval(…)`", at: span,
      suggestions: [.init("`\(name.text)(eval(…))`")])
  }

  static func extraComma(_ severity: Diagnostic.Severity, at span: SourceSpan) -> Diagnostic {
    Diagnostic(severity, "extra-comma", "a comma without a value before it", at: span)
  }

  static func formatNeedsSix(_ command: SPLToken, _ count: Int) -> Diagnostic {
    .error(
      "wrong-argument-count", "`format` takes six texts or none, not \(count)", at: command.span,
      notes: ["row prefix, column prefix, column separator, column end, row separator, row end"])
  }

  static func functionInSearch(_ name: SPLToken) -> Diagnostic {
    .error(
      "function-in-search", "`search` cannot call `\(name.text)`: it compares fields with plain values",
      at: name.span,
      suggestions: [.init("`| where …` takes eval expressions, with functions")])
  }

  static func indexTimeIgnored(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "index-time-ignored", "`\(name)` is passed over: files do not say when an event was indexed", at: span)
  }

  static func invalidOptionValue(
    _ name: String, _ value: StringLiteralSyntax, _ expectation: String
  ) -> Diagnostic {
    .error(
      "invalid-option-value", "`\(name)` cannot be `\(value.value)`", at: value.span,
      notes: ["`\(name)` takes \(expectation)"])
  }

  static func kqlEqualsTilde(_ token: SPLToken, in command: String) -> Diagnostic {
    .error(
      "kql-operator", "`\(token.text)` is KQL", at: token.span,
      suggestions: [
        command == "search"
          ? .init("`=` compares without regard to case in `search`", replacing: token.span, with: "=")
          : .init("`lower(field)=\"text\"` compares without regard to case")
      ])
  }

  static func kqlOperatorInEval(_ token: SPLToken) -> Diagnostic {
    let way = KQLWords.evalOperators[token.text.lowercased()] ?? "a function"
    return .error(
      "kql-operator", "`\(token.text)` is an operator of KQL", at: token.span,
      suggestions: [.init("SPL says \(way)")])
  }

  static func kqlOperatorInSearch(_ token: SPLToken) -> Diagnostic {
    let way = KQLWords.searchOperators[token.text.lowercased()] ?? "field=value"
    return .warning(
      "kql-operator", "`\(token.text)` is a plain search term here, not an operator", at: token.span,
      suggestions: [.init("SPL says `\(way)`")])
  }

  static func kqlText(_ word: String, _ way: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "kql-text", "`\(word)` is a plain search term here; the text looks like KQL", at: span,
      notes: ["a KQL query is read with \(Remedy.language("kql")), or from a file that ends in `.kql`"],
      suggestions: [.init("SPL has \(way)")])
  }

  static func lowerCaseOperator(_ token: SPLToken) -> Diagnostic {
    let upper = token.text.uppercased()
    return .warning(
      "lower-case-operator", "`\(token.text)` is a plain search term here, not an operator", at: token.span,
      notes: ["`search` knows AND, OR and NOT in upper case only"],
      suggestions: [.init("`\(upper)` is the operator", replacing: token.span, with: upper)])
  }

  static func macroArity(_ name: String, _ arity: Int, known: [Int], at span: SourceSpan) -> Diagnostic {
    let counts = known.map(String.init).joined(separator: " or ")
    return .error(
      "macro-argument-count", "the macro `\(name)` takes \(counts) arguments, not \(arity)", at: span)
  }

  static func macroCallInvalid(at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-macro-call", "this is no macro call", at: span,
      notes: ["a call is a name in backticks, with arguments in parentheses: `` `name(a, \"b\")` ``"])
  }

  static func macroDefinitionUnclosed(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unclosed-backtick", "the definition of the macro `\(name)` has a backtick that is not closed", at: span
    )
  }

  static func macroEvaluates(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unsupported-macro", "the macro `\(name)` is made by an expression (`iseval`), which is not supported",
      at: span, suggestions: [.init("write the text that the expression gives as the definition")])
  }

  static func macroFileUnreadable(at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-macro-file", "the macros cannot be read as JSON", at: span,
      notes: [#"the form is {"name": "definition", "name(1)": {"args": ["x"], "definition": "…"}}"#])
  }

  static func macroHeadingInvalid(_ heading: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-macro-name", "`\(heading)` is no macro name, or has another number of arguments", at: span,
      notes: ["a heading is `name`, or `name(2)` for a macro of two arguments"])
  }

  static func macroLoop(_ names: [String], at span: SourceSpan) -> Diagnostic {
    .error(
      "macro-loop", "the macro `\(names.last ?? "")` calls itself", at: span,
      notes: [Advice(names.map { "`\($0)`" }.joined(separator: " → "))],
      suggestions: [.init("take one of these calls out of its definition")])
  }

  static func macroStanzaIncomplete(_ heading: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-macro-file", "the macro `\(heading)` lacks a definition, or `args` of that number", at: span)
  }

  static func macroTooDeep(_ name: String, _ limit: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "macro-loop", "`\(name)` is called through more than \(limit) macros", at: span,
      suggestions: [.init("write out some of the macros on the way to it")])
  }

  static func macroTooLarge(_ name: String, _ limit: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "macro-too-large", "the macro `\(name)` makes a text of more than \(limit) bytes", at: span)
  }

  static func macroTooManyCalls(_ name: String, _ limit: Int, at span: SourceSpan) -> Diagnostic {
    .error("macro-too-large", "the macro `\(name)` leads to more than \(limit) calls", at: span)
  }

  static func missingArgument(_ what: String, of command: SPLToken, at token: SPLToken) -> Diagnostic {
    .error(
      "missing-argument", "`\(command.text)` needs \(what)", at: command.span,
      notes: SPLParser.endsStage(token.kind) ? [] : ["found `\(token.text)`"])
  }

  static func missingAssignment(_ target: FieldNameSyntax, _ token: SPLToken) -> Diagnostic {
    .error(
      "missing-assignment", "`=` must follow the field `\(target.name)`", at: token.span,
      suggestions: [.init("`eval \(target.name)=expression`; `where` tests without setting anything")])
  }

  static func missingExpression(_ token: SPLToken, after previous: SPLToken?) -> Diagnostic {
    let found = SPLParser.endsStage(token.kind) ? "the end of the command" : "`\(token.text)`"
    return .error(
      "missing-expression",
      "an expression must follow\(previous.map { " `\($0.text)`" } ?? ""), not \(found)", at: token.span,
      suggestions: advice(on: token))
  }

  static func missingFieldName(_ token: SPLToken) -> Diagnostic {
    .error("missing-field", "no field stands before `\(token.text)`", at: token.span)
  }

  static func missingLeadingPipe(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "missing-leading-pipe", "`\(name)` is a search term here, not a command", at: span,
      notes: ["a text that does not begin with `|` is a search"],
      suggestions: [.init("`| \(name)` is the command", replacing: .at(span.lowerBound), with: "| ")])
  }

  static func missingOperand(_ token: SPLToken) -> Diagnostic {
    .error("missing-operand", "`\(token.text)` lacks an operand", at: token.span)
  }

  static func generatingNotFirst(_ name: SPLToken, _ way: String?) -> Diagnostic {
    .error(
      "generating-command", "`\(name.text)` makes its own rows, so it must come first", at: name.span,
      suggestions: (way.map { [.init(Advice($0))] } ?? []) + [
        .init("`append [| \(name.text) …]` adds its rows to those before")
      ])
  }

  static func missingOption(
    _ name: String, of command: SPLToken, neededBy option: CommandOptions.Option
  ) -> Diagnostic {
    .error(
      "missing-argument", "`\(option.name)` needs `\(name)` too", at: option.span,
      suggestions: [.init("`\(command.text) … \(name)=…`")])
  }

  static func missingOptionValue(_ name: SPLToken, _ token: SPLToken) -> Diagnostic {
    .error("missing-option-value", "`\(name.text)` lacks a value", at: name.span.union(token.span.lowerEnd))
  }

  static func missingPattern(_ command: SPLToken, _ token: SPLToken) -> Diagnostic {
    .error(
      "missing-pattern", "`\(command.text)` needs a pattern in double quotes", at: command.span,
      notes: SPLParser.endsStage(token.kind) ? [] : ["found `\(token.text)`"],
      suggestions: [.init(#"`\#(command.text) field=… "(?<name>…)"`"#)])
  }

  static func missingSubsearch(_ command: SPLToken) -> Diagnostic {
    .error(
      "missing-subsearch", "`\(command.text)` needs a subsearch in brackets", at: command.span,
      suggestions: [.init("`\(command.text) … [search …]`")])
  }

  static func missingValue(_ field: SPLToken, _ sign: SPLToken, _ token: SPLToken) -> Diagnostic {
    .error(
      "missing-value", "no value follows `\(field.text)\(sign.text)`", at: field.span.union(sign.span),
      suggestions: [
        .init("`\(field.text)\(sign.text)\"\"` is the empty text, `\(field.text)=*` any value")
      ])
  }

  static func numberWithLetters(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-number", "`\(text)` is neither a number nor a field", at: span,
      notes: ["a name that begins with a digit stands in single quotes, a text in double quotes"],
      suggestions: [.init("`'\(text)'` is the field, `\"\(text)\"` the text")])
  }

  static func refusedCommand(_ name: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "refused-command", "Trawl does not run `\(name)`", at: span, notes: ["`\(name)`: \(reason)"])
  }

  static func regexSign(_ sign: SPLToken) -> Diagnostic {
    .error("unknown-operator", "`regex` takes `=` or `!=`, not `\(sign.text)`", at: sign.span)
  }

  static func renameNeedsAs(_ field: FieldNameSyntax, _ token: SPLToken) -> Diagnostic {
    .error(
      "missing-as", "`as` must follow the field `\(field.name)`", at: field.span,
      notes: SPLParser.endsStage(token.kind) ? [] : ["found `\(token.text)`"],
      suggestions: [.init("`rename \(field.name) as newName`")])
  }

  static func semicolon(_ field: FieldNameSyntax) -> Diagnostic {
    let place = SourceSpan(field.span.upperBound - 1, field.span.upperBound)
    return .error(
      "wrong-separator", "fields are separated by commas or blanks, not `;`", at: place,
      suggestions: [.init("`,`", replacing: place, with: ",")])
  }

  static func singleQuotes(_ token: SPLToken) -> Diagnostic {
    let inner = String(token.text.dropFirst().dropLast())
    return .warning(
      "single-quotes-in-search", "in `search` single quotes are part of the name or value", at: token.span,
      suggestions: [.init("double quotes enclose it", replacing: token.span, with: "\"\(inner)\"")])
  }

  static func tooDeep(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-deep", "the text nests too deep here", at: span,
      notes: ["up to \(SPLParser.depthLimit) levels are read"])
  }

  static func tooManyStages(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-stages", "the search has more than \(SPLLowering.pipeLimit) commands in one pipe", at: span)
  }

  static func tooManyFields(_ count: Int, _ command: SPLToken, at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-fields", "`\(command.text)` splits by \(count == 1 ? "one field" : "two fields") at most",
      at: span)
  }

  static func unbalancedBracket(at span: SourceSpan) -> Diagnostic {
    .error("unbalanced-bracket", "this `]` closes nothing", at: span)
  }

  static func unbalancedParenthesis(at span: SourceSpan) -> Diagnostic {
    .error("unbalanced-parenthesis", "this `)` closes nothing", at: span)
  }

  static func unclosedBracket(at span: SourceSpan) -> Diagnostic {
    .error("unclosed-bracket", "this `[` is not closed", at: span)
  }

  static func unclosedComment(at span: SourceSpan) -> Diagnostic {
    .error(
      "unclosed-comment", "this comment is not closed", at: SourceSpan(span.lowerBound, span.lowerBound + 3),
      suggestions: [.init("three backticks end it")])
  }

  static func unclosedMacroCall(at span: SourceSpan) -> Diagnostic {
    .error(
      "unclosed-backtick", "this backtick is not closed", at: span,
      notes: ["backticks enclose a macro call, within one command"])
  }

  static func unclosedParenthesis(at span: SourceSpan, _ found: SPLToken) -> Diagnostic {
    let what = SPLParser.endsStage(found.kind) ? "the command ends" : "`\(found.text)` stands"
    return .error(
      "unclosed-parenthesis", "this `(` is not closed", at: span,
      secondary: [.init(found.span, "\(what) here")])
  }

  static func unclosedQuote(_ token: SPLToken) -> Diagnostic {
    let isString = token.kind == .string
    return .error(
      "unclosed-quote",
      "this \(isString ? "text" : "field name") lacks its closing `\(isString ? "\"" : "'")`",
      at: SourceSpan(token.span.lowerBound, token.span.lowerBound + 1))
  }

  static func unexpectedToken(_ token: SPLToken, expected: String) -> Diagnostic {
    let found = token.kind == .endOfText ? "the end of the text" : "`\(token.text)`"
    return .error(
      "unexpected-token", "expected \(expected), found \(found)", at: token.span,
      suggestions: advice(on: token))
  }

  static func unknownCommand(_ name: SPLToken) -> Diagnostic {
    let lowered = name.text.lowercased()
    var suggestions: [Diagnostic.Suggestion] = []
    if let word = KQLWords.commands[lowered] {
      suggestions.append(.init("`\(name.text)` is KQL; SPL has \(word)"))
    }
    // Commands that run come first.
    var near = NearestNames.of(lowered, among: CommandCatalog.names)
    if near.isEmpty, suggestions.isEmpty {
      near = NearestNames.of(lowered, among: RefusedCommandSyntax.names)
    }
    for candidate in near where suggestions.isEmpty || candidate != lowered {
      suggestions.append(.init("`\(candidate)`", replacing: name.span, with: candidate))
    }
    return .error(
      "unknown-command", "SPL has no command `\(name.text)`", at: name.span, suggestions: suggestions)
  }

  static func unknownConversion(_ name: SPLToken) -> Diagnostic {
    let known = ConvertCommandSyntax.Function.allCases.map(\.rawValue)
    return .error(
      "unknown-conversion", "`convert` has no function `\(name.text)`", at: name.span,
      notes: [Advice("known: " + known.map { "`\($0)`" }.joined(separator: ", "))],
      suggestions: NearestNames.of(name.text, among: known).map {
        .init("`\($0)`", replacing: name.span, with: $0)
      })
  }

  static func unknownMacro(
    _ name: String, _ arity: Int, nearest: [String], calledBy caller: String?, at span: SourceSpan
  ) -> Diagnostic {
    let stanza = arity == 0 ? name : "\(name)(\(arity))"
    var notes: [Advice] = [
      "\(Remedy.macroDefinitions) reads macros: a file with `[\(stanza)]` and `definition = …`, or JSON"
    ]
    if let caller { notes.insert("it is called by the macro `\(caller)`", at: 0) }
    return .error(
      "unknown-macro", "the macro `\(stanza)` is not defined", at: span, notes: notes,
      suggestions: nearest.map { .init("`\($0)` is defined") })
  }

  static func unknownOption(_ name: SPLToken, of command: SPLToken, known: [String]) -> Diagnostic {
    let list = known.map { "`\($0)`" }.joined(separator: ", ")
    return .error(
      "unknown-option", "`\(command.text)` has no option `\(name.text)`", at: name.span,
      notes: [known.isEmpty ? "`\(command.text)` takes no options" : "known: \(list)"],
      suggestions: NearestNames.of(name.text, among: known).map {
        .init("`\($0)`", replacing: name.span, with: $0)
      })
  }

  static func unquotedPath(at span: SourceSpan, _ name: String) -> Diagnostic {
    .error(
      "unquoted-field-name", "`\(name)` needs single quotes in an expression", at: span,
      suggestions: [.init("`'\(name)'` is the field", replacing: span, with: "'\(name)'")])
  }

  static func unsupportedClause(
    _ token: SPLToken, of command: SPLToken, instead way: String
  ) -> Diagnostic {
    .error(
      "unsupported-clause", "Trawl does not run `\(token.text)` in `\(command.text)` yet", at: token.span,
      suggestions: [.init(Advice(way))])
  }

  static func unsupportedCommand(_ name: String, _ reason: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unsupported-command", "`\(name)` is SPL that Trawl does not run yet", at: span,
      notes: ["`\(name)`: \(reason)"])
  }

  static func unsupportedOption(
    _ name: String, of command: String, instead way: String?, at span: SourceSpan
  ) -> Diagnostic {
    .error(
      "unsupported-option", "Trawl does not run `\(name)` of `\(command)`", at: span,
      suggestions: way.map { [.init(Advice($0))] } ?? [])
  }

  static func wildcardInComparison(_ literal: StringLiteralSyntax) -> Diagnostic {
    let pattern = literal.value.map { $0 == "*" ? "%" : String($0) }.joined()
    return .warning(
      "wildcard-in-comparison", "`*` is a plain character in an eval comparison", at: literal.span,
      suggestions: [.init("`like(field, \"\(pattern)\")` has `%` as its wildcard")])
  }

  static func wildcardMismatch(_ field: FieldNameSyntax, _ target: FieldNameSyntax) -> Diagnostic {
    .error(
      "wildcard-mismatch", "`\(field.name)` and `\(target.name)` differ in their number of `*`",
      at: target.span, secondary: [.init(field.span, "each `*` here must come back")])
  }

  static func wrongFieldCount(_ command: SPLToken, _ expected: String, _ token: SPLToken) -> Diagnostic {
    .error("wrong-argument-count", "`\(command.text)` takes \(expected)", at: command.span)
  }
}

extension SourceSpan {
  /// The empty span at the start.
  fileprivate var lowerEnd: SourceSpan { .at(lowerBound) }
}
