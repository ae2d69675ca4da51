/// A verb's work. One type a verb, in a file of its own: `QueryVerb.swift`.
///
/// Results go to the console's output, all else to its error output. A setting that cannot be read throws.
protocol Verb: SendableMetatype {
  static var name: VerbName { get }
  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode
}
