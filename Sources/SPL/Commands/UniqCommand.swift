/// `uniq`: leaves out a row that is the same as the row before it.
package struct UniqCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "uniq", summary: "Leaves out rows that are the same as the row before.", example: "uniq"
  ) { _, _ in .uniq(UniqCommandSyntax()) }
}
