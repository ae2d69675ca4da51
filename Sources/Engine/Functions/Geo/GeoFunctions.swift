/// Distances and places on the globe: `geo_distance_2points`, `geo_point_in_circle`, geohashes.
package enum GeoFunctions {
  package static let all: [ScalarFunction] = [
    distance, azimuth, pointInCircle, pointInPolygon, pointToGeohash, geohashCenter, geohashPolygon,
    geohashNeighbors,
  ]

  private static func point(_ values: [Value], at index: Int) -> GeoPoint? {
    guard index + 1 < values.count, let longitude = values[index].number,
      let latitude = values[index + 1].number
    else { return nil }
    return GeoPoint(longitude: longitude, latitude: latitude)
  }

  private static func polygon(_ value: Value?) -> GeoPolygon? {
    guard case .dynamic(let json)? = value else { return nil }
    return GeoPolygon(json)
  }

  private static let twoPoints: [Parameter] = [
    .real("p1_longitude"), .real("p1_latitude"), .real("p2_longitude"), .real("p2_latitude"),
  ]
  private static let invalid = "A longitude beyond 180 or a latitude beyond 90 degrees gives null."
  private static let sphere = "The Earth is a sphere with a radius of 6,371,010 m."

  static let distance = ScalarFunction(
    [.kql("geo_distance_2points")], Signature(twoPoints, returns: .fixed(.real)),
    "Gives the shortest distance between two places on the globe, in metres.", notes: [sphere, invalid],
    differs: ["The fifth argument of the service, a spheroid in place of the sphere, is not taken."],
    kernel: .scalar { values in
      guard let first = point(values, at: 0), let second = point(values, at: 2) else { return .null }
      return .real(first.distance(to: second))
    },
    examples: [
      .kql(
        "round(geo_distance_2points(13.4, 52.5, 2.35, 48.85) / 1000)", gives: "877.0", why: "Berlin, Paris"),
      .kql("geo_distance_2points(300, 1, 1, 1)", gives: "real(null)"),
    ])

  static let azimuth = ScalarFunction(
    [.kql("geo_azimuth")], Signature(twoPoints, returns: .fixed(.real)),
    "Gives the direction from a place to another: radians clockwise from north.",
    notes: ["Null where both are the same place.", invalid],
    kernel: .scalar { values in
      guard let first = point(values, at: 0), let second = point(values, at: 2), first != second else {
        return .null
      }
      return .real(first.azimuth(to: second))
    },
    examples: [
      .kql("geo_azimuth(0, 0, 10, 0) == pi() / 2", gives: "true", why: "due east"),
      .kql("geo_azimuth(5, 10, 5, 10)", gives: "real(null)"),
    ])

  static let pointInCircle = ScalarFunction(
    [.kql("geo_point_in_circle")],
    Signature(
      [
        .real("p_longitude"), .real("p_latitude"), .real("pc_longitude"), .real("pc_latitude"),
        .real("c_radius"),
      ], returns: .fixed(.bool)),
    "Whether a place lies within a radius in metres of another.", notes: [sphere, invalid],
    kernel: .scalar { values in
      guard let first = point(values, at: 0), let centre = point(values, at: 2),
        let radius = values[4].number, radius >= 0, radius.isFinite
      else { return .null }
      return .bool(first.distance(to: centre) <= radius)
    },
    examples: [
      .kql("geo_point_in_circle(13.41, 52.52, 13.4, 52.5, 5000)", gives: "true"),
      .kql("geo_point_in_circle(200, 1, 1, 1, 1)", gives: "bool(null)"),
    ])

  static let pointInPolygon = ScalarFunction(
    [.kql("geo_point_in_polygon")],
    Signature([.real("longitude"), .real("latitude"), .dynamic("polygon")], returns: .fixed(.bool)),
    "Whether a place lies in a GeoJSON Polygon or MultiPolygon.",
    notes: ["Edges are great circles; a ring that is open or names a corner twice gives null.", invalid],
    differs: ["A ring whose edges cross each other is not refused; no polygon may exceed half the globe."],
    kernel: .prepared { arguments in
      let constant = arguments.constants.count > 2 ? arguments.constants[2].map { polygon($0) } : nil
      return { values in
        guard let point = point(values, at: 0), let shape = constant ?? polygon(values[2]) else {
          return .null
        }
        return .bool(shape.contains(point))
      }
    },
    examples: [
      .kql(
        #"geo_point_in_polygon(1, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[5,0],[5,5],[0,5],[0,0]]]}))"#,
        gives: "true"),
      .kql(
        #"geo_point_in_polygon(9, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[5,0],[5,5],[0,5],[0,0]]]}))"#,
        gives: "false"),
      .kql(#"geo_point_in_polygon(1, 1, dynamic({"type":"Point"}))"#, gives: "bool(null)"),
    ])

  static let pointToGeohash = ScalarFunction(
    [.kql("geo_point_to_geohash")],
    Signature([.real("longitude"), .real("latitude"), .long("accuracy").optional], returns: .fixed(.string)),
    "Gives the geohash of a place, with 5 letters or as many as the accuracy says, 1 to 18.",
    notes: [#"A place or an accuracy out of range gives ""."#],
    kernel: .scalar { values in
      let length = values.count > 2 ? values.integer(2) ?? 0 : 5
      guard let point = point(values, at: 0), let count = Int(exactly: length),
        Geohash.lengths.contains(count)
      else { return .string("") }
      return .string(Geohash.text(longitude: point.longitude, latitude: point.latitude, length: count))
    },
    examples: [
      .kql("geo_point_to_geohash(42.47, 23.71)", gives: #""sunny""#),
      .kql("geo_point_to_geohash(42.47, 23.71, 99)", gives: #""""#),
    ])

  private static func ofGeohash(
    _ name: String, _ type: DataType, _ summary: String, examples: [FunctionExample],
    _ result: @escaping @Sendable (Geohash) -> JSONValue?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.string("geohash")], returns: .fixed(type)), summary,
      notes: ["Null for what is no geohash."],
      kernel: .scalar { values in
        guard let cell = Geohash(values.text(0) ?? ""), let json = result(cell) else { return .null }
        return .dynamic(json)
      }, examples: examples)
  }

  static let geohashCenter = ofGeohash(
    "geo_geohash_to_central_point", .dynamic, "Gives the middle of a geohash's cell as a GeoJSON point.",
    examples: [
      .kql(
        #"geo_geohash_to_central_point("sunny").coordinates"#,
        gives: "dynamic([42.47314453125, 23.70849609375])"),
      .kql(#"geo_geohash_to_central_point("a")"#, gives: "dynamic(null)"),
    ]
  ) { $0.center?.json }

  static let geohashPolygon = ofGeohash(
    "geo_geohash_to_polygon", .dynamic, "Gives a geohash's cell as a GeoJSON polygon.",
    examples: [
      .kql(
        #"geo_geohash_to_polygon("s").coordinates"#,
        gives: "dynamic([[[0.0,0.0],[45.0,0.0],[45.0,45.0],[0.0,45.0],[0.0,0.0]]])"),
      .kql(#"geo_geohash_to_polygon("a")"#, gives: "dynamic(null)"),
    ]
  ) { $0.polygon }

  static let geohashNeighbors = ofGeohash(
    "geo_geohash_neighbors", .dynamic, "Gives the geohashes of the up to eight cells around one.",
    examples: [
      .kql(#"array_length(geo_geohash_neighbors("sunny"))"#, gives: "8"),
      .kql(#"geo_geohash_neighbors("a")"#, gives: "dynamic(null)"),
    ]
  ) { .array($0.neighbors.map { .string($0) }) }
}
