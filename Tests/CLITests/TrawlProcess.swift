import Foundation
import Testing

/// Runs the built program, which stands beside the test bundle.
struct TrawlProcess {
  var output: String
  var error: String
  var exitCode: Int32

  static func run(_ arguments: String...) throws -> TrawlProcess { try run(arguments) }

  /// - Parameter folder: where it runs; nil for where the tests run.
  static func run(_ arguments: [String], in folder: String? = nil) throws -> TrawlProcess {
    try run(executable(), arguments, in: folder)
  }

  /// Runs a line of the shell in which `$0` is the program.
  static func shell(_ line: String, in folder: String) throws -> TrawlProcess {
    try run(URL(fileURLWithPath: "/bin/bash"), ["-c", line, executable().path], in: folder)
  }

  private static func run(_ program: URL, _ arguments: [String], in folder: String?) throws -> TrawlProcess {
    let process = Process()
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.executableURL = program
    process.arguments = arguments
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return TrawlProcess(
      output: String(decoding: outputData, as: UTF8.self), error: String(decoding: errorData, as: UTF8.self),
      exitCode: process.terminationStatus)
  }

  static func executable() throws -> URL {
    let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let url = URL(fileURLWithPath: here).deletingLastPathComponent().appendingPathComponent("trawl")
    try #require(
      FileManager.default.isExecutableFile(atPath: url.path), "the program is built at \(url.path)")
    return url
  }
}
