import Foundation

/// Paths of the repository that the tests were built from.
enum Repository {
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  static func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

  /// The files below a folder, as paths within it, in order.
  static func files(below relative: String) throws -> [String] {
    let folder = path(relative)
    var files: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      if !isFolder.boolValue { files.append(name) }
    }
    return files.sorted()
  }
}
