import Diagnostics
import Engine

/// `iplocation prefix=src_ sourceIPAddress`: adds where an address is.
package struct IPLocationCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  package var prefix: String { options.text("prefix") ?? "" }
  package var allFields: Bool { options.boolean("allfields") ?? false }

  static let record = CommandRecord(
    "iplocation",
    syntax: "iplocation [prefix=TEXT] [allfields=BOOL] FIELD",
    summary: "Adds where an address is.",
    notes: [
      "The places come from a local table; without one the search is refused."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval ip="203.0.113.9" | iplocation ip | table City"#,
        gives: #""Berlin""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["allfields": .boolean, "lang": .text, "prefix": .text]
    let (field, options) = parser.parseOneField(command, rules)
    return .iplocation(IPLocationCommandSyntax(field: field, options: options))
  }
}

extension SPLLowering {
  /// Without a table of places no address has one: the fields stay null.
  func lower(_ command: IPLocationCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field else { return }
    let address = read(field, in: &relation)
    var fields: [(name: String, expression: Expression)] = []
    if environment.places != nil, let address {
      fields = AddressPlaceFunctions.Field.allCases.map { field in
        let value = call(
          AddressPlaceFunctions.place, [address.reference, literal(field.rawValue)], as: field.type)
        return (field.rawValue, value)
      }
    } else {
      fields = ["City", "Country", "Region"].map { ($0, .literal(.null, .string)) }
      fields += ["lat", "lon"].map { ($0, .literal(.null, .real)) }
    }
    if command.allFields {
      fields += ["Continent", "MetroCode", "Timezone"].map { ($0, .literal(.null, .string)) }
    }
    assign(
      fields.map { field in
        Assignment(
          column: makeColumn(command.prefix + field.name, field.expression.type), expression: field.expression
        )
      }, in: &relation, at: span)
    if environment.places != nil {
      fillPartialPlaces(fields.map { command.prefix + $0.name }, in: &relation, at: span)
    }
    if environment.places == nil {
      report(SPLMessages.noLocations(at: span))
    } else if command.allFields {
      report(SPLMessages.fewLocationFields(at: span))
    }
  }

  /// An address that is known in part has empty texts for the rest, so that it stays in its groups.
  private func fillPartialPlaces(_ names: [String], in relation: inout Relation, at span: SourceSpan) {
    let columns = names.compactMap { relation.existing($0) }
    let isKnown = balanced(columns.map { isThere($0.reference) }[...], Logical.or)
    let texts = columns.filter { $0.type == .string }
    assign(
      texts.map { column in
        Assignment(
          column: makeColumn(column.name, .string),
          expression: choose(
            [(isThere(column.reference), column.reference), (isKnown, literal(""))],
            otherwise: .literal(.null, .string)))
      }, in: &relation, at: span)
  }
}

extension SPLMessages {
  static func noLocations(at span: SourceSpan) -> Diagnostic {
    .warning(
      "no-locations", "there is no table of places: `iplocation` adds its fields without values", at: span,
      suggestions: [
        .init("\(Remedy.addressPlaces) gives one: network, country, state, city, latitude, longitude")
      ])
  }

  static func fewLocationFields(at span: SourceSpan) -> Diagnostic {
    .warning(
      "no-locations", "the table of places has no Continent, MetroCode and Timezone: they have no values",
      at: span)
  }
}
