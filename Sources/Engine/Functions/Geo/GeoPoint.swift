#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A place on a sphere the size of the Earth, in degrees.
///
/// Example: `GeoPoint(longitude: -122.4, latitude: 47.6)`; nil outside -180…180 and -90…90.
struct GeoPoint: Hashable {
  var longitude: Double
  var latitude: Double

  /// Metres; the mean radius that distances of the service follow.
  static let earthRadius = 6_371_010.0

  init?(longitude: Double, latitude: Double) {
    guard abs(longitude) <= 180, abs(latitude) <= 90 else { return nil }
    self.longitude = longitude
    self.latitude = latitude
  }

  /// A GeoJSON position, `[longitude, latitude]`.
  init?(position: JSONValue) {
    guard case .array(let numbers) = position, numbers.count >= 2, let longitude = numbers[0].number,
      let latitude = numbers[1].number
    else { return nil }
    self.init(longitude: longitude, latitude: latitude)
  }

  /// `{"type":"Point","coordinates":[…]}`.
  var json: JSONValue {
    .object([
      .init("type", .string("Point")), .init("coordinates", .array([.real(longitude), .real(latitude)])),
    ])
  }

  /// Metres along the great circle.
  func distance(to other: GeoPoint) -> Double { angle(to: other) * GeoPoint.earthRadius }

  /// The angle between two places seen from the centre of the sphere, in radians.
  func angle(to other: GeoPoint) -> Double {
    let halfNorth = sin((other.latitude - latitude).radians / 2)
    let halfEast = sin((other.longitude - longitude).radians / 2)
    let square =
      halfNorth * halfNorth + cos(latitude.radians) * cos(other.latitude.radians) * halfEast * halfEast
    return 2 * asin(min(1, square.squareRoot()))
  }

  /// The direction in which another place lies: radians clockwise from north, 0 up to 2π.
  func azimuth(to other: GeoPoint) -> Double {
    let east = (other.longitude - longitude).radians
    let first = latitude.radians
    let second = other.latitude.radians
    let angle = atan2(
      sin(east) * cos(second), cos(first) * sin(second) - sin(first) * cos(second) * cos(east))
    return angle < 0 ? angle + 2 * .pi : angle
  }

  /// The place as a direction from the centre of the sphere.
  var direction: (x: Double, y: Double, z: Double) {
    let north = latitude.radians
    let east = longitude.radians
    return (cos(north) * cos(east), cos(north) * sin(east), sin(north))
  }
}

extension Double {
  var radians: Double { self * .pi / 180 }
}
