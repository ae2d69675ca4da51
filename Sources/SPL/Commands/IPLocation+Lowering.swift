import Diagnostics
import Engine

extension SPLLowering {
  /// Without a table of places no address has one: the fields stay null.
  func lower(_ command: IPLocationCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field else { return }
    let address = read(field, in: relation)
    var names = ["City", "Country", "Region", "lat", "lon"]
    if command.allFields { names += ["Continent", "MetroCode", "Timezone"] }
    let columns = names.map { name in
      makeColumn(command.prefix + name, name == "lat" || name == "lon" ? .real : .string)
    }
    guard let places = environment.locations else {
      assign(
        columns.map { Assignment(column: $0, expression: .literal(.null, $0.type)) }, in: relation, at: span)
      report(SPLMessages.noLocations(span))
      return
    }
    let known = places.fields.map { $0.name.lowercased() }
    let network = known.firstIndex(of: "network") ?? known.firstIndex(of: "cidr")
    guard let network, case let networks = LocationOperator.Networks(places, column: network),
      !networks.isEmpty
    else {
      report(SPLMessages.badLocations(span))
      return
    }
    guard let address, let place = relation.columns.firstIndex(where: { $0.id == address.id }) else { return }
    let outputs = zip(names, columns).map { name, column in
      (column: known.firstIndex(of: name.lowercased()), type: column.type)
    }
    let made = columns.map { makeColumn("", $0.type) }
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: LocationOperator(table: places, networks: networks, address: place, outputs: outputs),
        columns: relation.columns + made, origin: origin(span)))
    assign(
      zip(columns, made).map { Assignment(column: $0, expression: $1.reference) }, in: relation, at: span)
    drop(made, in: relation, at: span)
  }
}

extension SPLMessages {
  static func badLocations(_ span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-locations", "the table of places for `iplocation` has no networks", at: span,
      notes: ["its header is `network,City,Country,Region,lat,lon`, its rows `81.2.69.0/24,London,…`"])
  }

  static func noLocations(_ span: SourceSpan) -> Diagnostic {
    .warning(
      "no-locations", "there is no table of places: `iplocation` adds its fields without values", at: span,
      notes: ["`--locations FILE` reads one: a CSV with the columns network, City, Country, Region, lat, lon"]
    )
  }
}
