import Diagnostics
import Engine

/// `autoregress bytes as before p=1-3`: values of earlier rows.
package struct AutoregressCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  /// How many rows back, from and to.
  package let distances: ClosedRange<Int>

  static let placeLimit = 1000

  static let record = CommandRecord(
    "autoregress",
    syntax: "autoregress FIELD [as NAME] [p=PLACE|p=FIRST-LAST]",
    summary: "Adds values of earlier rows.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | autoregress n | fillnull value=none n_p1 | "
          + "table n_p1",
        gives: #"mvappend("none", "1", "2")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["p": .text], into: &options)
    let pair = parser.parseFieldAlias()
    if pair == nil { parser.requireArguments([FieldNameSyntax](), command) }
    parser.parseOptions(command, ["p": .text], into: &options)
    var distances = 1...1
    if let option = options["p"] {
      let ends = option.value.value.split(separator: "-").compactMap { Int($0) }
      if let first = ends.first, let last = ends.last, first >= 1, last >= first, ends.count <= 2,
        last - first < AutoregressCommandSyntax.placeLimit
      {
        distances = first...last
      } else {
        parser.report(
          SPLMessages.invalidOptionValue(
            "p", option.value,
            "a number of rows such as `1` or `1-3`, \(AutoregressCommandSyntax.placeLimit) at most"))
      }
    }
    return .autoregress(
      AutoregressCommandSyntax(field: pair?.field, alias: pair?.alias, distances: distances))
  }
}

extension SPLLowering {
  func lower(_ command: AutoregressCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let distances = command.distances
    let made = window(
      distances.map { (SPLWindowFunctions.previous, [column.reference, literal($0)], column.type) },
      in: &relation, at: span)
    let base = command.alias?.name
    let names = distances.map { distance in
      if distances.count == 1, let base { return base }
      return "\(base ?? field.name)_p\(distance)"
    }
    moveWindows(made, to: names, in: &relation, at: span)
  }
}
