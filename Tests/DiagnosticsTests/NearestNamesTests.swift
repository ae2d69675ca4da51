import Diagnostics
import Testing

@Suite struct NearestNamesTests {
  @Test func `a name that differs only in case comes first`() {
    #expect(
      NearestNames.of("SourceIPAddress", among: ["SourceIpAddres", "SourceIpAddress"]).first
        == "SourceIpAddress")
  }

  @Test func `swapped letters are one edit`() {
    #expect(NearestNames.of("EvnetName", among: ["EventName", "EventSource"]) == ["EventName"])
  }

  @Test func `short names allow one edit only`() {
    #expect(NearestNames.of("abc", among: ["xyc", "abd"]) == ["abd"])
  }
}
