/// A cell of the geohash grid: a text of 1 to 18 letters, each of which halves the cell five times.
///
/// Example: `Geohash("sunny")?.center` lies near 42.47, 23.71.
struct Geohash {
  var west = -180.0
  var east = 180.0
  var south = -90.0
  var north = 90.0
  var length: Int

  private static let letters = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)
  static let lengths = 1...18

  init?(_ text: String) {
    guard Geohash.lengths.contains(text.utf8.count) else { return nil }
    length = text.utf8.count
    var splitsEast = true
    for byte in text.utf8 {
      guard let digit = Geohash.letters.firstIndex(of: byte) else { return nil }
      for bit in stride(from: 4, through: 0, by: -1) {
        split(splitsEast, upper: digit >> bit & 1 == 1)
        splitsEast.toggle()
      }
    }
  }

  private mutating func split(_ splitsEast: Bool, upper: Bool) {
    if splitsEast {
      let middle = (west + east) / 2
      if upper { west = middle } else { east = middle }
    } else {
      let middle = (south + north) / 2
      if upper { south = middle } else { north = middle }
    }
  }

  /// The cell of a length that a place lies in.
  static func text(longitude: Double, latitude: Double, length: Int) -> String {
    var cell = Geohash(whole: length)
    var splitsEast = true
    var text: [UInt8] = []
    for _ in 0..<length {
      var digit = 0
      for _ in 0..<5 {
        let upper =
          splitsEast ? longitude >= (cell.west + cell.east) / 2 : latitude >= (cell.south + cell.north) / 2
        cell.split(splitsEast, upper: upper)
        digit = digit << 1 | (upper ? 1 : 0)
        splitsEast.toggle()
      }
      text.append(letters[digit])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private init(whole length: Int) { self.length = length }

  var center: GeoPoint? { GeoPoint(longitude: (west + east) / 2, latitude: (south + north) / 2) }

  /// The corners against the clock, the first one twice.
  var polygon: JSONValue {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return .object([
      .init("type", .string("Polygon")),
      .init(
        "coordinates", .array([.array(corners.map { .array([.real($0.0), .real($0.1)]) })])),
    ])
  }

  /// The cells around, in the order of the service; those beyond a pole are left out.
  var neighbors: [String] {
    guard let center else { return [] }
    let width = east - west
    let height = north - south
    let steps = [(-1, -1), (-1, 1), (1, -1), (0, 1), (-1, 0), (1, 1), (1, 0), (0, -1)]
    return steps.compactMap { step -> String? in
      let latitude = center.latitude + Double(step.1) * height
      guard abs(latitude) <= 90 else { return nil }
      var longitude = center.longitude + Double(step.0) * width
      if longitude > 180 { longitude -= 360 }
      if longitude < -180 { longitude += 360 }
      return Geohash.text(longitude: longitude, latitude: latitude, length: length)
    }
  }
}
