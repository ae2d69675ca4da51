/// `tail 5`: the last rows, last first.
package struct TailCommandSyntax: Hashable, Sendable {
  package let count: Int

  static let record = CommandRecord("tail", summary: "Keeps the last rows, last first.", example: "tail 5") {
    parser, _ in .tail(TailCommandSyntax(count: parser.parseInteger() ?? 10))
  }
}
