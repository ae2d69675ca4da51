#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A GeoJSON polygon or several, whose edges are great circles.
struct GeoPolygon {
  /// Of each polygon its outer ring, then its holes.
  private var polygons: [[[GeoPoint]]]

  /// nil for what is no `Polygon` or `MultiPolygon`, or has an open or degenerate ring.
  init?(_ json: JSONValue) {
    guard case .string(let kind)? = json["type"], case .array(let coordinates)? = json["coordinates"] else {
      return nil
    }
    var polygons: [[[GeoPoint]]] = []
    for polygon in kind == "MultiPolygon" ? coordinates : [.array(coordinates)] {
      guard case .array(let rings) = polygon, !rings.isEmpty else { return nil }
      var parsed: [[GeoPoint]] = []
      for ring in rings {
        guard let ring = GeoPolygon.ring(ring) else { return nil }
        parsed.append(ring)
      }
      polygons.append(parsed)
    }
    guard kind == "Polygon" || kind == "MultiPolygon", !polygons.isEmpty else { return nil }
    self.polygons = polygons
  }

  /// The corners of a closed ring without the repeated last one.
  private static func ring(_ json: JSONValue) -> [GeoPoint]? {
    guard case .array(let positions) = json, positions.count >= 4, positions.count <= 100_000 else {
      return nil
    }
    let points = positions.compactMap { GeoPoint(position: $0) }
    guard points.count == positions.count, points.first == points.last else { return nil }
    let corners = Array(points.dropLast())
    return Set(corners).count == corners.count ? corners : nil
  }

  func contains(_ point: GeoPoint) -> Bool {
    polygons.contains { rings in
      GeoPolygon.surrounds(rings[0], point)
        && !rings.dropFirst().contains { GeoPolygon.surrounds($0, point) }
    }
  }

  /// Whether a ring goes around a point: the directions to its corners turn a full circle.
  private static func surrounds(_ ring: [GeoPoint], _ point: GeoPoint) -> Bool {
    let here = point.direction
    var towards = 0.0
    for corner in ring {
      let there = corner.direction
      towards += here.x * there.x + here.y * there.y + here.z * there.z
    }
    // On the far side of the sphere a ring goes around the point's antipode.
    if towards <= 0 { return false }
    if ring.contains(point) { return true }
    var turned = 0.0
    var previous = point.azimuth(to: ring[ring.count - 1])
    for corner in ring {
      let azimuth = point.azimuth(to: corner)
      turned += remainder(azimuth - previous, 2 * .pi)
      previous = azimuth
    }
    return abs(turned) > .pi
  }
}
