import Diagnostics
import Engine
import Formats
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension WorkspaceSettings {
  private var companions: CompanionPaths {
    var paths = CompanionPaths()
    paths.functions = functions
    paths.watchlists = watchlists.map { WorkspaceConfiguration.NamedPath(name: $0.name, path: $0.value) }
    paths.externals = externals.map { WorkspaceConfiguration.NamedPath(name: $0.name, path: $0.value) }
    paths.macros = macros
    paths.lookups = lookups
    paths.lookupOutput = lookupOutput
    paths.places = places
    return paths
  }

  /// Reads the files beside the logs, and makes a workspace of it all.
  func configuration(_ run: RunSettings) throws(UnreadableInput) -> WorkspaceConfiguration {
    var configuration = WorkspaceConfiguration()
    configuration.frontEnds = run.languages
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
    configuration.isLenient = run.isLenient
    configuration.index = index
    configuration.view = view
    configuration.appliesSplunkLimits = appliesSplunkLimits
    configuration.threads = run.threads
    configuration.limits = run.fileLimits
    configuration.queryLimit = run.queryLimit
    configuration.isOptimized = run.isOptimized
    configuration.isProfiled = run.showsProfile
    configuration.allowsPartial = run.allowsPartial
    try companions.read(into: &configuration)
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

extension InputFile {
  /// The text of a file; `-` is what stands at the program's input.
  static func textOrInput(_ path: String) throws(UnreadableInput) -> String {
    if path != "-" { return try text(path) }
    guard let file = fdopen(0, "rb") else { return "" }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: block[..<count])
    }
  }
}
