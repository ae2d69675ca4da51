import Diagnostics
import Engine
import SPL
import Testing

@Suite struct LocationTests {
  private let places = Table(
    fields: ["network", "Country", "city", "lat"].map { Field($0, .string) },
    rows: [
      ["81.2.0.0/16", "GB", "", "51.5"], ["81.2.69.0/24", "GB", "London", "51.51"],
      ["2001:db8::/32", "FR", "Paris", ""],
      ["no network", "XX", "X", "0"],
    ].map { $0.map { .string($0) } })

  private func run(_ text: String, _ places: Table?) throws -> SearchResult {
    let addresses = ["81.2.69.142", "81.2.1.1", "10.0.0.1", "2001:db8::7", "ec2.amazonaws.com"]
    let events = addresses.enumerated().map { event($0, ["ip": $1]) } + [event(9, ["x": "y"])]
    return try SPLTests.run(text, events: events) { $0.locations = places }
  }

  @Test func `an address is where its nearest network is`() throws {
    let result = try run("* | iplocation ip | reverse | table ip Country City Region lat lon", places)
    #expect(
      result.rows == [
        "81.2.69.142|GB|London||51.51|-", "81.2.1.1|GB|||51.5|-", "10.0.0.1|-|-|-|-|-",
        "2001:db8::7|FR|Paris||-|-", "ec2.amazonaws.com|-|-|-|-|-", "-|-|-|-|-|-",
      ])
    #expect(result.warnings.isEmpty)
    #expect(
      try run("* | iplocation prefix=at_ ip | where at_City=\"London\" | table at_Country", places).rows == [
        "GB"
      ])
  }

  @Test func `without places there are none, and a table without networks is refused`() throws {
    let result = try run("* | iplocation ip | where isnotnull(Country)", nil)
    #expect(result.rows.isEmpty)
    #expect(result.warnings == ["no-locations"])
    let wrong = Table(fields: [Field("ip", .string)], rows: [[.string("10.0.0.0/8")]])
    var environment = environment([])
    environment.locations = wrong
    #expect(throws: (any Error).self) {
      try SPL.compile(SourceText(name: "<test>", text: "* | iplocation ip"), environment: environment)
    }
  }
}
