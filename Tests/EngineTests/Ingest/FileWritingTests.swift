import Foundation
import Testing

@testable import Engine

@Suite struct FileWritingTests {
  @Test func `a file is replaced whole, and a link stays a link`() throws {
    let folder = try TemporaryLogs(text: ["old": "before", "away/target": "before"])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("away/target"))
    for name in ["new", "old", "link"] {
      #expect(FileWriting.replace(folder.path(name), with: Array("after".utf8)) == nil)
      #expect(try String(contentsOfFile: folder.path(name), encoding: .utf8) == "after")
    }
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link"))
        == folder.path("away/target"))
    #expect(FileWriting.replace(folder.path("link"), with: [1], followsLinks: false) == "it is a link")
    #expect(try String(contentsOfFile: folder.path("away/target"), encoding: .utf8) == "after")
    #expect(FileWriting.replace(folder.path("away"), with: []) == "it is a folder")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.folder).sorted() == [
        "away", "link", "new", "old",
      ])
  }

  @Test func `a device is written to and stays a device`() throws {
    #expect(FileWriting.replace("/dev/null", with: Array("x".utf8)) == nil)
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
    #expect(type == .typeCharacterSpecial)
    #if os(Linux)
      #expect(FileWriting.replace("/dev/full", with: Array("x".utf8)) == "no space left on device")
    #endif
  }
}
