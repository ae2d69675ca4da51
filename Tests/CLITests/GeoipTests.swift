import Foundation
import Testing

/// `--geoip FILE`: where addresses are, in both languages.
@Suite struct GeoipTests {
  private static let places = """
    network,country,state,city,latitude,longitude
    203.0.113.0/24,Germany,Berlin,Berlin,52.5,13.4
    203.0.113.128/25,France,,Paris,,
    """

  private func run(_ arguments: String..., places: String = GeoipTests.places) throws -> TrawlProcess {
    let folder = try TemporaryFolder()
    let file = try folder.write("places.csv", places)
    return try TrawlProcess.run(arguments + ["--geoip", file])
  }

  @Test func `KQL reads the smallest network`() throws {
    let result = try run(
      "query",
      """
      datatable(ip:string)["203.0.113.9", "203.0.113.200", "10.0.0.1", "x"]
      | extend geo = geo_info_from_ip_address(ip)
      | project country = tostring(geo.country), city = geo.city, latitude = todouble(geo.latitude), geo
      """, "--format", "csv")
    #expect(
      result.output == """
        country,city,latitude,geo
        Germany,Berlin,52.5,"{""country"":""Germany"",""state"":""Berlin"",""city"":""Berlin"",""latitude"":52.5,""longitude"":13.4}"
        France,Paris,,"{""country"":""France"",""city"":""Paris""}"
        ,,,{}
        ,,,

        """)
  }

  @Test func `SPL adds the fields of a place`() throws {
    let result = try run(
      "query", "-l", "spl",
      #"| makeresults | eval ip=split("203.0.113.9,10.0.0.1", ",") | mvexpand ip "#
        + "| iplocation prefix=src_ ip | table ip src_Country src_City src_Region src_lat src_lon",
      "--format", "csv")
    #expect(
      result.output == """
        ip,src_Country,src_City,src_Region,src_lat,src_lon
        203.0.113.9,Germany,Berlin,Berlin,52.5,13.4
        10.0.0.1,,,,,

        """)
    #expect(!result.error.contains("warning"))
  }

  @Test(arguments: [
    ("owner,team\n1,2\n", "it needs a column network"),
    ("network,country\nhere,there\n", "row 1 behind its header has no readable network"),
    ("", "it is no CSV"),
  ])
  func `a file without places is refused`(_ text: String, _ reason: String) throws {
    let result = try run("query", "print 1", places: text)
    #expect(result.exitCode != 0)
    #expect(result.error.contains("places.csv") && result.error.contains(reason))
  }

  @Test func `without the option KQL refuses and says what would work`() throws {
    let result = try TrawlProcess.run("query", #"print geo_info_from_ip_address("203.0.113.9")"#)
    #expect(result.exitCode == 2)
    #expect(result.error.contains("error[no-places]") && result.error.contains("--geoip FILE.csv"))
  }
}
