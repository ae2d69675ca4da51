import Diagnostics
import Engine
import Session

/// The program `trawl`: reads the arguments, runs a verb, exits with its code.
@main
struct TrawlCommand {
  static func main() {
    ByteHash.seedRandomly()
    let console = Console()
    let words = Array(CommandLine.arguments.dropFirst())
    let code =
      words.first == WorkerProgram.name
      ? WorkerProgram.run(Array(words.dropFirst()), console: console) : run(words, console: console)
    console.finish(code)
  }

  static func run(_ words: [String], _ languages: FrontEnds = .standard, console: Console) -> ExitCode {
    do throws(UsageError) {
      switch try ArgumentParser.parse(words, languages) {
      case .help(let verb):
        HelpVerb.printHelp(on: verb, languages, console: console)
        return .success
      case .version:
        VersionText.print(console)
        return .success
      case .run(let arguments):
        guard let verb = VerbRegistry.verb(arguments.verb) else {
          throw UsageError(
            "verb-not-available", "`trawl \(arguments.verb.rawValue)` is not part of this build",
            verb: arguments.verb)
        }
        let settings = try arguments.runSettings()
        console.colours = arguments.value(.color).flatMap { ColourChoice(rawValue: $0) } ?? .auto
        console.envelope = try arguments.envelope(settings)
        console.outputLimit = settings.outputLimit
        // A shell may be open for days: the limit is that of each question.
        let seconds = arguments.verb == .shell ? nil : settings.timeoutSeconds
        RunLimits.set(seconds: seconds, memory: settings.memoryLimit)
        LimitWatch.start()
        return try verb.run(arguments, console: console)
      }
    } catch {
      console.printError(error.rendered)
      return .usage
    }
  }
}
