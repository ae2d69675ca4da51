import Testing

@testable import Engine

@Suite struct AddressPlacesTests {
  private static func table(_ header: [String], _ rows: [[String]]) -> Table {
    Table(
      fields: header.map { Field($0, .string) }, rows: rows.map { $0.map { .string($0) } })
  }

  private static func networks() throws -> AddressPlaces {
    try #require(
      AddressPlaces(
        table(
          ["network", "country", "city", "latitude", "longitude"],
          [
            ["203.0.113.0/24", "Germany", "Berlin", "52.5", "13.4"],
            ["203.0.113.64/26", "Germany", "Potsdam", "", ""],
            ["203.0.113.64/30", "France", "", "", ""],
            ["198.51.100.7", "Chile", "", "", ""],
            ["2001:db8::/32", "Japan", "Osaka", "", ""],
            ["no network", "Nowhere", "", "", ""],
          ])))
  }

  @Test(arguments: [
    ("203.0.113.1", "Berlin"), ("203.0.113.63", "Berlin"), ("203.0.113.68", "Potsdam"),
    ("203.0.113.127", "Potsdam"), ("203.0.113.128", "Berlin"), ("203.0.113.255", "Berlin"),
    ("2001:db8:1::9", "Osaka"), ("::ffff:203.0.113.1", "Berlin"),
  ])
  func `the smallest network with an address wins`(_ address: String, _ city: String) throws {
    #expect(try AddressPlacesTests.networks().place(of: address)?.city == city)
  }

  @Test func `a place may be known in part`() throws {
    let places = try AddressPlacesTests.networks()
    let inner = try #require(places.place(of: "203.0.113.65"))
    #expect(inner.country == "France" && inner.city == nil && inner.latitude == nil)
    #expect(places.place(of: "198.51.100.7")?.country == "Chile")
    #expect(places.place(of: "203.0.113.1")?.latitude == 52.5)
    #expect(places.unreadableRow != nil)
  }

  @Test func `places travel as a table`() throws {
    let places = try AddressPlacesTests.networks()
    let copy = try #require(AddressPlaces(places.table))
    for address in ["203.0.113.1", "203.0.113.65", "203.0.113.200", "198.51.100.7", "2001:db8::1", "8.8.8.8"]
    {
      #expect(copy.place(of: address) == places.place(of: address))
    }
  }

  @Test(arguments: ["203.0.112.255", "203.0.114.0", "198.51.100.8", "2001:db9::", "", "x", "203.0.113"])
  func `other texts have no place`(_ text: String) throws {
    #expect(try AddressPlacesTests.networks().place(of: text) == nil)
  }

  @Test func `ranges are given by their ends, as texts or numbers`() throws {
    let places = try #require(
      AddressPlaces(
        AddressPlacesTests.table(
          ["Start", "End", "Country"],
          [
            ["10.0.0.5", "10.0.0.9", "A"], ["3405803776", "3405804031", "B"], ["10.0.0.9", "10.0.0.5", "C"],
          ])))
    #expect(places.place(of: "10.0.0.4") == nil)
    #expect(places.place(of: "10.0.0.5")?.country == "A")
    #expect(places.place(of: "10.0.0.9")?.country == "A")
    #expect(places.place(of: "10.0.0.10") == nil)
    #expect(places.place(of: "203.0.113.200")?.country == "B")
    #expect(places.unreadableRow != nil)
  }

  @Test func `a table without networks or without places is none`() {
    #expect(AddressPlaces(AddressPlacesTests.table(["network", "owner"], [])) == nil)
    #expect(AddressPlaces(AddressPlacesTests.table(["start", "country"], [])) == nil)
  }
}
