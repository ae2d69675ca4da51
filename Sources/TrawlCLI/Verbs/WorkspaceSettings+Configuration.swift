import Diagnostics
import Engine
import LogSources
import Rules
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file named on the command line that cannot be read.
struct UnreadableInput: Error {
  var path: String
  var reason: String
}

extension WorkspaceSettings {
  /// Reads the files beside the logs, and makes a workspace of it all.
  func configuration(_ run: RunSettings) throws(UnreadableInput) -> WorkspaceConfiguration {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs
    configuration.tables = tables.map { WorkspaceConfiguration.NamedPath(name: $0.name, path: $0.value) }
    configuration.wallClock = Clock.now()
    switch run.now {
    case .latest: configuration.now = .latest
    case .wall: configuration.now = .at(configuration.wallClock)
    case .at(let ticks): configuration.now = .at(ticks)
    }
    for value in run.values { configuration.values[value.name] = value.value }
    configuration.isStrict = run.isStrict
    configuration.index = index
    configuration.view = view
    configuration.appliesSplunkLimits = appliesSplunkLimits
    configuration.threads = run.threads
    configuration.timeoutSeconds = run.timeoutSeconds
    configuration.isProfiled = run.showsProfile
    for path in functions {
      for file in try InputFile.files(path, endings: ["kql", "txt", "csl"]) {
        let name = InputFile.stem(file)
        configuration.functions[name] = SourceText(name: name, text: try InputFile.text(file))
      }
    }
    for watchlist in watchlists {
      configuration.watchlists[watchlist.name] = try InputFile.csv(watchlist.value)
    }
    for external in externals { configuration.externals[external.name] = try InputFile.text(external.value) }
    for path in macros {
      for file in try InputFile.files(path, endings: ["conf", "json", "yml", "yaml"]) {
        configuration.macros.append(SourceText(name: file, text: try InputFile.text(file)))
      }
    }
    if let lookupOutput { configuration.lookupOutput = .folder(lookupOutput) }
    for folder in lookups + [lookupOutput].compactMap({ $0 }).filter(InputFile.exists) {
      for file in try InputFile.files(folder, endings: WorkspaceConfiguration.lookupEndings) {
        configuration.addLookups(SourceText(name: file, text: try InputFile.text(file)))
      }
    }
    if let places {
      guard let table = AddressPlaces(try InputFile.csv(places)) else {
        throw UnreadableInput(
          path: places,
          reason: "it needs a column network, or start and end, and one of country, state, city, latitude")
      }
      if let row = table.unreadableRow {
        throw UnreadableInput(path: places, reason: "row \(row) behind its header has no readable network")
      }
      configuration.places = table
    }
    return configuration
  }
}

/// The only clock of the program.
enum Clock {
  /// Ticks.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Ticks.unixEpoch + Int64(time.tv_sec) * Ticks.perSecond + Int64(time.tv_nsec) / 100
  }
}

/// Files other than logs.
enum InputFile {
  static func text(_ path: String) throws(UnreadableInput) -> String {
    if path == "-" { return String(decoding: standardInput(), as: UTF8.self) }
    guard let file = fopen(path, "rb") else {
      throw UnreadableInput(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    defer { fclose(file) }
    let bytes = read(file)
    // A folder opens, and cannot be read.
    if ferror(file) != 0 { throw UnreadableInput(path: path, reason: "it is no readable file") }
    return String(
      decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func standardInput() -> [UInt8] {
    guard let file = fdopen(0, "rb") else { return [] }
    return read(file)
  }

  private static func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// A file, or those of a folder with some endings.
  static func files(_ path: String, endings: [String]) throws(UnreadableInput) -> [String] {
    let found = FileDiscovery.files(below: [path])
    if let problem = found.unreadable.first {
      throw UnreadableInput(path: problem.path, reason: problem.reason)
    }
    let files = found.files.map(\.path)
    if files == [path] { return files }
    return files.filter { file in endings.contains { file.hasSuffix(".\($0)") } }
  }

  /// The name of a file without its folder and its ending.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  static func csv(_ path: String) throws(UnreadableInput) -> Table {
    guard let table = CSVTable.parse(try text(path)) else {
      throw UnreadableInput(path: path, reason: "it is no CSV with a header")
    }
    return table
  }
}
