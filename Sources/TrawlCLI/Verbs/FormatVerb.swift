import Diagnostics
import Engine
import Rules
import Session

/// `trawl fmt RULES…`: lays out the queries of rules in their files, or the query on the standard input.
enum FormatVerb: Verb {
  static let name = VerbName.fmt

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let configuration: WorkspaceConfiguration
    do {
      configuration = try arguments.workspaceSettings(logs: []).configuration(settings)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    let workspace = Workspace(configuration)
    if arguments.operands == ["-"] {
      return standardInput(settings, workspace, isCheck: arguments.has(.checkOnly), console)
    }
    let pack = try arguments.rulePack(console)
    var codes: [ExitCode] = [
      pack.unreadable.isEmpty ? .success : .unreadable, pack.broken.isEmpty ? .success : .usage,
    ]
    for failure in pack.broken { _ = FailurePrinter.print(failure, in: failure.source, console) }
    var changed = 0
    for rule in pack.rules {
      do {
        switch try rule.formatted(in: workspace) {
        case .refused(let reason):
          console.printError("\(DisplayText.escaped(rule.path)): not laid out: \(reason)\n")
        case .text(let text) where text == rule.file.text: continue
        case .text(let text):
          changed += 1
          if !arguments.has(.checkOnly) { try OutputFile.write(text, to: rule.path) }
          console.write("\(DisplayText.escaped(rule.path))\n")
        }
      } catch let failure as QueryFailure {
        codes.append(FailurePrinter.print(failure, in: failure.source, console))
      } catch {
        codes.append(FailurePrinter.print(error, in: nil, console))
      }
    }
    let verb = arguments.has(.checkOnly) ? "would be laid out" : "laid out"
    console.printError("\(changed) of \(pack.rules.count) \(verb)\n")
    if arguments.has(.checkOnly), changed > 0 { codes.append(.failedTest) }
    return .gravest(codes)
  }

  private static func standardInput(
    _ settings: RunSettings, _ workspace: Workspace, isCheck: Bool, _ console: Console
  ) -> ExitCode {
    do {
      let source = SourceText(name: "<stdin>", text: try InputFile.textOrInput("-"))
      let text = try (settings.language ?? settings.languages.usual).formatted(source, in: workspace)
      if isCheck { return text == source.text ? .success : .failedTest }
      console.write(text)
      return .success
    } catch let failure as QueryFailure {
      return FailurePrinter.print(failure, in: failure.source, console)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }
}
