/// `tail 5`: the last rows, last first.
package struct TailCommandSyntax: Hashable, Sendable {
  package let count: Int

  static let record = CommandRecord("tail", summary: "Keeps the last rows, last first.", example: "tail 5") {
    parser, command in
    let count = parser.parseInteger() ?? 10
    if count < 0 { parser.report(SPLMessages.countTooSmall(command, least: 0)) }
    return .tail(TailCommandSyntax(count: count))
  }
}
