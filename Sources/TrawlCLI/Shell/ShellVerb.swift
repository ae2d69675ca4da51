import Diagnostics
import Engine
import Formats
import Session

/// `trawl shell LOGS…`: questions in every language at one prompt, over data that stays in memory.
enum ShellVerb: Verb {
  static let name = VerbName.shell

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    var settings = try arguments.runSettings()
    let input = FileDescriptor.input
    let isInteractive = input.isTerminal && console.writesToTerminal
    if arguments.operands.contains("-") || arguments.values(.logs).contains("-") {
      throw UsageError(
        "input-taken", "logs cannot come from the standard input, where questions come from", verb: .shell)
    }
    let output = try arguments.outputSettings(terminalWidth: nil)
    console.isQuiet = output.isQuiet
    let session: ShellSession
    do {
      var configuration = try arguments.workspaceSettings(logs: arguments.operands).configuration(settings)
      configuration.lookupOutput = .dropped
      let meter = LoadMeter()
      configuration.meter = meter
      configuration.timeoutSeconds = settings.timeoutSeconds
      if isInteractive { configuration.isCancelled = { Interrupt.isRaised } }
      // What is asked needs room beside what is kept.
      let kept = KeptTables(memoryLimit: RunLimits.memoryLimit / 2)
      settings.showsProfile = settings.showsProfile && !output.isQuiet
      session = ShellSession(
        Workspace(configuration, keeping: kept), settings, output, meter, console: console)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    let loop = ShellLoop(session: session)
    guard isInteractive else {
      do throws(UnreadableInput) {
        return loop.runScript(try InputFile.textOrInput("-"))
      } catch {
        return FailurePrinter.print(error, in: nil, console)
      }
    }
    Interrupt.install()
    if !output.isQuiet {
      console.write("\\help lists what can be typed; Tab completes; Ctrl-D leaves.\n")
      console.flush()
    }
    if Terminal.isDumb {
      loop.runPlain(console)
    } else {
      let history = ShellHistory(path: ShellHistory.standardPath)
      loop.runEditor(LineEditor(input: input, output: .output, history: history))
    }
    return .success
  }
}
