import Testing

@testable import Engine

@Suite struct GeoFunctionTests {
  private func number(_ name: String, _ arguments: [Double]) throws -> Double {
    try #require(try FunctionCheck.call(name, arguments.map { .real($0) }).number)
  }

  @Test func `a quarter of the way around the globe`() throws {
    let quarter = 6_371_010 * Double.pi / 2
    #expect(abs(try number("geo_distance_2points", [0, 0, 90, 0]) - quarter) < 1e-6)
    #expect(abs(try number("geo_distance_2points", [0, 0, 0, -90]) - quarter) < 1e-6)
    #expect(abs(try number("geo_distance_2points", [179, 0, -179, 0]) - quarter / 45) < 1e-6)
    #expect(try number("geo_distance_2points", [12, 34, 12, 34]) == 0)
  }

  private static func ring(_ corners: [(Double, Double)]) -> JSONValue {
    .array(corners.map { .array([.real($0.0), .real($0.1)]) })
  }

  @Test(arguments: [
    (5.0, 5.0, true), (1.0, 1.0, true), (0.0, 0.0, true), (-1.0, 5.0, false), (11.0, 5.0, false),
    (5.0, 11.0, false), (185.0 - 360, -5.0, false),
  ])
  func `a place lies in a square or not`(_ longitude: Double, _ latitude: Double, _ isInside: Bool) throws {
    let square: [(Double, Double)] = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    for corners in [square, square.reversed()] {
      let polygon = JSONValue.object([
        .init("type", .string("Polygon")), .init("coordinates", .array([GeoFunctionTests.ring(corners)])),
      ])
      #expect(
        try FunctionCheck.call(
          "geo_point_in_polygon", [.real(longitude), .real(latitude), .dynamic(polygon)]) == .bool(isInside))
    }
  }

  @Test func `a hole and a polygon across the date line`() throws {
    let outer = GeoFunctionTests.ring([(170, -10), (-170, -10), (-170, 10), (170, 10), (170, -10)])
    let hole = GeoFunctionTests.ring([(178, -2), (-178, -2), (-178, 2), (178, 2), (178, -2)])
    let polygon = JSONValue.object([
      .init("type", .string("MultiPolygon")), .init("coordinates", .array([.array([outer, hole])])),
    ])
    for (longitude, isInside) in [(175.0, true), (-175, true), (180, false), (165, false), (0, false)] {
      #expect(
        try FunctionCheck.call("geo_point_in_polygon", [.real(longitude), .real(0), .dynamic(polygon)])
          == .bool(isInside))
    }
  }

  @Test(arguments: 1...18) func `a geohash holds the place it was made of`(_ length: Int) throws {
    for (longitude, latitude) in [(0.0, 0.0), (-180, -90), (180, 90), (13.4, 52.5), (-73.98, 40.75)] {
      let text = Geohash.text(longitude: longitude, latitude: latitude, length: length)
      let cell = try #require(Geohash(text))
      #expect(text.utf8.count == length)
      #expect(cell.west <= longitude && longitude <= cell.east)
      #expect(cell.south <= latitude && latitude <= cell.north)
    }
  }

  @Test func `neighbors stop at the poles and go on behind the date line`() throws {
    #expect(try #require(Geohash("sunny")).neighbors.contains("sunnz"))
    let east = try #require(Geohash(Geohash.text(longitude: 179.99, latitude: 0.01, length: 3)))
    let behind = Geohash.text(longitude: -179.99, latitude: 0.01, length: 3)
    #expect(east.neighbors.contains(behind) && east.neighbors.count == 8)
    let north = try #require(Geohash(Geohash.text(longitude: 0, latitude: 89.99, length: 3)))
    #expect(north.neighbors.count == 5)
  }
}
