import Diagnostics
import Rules
import Session

extension ParsedArguments {
  /// The rules that the operands name. Files that cannot be read are said; that there is nothing at all is an error.
  func rulePack(_ console: Console) throws(UsageError) -> RulePack {
    let pack = RulePack.load(operands, languages)
    for file in pack.unreadable {
      console.refuse("unreadable-input", "`\(DisplayText.escaped(file.path))`: \(file.reason)")
    }
    if pack.rules.isEmpty, pack.broken.isEmpty, pack.unreadable.isEmpty {
      throw UsageError(
        "no-rules", "no rule in \(operands.map { "`\($0)`" }.joined(separator: ", "))",
        advice: pack.skipped.prefix(3).map { "skipped \($0.path): \($0.reason)" }, verb: verb)
    }
    return pack
  }
}
