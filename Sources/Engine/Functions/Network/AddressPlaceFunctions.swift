/// The functions that look addresses up in a table of places; made for each workspace, since its file is theirs.
package enum AddressPlaceFunctions {
  /// `geo_info_from_ip_address`: a bag of what is known of an address.
  package static func information(_ places: AddressPlaces) -> ScalarFunction {
    ScalarFunction(
      [.kql("geo_info_from_ip_address")], Signature([.string("ip")], returns: .fixed(.dynamic)),
      "Gives where an address is.",
      kernel: .scalar { values in
        guard let text = values.text(0), AddressPlaces.isAddress(text) else { return .null }
        guard let place = places.place(of: text) else { return .dynamic(.object([])) }
        var members: [JSONValue.Member] = []
        if let country = place.country { members.append(.init("country", .string(country))) }
        if let state = place.state { members.append(.init("state", .string(state))) }
        if let city = place.city { members.append(.init("city", .string(city))) }
        if let latitude = place.latitude { members.append(.init("latitude", .real(latitude))) }
        if let longitude = place.longitude { members.append(.init("longitude", .real(longitude))) }
        return .dynamic(.object(members))
      }, examples: [])
  }

  /// The fields that `iplocation` adds, each with the function of an address that fills it.
  package static func fields(_ places: AddressPlaces) -> [(name: String, function: ScalarFunction)] {
    [
      ("City", field(places, .string) { $0.city.map { .string($0) } }),
      ("Country", field(places, .string) { $0.country.map { .string($0) } }),
      ("Region", field(places, .string) { $0.state.map { .string($0) } }),
      ("lat", field(places, .real) { $0.latitude.map { .real($0) } }),
      ("lon", field(places, .real) { $0.longitude.map { .real($0) } }),
    ]
  }

  private static func field(
    _ places: AddressPlaces, _ type: DataType,
    _ part: @escaping @Sendable (AddressPlaces.Place) -> Value?
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl("iplocation")], Signature([.any("ip")], returns: .fixed(type)), "A part of where an address is.",
      kernel: .scalar { values in places.place(of: values[0].splText).flatMap(part) ?? .null },
      examples: [])
  }
}
