import Foundation

/// The files of the repository that the tests were built from.
enum SourceTree {
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  struct File: Sendable, CustomStringConvertible {
    /// Within the repository.
    var path: String
    var text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// `Engine` of `Sources/Engine/…`.
    var module: String {
      let parts = path.split(separator: "/")
      return parts.count > 1 ? String(parts[1]) : ""
    }
    var description: String { path }

    /// The numbers of the lines, from 1, that hold a pattern outside comments.
    func lines(matching pattern: Regex<AnyRegexOutput>) -> [Int] {
      lines.enumerated().compactMap { index, line in
        let code = line.drop { $0 == " " }
        if code.hasPrefix("//") { return nil }
        return line.firstMatch(of: pattern) == nil ? nil : index + 1
      }
    }
  }

  /// The Swift files below a folder, in order.
  static func swiftFiles(below folder: String) throws -> [File] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let relative = "\(folder)/\(path)"
      let text = try String(contentsOf: root.appendingPathComponent(relative), encoding: .utf8)
      return File(path: relative, text: text)
    }
  }

  /// The files that are under version control; nil where that cannot be asked.
  static func trackedFiles() throws -> [String]? {
    guard let result = try? run("/usr/bin/env", ["git", "ls-files", "-z"]), result.status == 0 else {
      return nil
    }
    return result.output.split(separator: "\0").map(String.init)
  }

  /// Runs a program in the repository.
  static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
