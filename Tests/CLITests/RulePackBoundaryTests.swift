import Foundation
import Testing

/// A rule pack comes from anyone: it reads nothing outside of its folder.
@Suite struct RulePackBoundaryTests {
  let folder: TemporaryFolder
  let secret: String

  init() throws {
    folder = try TemporaryFolder()
    secret = try folder.write("secret.csv", "SearchKey,word\na,hidden\n")
    try folder.writeEvents("logs/good.json", ["SendEmail"])
    try folder.write(
      "pack/a/rule.kql", "AWSCloudTrail | take 1 | extend k = toscalar(_GetWatchlist('w') | project word)")
  }

  private func link(_ name: String, to target: String) throws {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  private func trawl(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(arguments, in: "/")
  }

  @Test func `a watchlist that is a link to elsewhere is not read`() throws {
    try link("pack/a/watchlists/w.csv", to: secret)
    let outside = try trawl("run", folder.path + "/pack", "--logs", folder.path + "/logs")
    #expect(
      outside.exitCode == 2 && outside.error.contains("leads outside of its folder"), "\(outside.error)")
    #expect(!(outside.output + outside.error).contains("hidden"))
    try folder.write("pack/common/w.csv", "SearchKey,word\na,open\n")
    try FileManager.default.removeItem(atPath: folder.path + "/pack/a/watchlists/w.csv")
    try link("pack/a/watchlists/w.csv", to: "../../common/w.csv")
    let inside = try trawl("run", folder.path + "/pack", "--logs", folder.path + "/logs", "--format", "json")
    #expect(inside.output.contains("open"), "\(inside.error)")
  }

  @Test func `a rule that is a link to elsewhere is not read`() throws {
    try link("pack/b.kql", to: secret)
    let result = try trawl("check", folder.path + "/pack")
    #expect(result.exitCode != 0 && !(result.output + result.error).contains("hidden"))
    #expect(result.error.contains("b.kql") && result.error.contains("it leads outside of"), "\(result.error)")
  }

  @Test(arguments: ["../../logs", "/", "inner", "watch"])
  func `a test reads no file outside of what was named`(path: String) throws {
    try link("pack/a/inner", to: folder.path + "/logs")
    var files = "  logs: \(path)\n"
    if path == "watch" { files = "  logs: .\n  watchlists:\n    w: ../../secret.csv\n" }
    try folder.write("pack/a/rule.tests.yml", "- name: reads\n\(files)  expect: fires\n")
    if path == "watch" || path.hasPrefix("..") {
      // Where it runs is named too.
      let here = try TrawlProcess.run(["test", "pack"], in: folder.path)
      #expect(!(here.output + here.error).contains("tests read nothing there"))
    }
    let away = try TrawlProcess.run(["test", folder.path + "/pack"], in: "/usr")
    #expect(away.exitCode == 3, "\(away.output) \(away.error)")
    #expect((away.output + away.error).contains("tests read nothing there"))
  }
}

extension RulePackBoundaryTests {
  @Test func `a file that is meant to be a rule is never passed over`() throws {
    try folder.write("rules/long.kql", String(repeating: "// long\n", count: 600_000) + "print 1")
    let long = try trawl("run", folder.path + "/rules", "--logs", folder.path + "/logs")
    #expect(long.exitCode == 3 && long.error.contains("too long for a rule"), "\(long.error)")
    let wide =
      Data([0xFF, 0xFE])
      + Data("AWSCloudTrail | take 1".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    try folder.write("wide/wide.kql", wide)
    try folder.write("wide/NAME.YAML", "name: N\nquery: AWSCloudTrail | take 1\n")
    let read = try trawl("run", folder.path + "/wide", "--logs", folder.path + "/logs")
    #expect(read.exitCode == 0 && read.error.contains("fired: 2 rules"), "\(read.error)")
  }

  @Test func `a test over nothing does not show that a rule fires`() throws {
    try folder.write("t/count.kql", "AWSCloudTrail | count")
    try folder.write("t/none.json", "[]")
    try folder.write("t/count.tests.yml", "- name: fires\n  logs: none.json\n  expect: fires\n")
    let result = try trawl("test", folder.path + "/t")
    #expect(
      result.exitCode == 1 && result.output.contains("hold no event"), "\(result.output) \(result.error)")
  }
}
