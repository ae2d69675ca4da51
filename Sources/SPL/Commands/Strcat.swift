import Diagnostics
import Engine

/// `strcat allrequired=t host "/" user path`: joins fields and texts.
package struct StrcatCommandSyntax: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case field(FieldNameSyntax)
    case text(String)
  }

  package let parts: [Part]
  package let target: FieldNameSyntax?
  /// Gives nothing where a field is missing; otherwise it counts as empty.
  package let requiresAll: Bool

  static let record = CommandRecord(
    "strcat",
    syntax: "strcat [allrequired=BOOL] FIELD|TEXT … NAME",
    summary: "Joins fields and texts.",
    examples: [
      .splQuery(
        #"| makeresults | eval a="x" | strcat a "/" a path | table path"#,
        gives: #""x/x""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["allrequired": .boolean], into: &options)
    var parts: [Part] = []
    while !parser.isAtStageEnd {
      if parser.takeComma() { continue }
      let isText = parser.peek().kind == .string
      guard let field = parser.parseField() else {
        parser.unexpected("a field or a text")
        break
      }
      parts.append(isText ? .text(field.name) : .field(field))
    }
    var target: FieldNameSyntax?
    if case .field(let last)? = parts.last, parts.count > 1 {
      target = last
      parts.removeLast()
    } else if !parser.isRecovering {
      parser.syntaxError(
        SPLMessages.missingArgument("the field that is made", of: command, at: parser.peek()))
    }
    return .strcat(
      StrcatCommandSyntax(
        parts: parts, target: target, requiresAll: options.boolean("allrequired") ?? false))
  }
}

extension SPLLowering {
  func lower(_ command: StrcatCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let target = command.target else { return }
    let parts = command.parts.map { part -> Expression in
      switch part {
      case .text(let text): return literal(text)
      case .field(let field):
        let value = text(value(of: field, in: &relation))
        return command.requiresAll ? value : firstPresent([value, literal("")])
      }
    }
    let joined = call(SPLRowFunctions.joinTexts, parts, as: .string)
    let kept =
      command.requiresAll ? column(target.name, in: &relation).map { text(plain($0.reference)) } : nil
    assign(target.name, kept.map { firstPresent([joined, $0]) } ?? joined, in: &relation, at: span)
  }
}
