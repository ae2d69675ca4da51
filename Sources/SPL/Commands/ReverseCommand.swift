/// `reverse`: turns the order of the rows round.
package struct ReverseCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "reverse", summary: "Turns the order of the rows round.", example: "reverse"
  ) { _, _ in .reverse(ReverseCommandSyntax()) }
}
