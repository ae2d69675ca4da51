import Foundation
import Rules
import Testing

@Suite struct AttackDataTests {
  private let url = "https://host/attack_data/master/datasets/T1537/exfil/cloudtrail.json"

  private func inFolder(_ files: [String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-data-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      let path = folder.appending(path: file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("{}".utf8).write(to: path)
    }
    try body(folder.path)
  }

  @Test(arguments: ["datasets/T1537/exfil/cloudtrail.json", "T1537/exfil/cloudtrail.json", "cloudtrail.json"])
  func `a file is found by the end of its path`(_ file: String) throws {
    try inFolder([file]) { folder in
      #expect(AttackData(folders: [folder]).file(for: url) == "\(folder)/\(file)")
      #expect(AttackData(folders: [folder]).file(for: url + "?raw=1") == "\(folder)/\(file)")
    }
  }

  @Test func `the longest path counts, and another folder's file of that name does not`() throws {
    try inFolder(["exfil/cloudtrail.json", "cloudtrail.json"]) { folder in
      #expect(AttackData(folders: [folder]).file(for: url) == "\(folder)/exfil/cloudtrail.json")
    }
    try inFolder(["T1078/other/cloudtrail.json", "T1537/exfil/cloudtrail.json/x"]) { folder in
      #expect(AttackData(folders: [folder]).file(for: url) == nil)
    }
    #expect(AttackData(folders: ["/tmp"]).file(for: "https://host/../../etc/passwd") == nil)
    #expect(AttackData(folders: ["/tmp"]).file(for: "") == nil)
  }
}
