/// `addinfo`: adds the bounds and the time of the search to every row.
package struct AddInfoCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "addinfo", summary: "Adds the bounds and the time of the search to every row.", example: "addinfo"
  ) { _, _ in .addinfo(AddInfoCommandSyntax()) }
}
