/// Where addresses are, by a local table of networks: for `geo_info_from_ip_address` and `iplocation`.
///
/// The table has a column `network` (`203.0.113.0/24`) or two for the first and last address of a range, and any
/// of country, state, city, latitude and longitude. The smallest range with an address wins.
package struct AddressPlaces: Sendable {
  package struct Place: Hashable, Sendable {
    package var country: String?
    package var state: String?
    package var city: String?
    package var latitude: Double?
    package var longitude: Double?
  }

  private struct Range: Sendable {
    var first: IPv6Address
    var last: IPv6Address
    var place: Int
    /// The smallest range around this one that begins before it.
    var parent: Int?
  }

  /// By their first address, larger ones before those inside.
  private let ranges: [Range]
  private let places: [Place]
  /// The first row without a readable network, counted from 1; its like have no place here.
  package let unreadableRow: Int?

  /// Names that a header may give each column, in lower case.
  private static let networkNames: Set = ["network", "cidr", "ip_range", "prefix", "subnet"]
  private static let firstNames: Set = ["start", "start_ip", "first", "ip_from", "from", "range_start"]
  private static let lastNames: Set = ["end", "end_ip", "last", "ip_to", "to", "range_end"]
  private static let countryNames: Set = ["country", "country_name"]
  private static let stateNames: Set = ["state", "region", "subdivision", "subdivision_1_name", "province"]
  private static let cityNames: Set = ["city", "city_name"]
  private static let latitudeNames: Set = ["latitude", "lat"]
  private static let longitudeNames: Set = ["longitude", "lon", "lng", "long"]

  /// nil for a table that names no networks, or nothing that could be told of them.
  package init?(_ table: Table) {
    func column(_ names: Set<String>) -> Int? {
      table.fields.firstIndex { names.contains($0.name.lowercased()) }
    }
    let network = column(AddressPlaces.networkNames)
    let first = column(AddressPlaces.firstNames)
    let last = column(AddressPlaces.lastNames)
    let texts = [
      column(AddressPlaces.countryNames), column(AddressPlaces.stateNames), column(AddressPlaces.cityNames),
    ]
    let latitude = column(AddressPlaces.latitudeNames)
    let longitude = column(AddressPlaces.longitudeNames)
    guard network != nil || (first != nil && last != nil),
      texts.contains(where: { $0 != nil }) || (latitude != nil && longitude != nil)
    else { return nil }
    var places: [Place] = []
    var numbers: [Place: Int] = [:]
    var ranges: [Range] = []
    var unreadable: Int?
    for row in 0..<table.rowCount {
      func text(_ column: Int?) -> String? {
        guard let column else { return nil }
        let text = table.value(row: row, column: column).kqlText
        return text.isEmpty ? nil : text
      }
      let bounds: (IPv6Address, IPv6Address)? =
        network != nil
        ? AddressPlaces.bounds(ofNetwork: text(network)) : AddressPlaces.bounds(text(first), text(last))
      guard let bounds, bounds.0 <= bounds.1 else {
        unreadable = unreadable ?? row + 1
        continue
      }
      let place = Place(
        country: text(texts[0]), state: text(texts[1]), city: text(texts[2]),
        latitude: text(latitude).flatMap { Double($0) }, longitude: text(longitude).flatMap { Double($0) })
      let number = numbers[place] ?? places.count
      if number == places.count {
        numbers[place] = number
        places.append(place)
      }
      ranges.append(Range(first: bounds.0, last: bounds.1, place: number))
    }
    ranges.sort { $0.first != $1.first ? $0.first < $1.first : $1.last < $0.last }
    var open: [Int] = []
    for index in ranges.indices {
      while let outer = open.last, ranges[outer].last < ranges[index].first { open.removeLast() }
      ranges[index].parent = open.last
      open.append(index)
    }
    self.ranges = ranges
    self.places = places
    unreadableRow = unreadable
  }

  private static func bounds(ofNetwork text: String?) -> (IPv6Address, IPv6Address)? {
    guard let text, let network = IPv6Network(text) else { return nil }
    let first = network.address.masked(to: network.prefix)
    let open = IPv6Address(high: .max, low: .max).masked(to: network.prefix)
    return (first, IPv6Address(high: first.high | ~open.high, low: first.low | ~open.low))
  }

  /// Addresses as texts, or IPv4 ones as plain numbers.
  private static func bounds(_ first: String?, _ last: String?) -> (IPv6Address, IPv6Address)? {
    func address(_ text: String?) -> IPv6Address? {
      guard let text else { return nil }
      return UInt32(text).map { IPv6Address(IPv4Address(bits: $0)) } ?? IPv6Address(text)
    }
    guard let first = address(first), let last = address(last) else { return nil }
    return (first, last)
  }

  /// Where an address is; nil if no range has it, or it is no address.
  package func place(of text: String) -> Place? {
    guard let address = IPv6Address(text) else { return nil }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].first <= address { low = middle + 1 } else { high = middle }
    }
    var candidate: Int? = low > 0 ? low - 1 : nil
    while let index = candidate {
      if address <= ranges[index].last { return places[ranges[index].place] }
      candidate = ranges[index].parent
    }
    return nil
  }

  /// Whether a text is an address at all.
  package static func isAddress(_ text: String) -> Bool { IPv6Address(text) != nil }

  /// A table that gives the same places again.
  package var table: Table {
    let names = ["start", "end", "country", "state", "city", "latitude", "longitude"]
    return Table(
      fields: names.map { Field($0, .string) },
      rows: ranges.map { range in
        let place = places[range.place]
        let texts: [String?] = [
          range.first.text, range.last.text, place.country, place.state, place.city,
          place.latitude.map { String($0) }, place.longitude.map { String($0) },
        ]
        return texts.map { $0.map { .string($0) } ?? .null }
      })
  }
}
