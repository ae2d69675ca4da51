/// What the program's exit status says; scripts rely on the numbers.
enum ExitCode: Int32, Sendable, CaseIterable {
  /// All went well. Also after a reader of the output closed the pipe.
  case success = 0
  /// A rule test failed, `diff` found a difference, or `run --fail-on-alert` an alert.
  case failedTest = 1
  /// The query, the rule or the command line is wrong.
  case usage = 2
  /// An input could not be read, nothing that the rules need was there, or the output could not be written.
  case unreadable = 3
  /// It ran, but a log file was damaged or an event could not be parsed.
  case partial = 4
  /// A limit of time, memory or size was hit.
  case limit = 5

  /// Of what the parts of a run say, what counts for most: what is wrong for more than what is not there, that for
  /// more than a limit, that for more than a test that fails, and that for more than some damaged file.
  static func gravest(_ codes: [ExitCode]) -> ExitCode {
    [.usage, .unreadable, .limit, .failedTest, .partial].first(where: codes.contains) ?? .success
  }

  var meaning: String {
    switch self {
    case .success: "all went well"
    case .failedTest: "a rule test failed, `diff` found a difference, or `run --fail-on-alert` an alert"
    case .usage: "the query, the rule or the command line is wrong"
    case .unreadable: "an input could not be read, no rule had what it needs, or the output was not written"
    case .partial: "it ran, but some input was damaged (--allow-partial makes it 0)"
    case .limit: "a limit of time, memory or size was hit"
    }
  }
}
