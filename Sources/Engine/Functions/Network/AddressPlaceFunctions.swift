/// The functions that look addresses up in the table of places that a run is given.
package enum AddressPlaceFunctions {
  package static let all = [information, place]

  /// `geo_info_from_ip_address`: a bag of what is known of an address.
  package static let information = ScalarFunction(
    [.kql("geo_info_from_ip_address")], Signature([.string("ip")], returns: .fixed(.dynamic)),
    "Gives where an address is.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let places = try places(arguments)
      return { values in
        guard let text = values.text(0), AddressPlaces.isAddress(text) else { return .null }
        guard let place = places.place(of: text) else { return .dynamic(.object([])) }
        var members: [JSONValue.Member] = []
        if let country = place.country { members.append(.init("country", .string(country))) }
        if let state = place.state { members.append(.init("state", .string(state))) }
        if let city = place.city { members.append(.init("city", .string(city))) }
        if let latitude = place.latitude { members.append(.init("latitude", .real(latitude))) }
        if let longitude = place.longitude { members.append(.init("longitude", .real(longitude))) }
        return .dynamic(.object(members))
      }
    }, examples: [])

  /// A field that `iplocation` adds.
  package enum Field: String, CaseIterable, Sendable {
    case city = "City"
    case country = "Country"
    case region = "Region"
    case latitude = "lat"
    case longitude = "lon"

    package var type: DataType {
      switch self {
      case .city, .country, .region: .string
      case .latitude, .longitude: .real
      }
    }

    fileprivate func value(of place: AddressPlaces.Place) -> Value? {
      switch self {
      case .city: place.city.map { .string($0) }
      case .country: place.country.map { .string($0) }
      case .region: place.state.map { .string($0) }
      case .latitude: place.latitude.map { .real($0) }
      case .longitude: place.longitude.map { .real($0) }
      }
    }
  }

  /// A field of `iplocation` of an address, by the field's name.
  package static let place = ScalarFunction(
    [.spl("[iplocation]")],
    Signature(
      [.any("ip"), .string("field").constant],
      returns: .computed { _, constants in
        if case .string(let name)? = constants[1] { Field(rawValue: name)?.type } else { nil }
      }),
    "A part of where an address is.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let places = try places(arguments)
      let field = Field(rawValue: try arguments.required(1, arguments.text))
      return { values in
        guard let place = places.place(of: values[0].splText) else { return .null }
        return field?.value(of: place) ?? .null
      }
    }, examples: [])

  private static func places(_ arguments: PreparedArguments) throws(FunctionFailure) -> AddressPlaces {
    if let places = arguments.resources.places { return places }
    throw FunctionFailure(
      "no-places", "the run has no table of places, in which addresses are looked up",
      suggestion: "give one: network, country, state, city, latitude, longitude")
  }
}
