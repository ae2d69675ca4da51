import Foundation
import Testing

/// No limit is silent: every constant that limits something stands here with what a user hears when it is reached.
@Suite struct LimitListTests {
  enum Outcome {
    /// An error or a warning of this id.
    case says(String)
    /// A message that has no id; a part of it.
    case tells(String)
    /// Another way is taken, or work is saved: no answer depends on it.
    case saves(String)
    /// It is about how a message looks.
    case shortens
  }

  /// By file and name.
  static let limits: [String: Outcome] = [
    // Texts of queries
    "KQL/Lowering/KQLLowering.swift argumentPartLimit": .saves(
      "larger arguments become columns of their own"),
    "KQL/Lowering/KQLLowering.swift chainLimit": .saves("longer chains are joined in halves"),
    "KQL/Lowering/KQLLowering.swift depthLimit": .says("too-deep"),
    "KQL/Lowering/KQLLowering.swift pipeLimit": .says("too-many-stages"),
    "KQL/Lowering/KQLLowering.swift stageLimit": .says("too-many-stages"),
    "KQL/Lowering/KQLLowering.swift valueDepthLimit": .says("too-deep"),
    "KQL/Parser/KQLParser.swift depthLimit": .says("too-deep"),
    "KQL/Parser/KQLParser.swift diagnosticLimit": .shortens,
    "SPL/Lowering/SPLLowering.swift depthLimit": .says("too-deep"),
    "SPL/Lowering/SPLLowering.swift pipeLimit": .says("too-many-stages"),
    "SPL/Macros/MacroExpander.swift callLimit": .says("macro-too-large"),
    "SPL/Macros/MacroExpander.swift depthLimit": .says("macro-loop"),
    "SPL/Macros/MacroExpander.swift diagnosticLimit": .shortens,
    "SPL/Macros/MacroExpander.swift sizeLimit": .says("macro-too-large"),
    "SPL/Parser/SPLParser.swift chainLimit": .says("too-deep"),
    "SPL/Parser/SPLParser.swift depthLimit": .says("too-deep"),
    "SPL/Parser/SPLParser.swift diagnosticLimit": .shortens,
    "Engine/Plan/Writing/PlanWriting.swift depthLimit": .says("not-portable"),
    "Rules/Port/PartialPort.swift stageLimit": .says("not-portable"),
    "Session/Layout/LayoutDocument.swift rightmostAlignment": .saves("lists further right begin below"),
    // Commands of SPL
    "SPL/Commands/Autoregress.swift placeLimit": .says("invalid-option-value"),
    "SPL/Commands/Eval.swift composedLimit": .says("too-many-fields"),
    "SPL/Commands/Foreach.swift itemLimit": .says("too-many-values"),
    "SPL/Commands/Join.swift joinLimit": .tells("`join` reads 50,000 rows of its subsearch"),
    "SPL/Commands/MakeContinuous.swift fillLimit": .says("too-many-spans"),
    "SPL/Commands/MakeResults.swift resultLimit": .says("too-many-results"),
    "SPL/Commands/Map.swift searchLimit": .says("invalid-option-value"),
    "SPL/Commands/Sort.swift sortLimit": .tells("`sort` keeps 10,000 rows"),
    "SPL/Lowering/SPLLowering+Data.swift subsearchLimit": .says("splunk-limit"),
    // Operators and functions
    "Engine/Execution/LiftedExpression.swift dictionaryLimit": .saves(
      "other columns are worked out row by row"),
    "Engine/Execution/PairTable.swift denseLimit": .saves("other pairs are hashed"),
    "Engine/Execution/Tabular/MakeSeriesOperator.swift pointLimit": .says("series-limit"),
    "Engine/Execution/Tabular/RangeOperator.swift rowLimit": .says("range-limit"),
    "Engine/Execution/Tabular/ReduceOperator.swift patternLimit": .tells("2,000 patterns"),
    "Engine/Execution/Tabular/RunningAggregates.swift blockLimit": .saves(
      "a block of numbers is parted in two"),
    "Engine/Execution/Tabular/SlidingWindowOperator.swift windowLimit": .says("window-limit"),
    "Engine/Execution/Tabular/StreamStatsOperator+Lists.swift valueLimit": .says("list-limit"),
    "Engine/Aggregates/States/PairSet.swift bitLimit": .saves("other pairs are hashed"),
    "Engine/Functions/Encoding/Punycode.swift lengthLimit": .tells("4,096 letters, gives the empty text"),
    "Engine/Functions/Rows/XMLTree.swift depthLimit": .tells("nests deeper than 256 levels, gives no text"),
    "Engine/Functions/SPL/PrintFormat.swift sizeLimit": .says("function-limit"),
    "Engine/Functions/Series/SeriesFit.swift lengthLimit": .says("function-limit"),
    "Engine/Functions/Series/SeriesFunctions.swift workLimit": .says("function-limit"),
    "Engine/Functions/Series/SeriesStatistics.swift lagLimit": .tells("4,096 points"),
    "Engine/Functions/Text/RegexArgument.swift cacheLimit": .saves("patterns are compiled anew"),
    "Engine/Functions/Text/XMLTree+JSON.swift sizeLimit": .tells("or is larger than 1 MiB, gives null"),
    // Regular expressions
    "Engine/Regex/BoundedBacktracker.swift maximumBits": .saves("longer texts take another matcher"),
    "Engine/Regex/LiteralAnalysis.swift maximumLength": .saves("a shorter text is looked for first"),
    "Engine/Regex/MatchHeads.swift pairLimit": .saves("patterns of more pairs are looked for by one byte"),
    "Engine/Regex/OnePassMatcher.swift maximumEntries": .saves("larger patterns take another matcher"),
    "Engine/Regex/OnePassMatcher.swift maximumSlots": .saves("patterns of more groups take another matcher"),
    "Engine/Regex/RegexCompiler.swift maximumInstructions": .says("regex-too-large"),
    "Engine/Regex/RegexCompiler.swift maximumWork": .says("regex-too-large"),
    "Engine/Regex/RegexParser+Quantifiers.swift maximumRepetition": .says("regex-too-large"),
    "Engine/Regex/RegexParser.swift maximumCaptures": .says("regex-too-large"),
    "Engine/Regex/RegexParser.swift maximumNesting": .says("regex-too-deep"),
    // Reading and writing
    "Engine/Expressions/Expression+Traversal.swift nodeLimit": .says("plan-too-large"),
    "Engine/Ingest/Containers/FileUnpacker.swift depthLimit": .tells("packed more than"),
    "Engine/Ingest/Framing/NestedRow.swift depthLimit": .saves("a name of more parts stays one name"),
    "Engine/Ingest/Framing/StructureText.swift depthLimit": .saves("a text that nests deeper stays a text"),
    "Engine/Ingest/Packing/PackedForm.swift otherLimit": .saves("such an event is read from its text"),
    "Engine/Ingest/Parquet/ParquetDamage.swift chunkLimit": .tells("columns together"),
    "Engine/Ingest/Parquet/ParquetDamage.swift groupLimit": .tells("row groups"),
    "Engine/Ingest/Parquet/ParquetDamage.swift noteLimit": .tells("notes"),
    "Engine/Ingest/Parquet/ParquetDamage.swift depthLimit": .tells("its columns nest deeper than"),
    "Engine/Ingest/Parquet/ParquetDamage.swift elementLimit": .tells("its schema has more than"),
    "Engine/Ingest/Parquet/ParquetDamage.swift pageByteLimit": .tells("a page is larger than the limit of"),
    "Engine/Ingest/Parquet/ParquetDamage.swift pageValueLimit": .tells("a page has more than"),
    "Engine/Ingest/Parquet/ThriftReader.swift depthLimit": .tells("what it says of itself is malformed"),
    "Engine/Ingest/Zstandard/ZstdHuffmanTable.swift maximumBits": .saves("what the format allows"),
    "Engine/Ingest/Load/ContainerMemo.swift byteLimit": .saves("containers are read anew"),
    "Engine/Ingest/Load/FilterAutomaton.swift classLimit": .saves("conditions are tested one by one"),
    "Engine/Ingest/Load/FilterAutomaton.swift stateLimit": .saves("states are made anew"),
    "Engine/Ingest/Load/LoadPlan.swift requestLimit": .saves("more requests are further passes"),
    "Engine/Ingest/Load/LoadWorker+Files.swift keptCapacity": .saves("larger buffers are given back"),
    "Engine/Plan/LogicalPlan+Explain.swift deepest": .shortens,
    "Engine/Plan/Coding/PlanDocument.swift depthLimit": .says("plan-too-deep"),
    "Engine/Types/JSONTreeParser.swift depthLimit": .tells("levels"),
    "Formats/YAML/YAMLFlowReader.swift deepest": .says("too-deep"),
    "Formats/YAML/YAMLReader.swift deepest": .says("too-deep"),
    // Rules
    "Rules/Coverage/CoverageRun.swift mostDays": .tells("a table of coverage takes"),
    "Rules/Lint/SyntaxNodes.swift deepest": .saves("no syntax tree that was parsed is as deep"),
    "Rules/Diff/RowDifference.swift closestLimit": .saves("of more rows the first counts as the nearest"),
    "Rules/Diff/RowKey.swift searchLimit": .saves("the best key so far is taken"),
    "Rules/Files/RulePack.swift maximumBytes": .tells("too long for a rule"),
    "Rules/Funnel/FunnelMisses.swift maximumAlternatives": .shortens,
    "Rules/Funnel/LiteralMisses.swift maximumLiterals": .shortens,
    "Rules/Funnel/ValueCounts.swift maximumCandidates": .saves(
      "near spellings are sought among the most frequent"),
    "Rules/Replay/Workspace+Replay.swift replayLimit": .tells("over the span of the logs is more than"),
    "Rules/Sweep/RuleSweep.swift sweepLimit": .tells("combinations"),
    "Rules/Sweep/SweepValues.swift limit": .tells("values"),
    "Rules/Tests/RecordedResult.swift mostDifferences": .shortens,
    "Rules/Tests/RecordedResult.swift mostRows": .tells("rows; at most"),
    "Rules/Events/EventMaker.swift mostScenes": .tells("further ways to fire that were not tried"),
    "Rules/Events/EventMaker.swift workLimit": .tells("the search was given up"),
    "Rules/Events/EventMaker+Misses.swift conditionLimit": .tells("the search was given up"),
    "Rules/Events/EventMaker+Misses.swift missLimit": .tells("the search was given up"),
    "Rules/Events/EventMaker+Misses.swift mostMisses": .saves("two near misses of a condition are enough"),
    "Rules/Events/GoalProposals.swift deepest": .tells("no event was found for which it fails"),
    "Rules/Events/NearMisses.swift most": .saves("the nearest ones are tried"),
    "Rules/Events/PlanNumbers.swift mostEvents": .tells("no number of like events below"),
    "Rules/Events/RecordSearch.swift deepest": .tells("no event was found for which all conditions hold"),
    "Rules/Events/RecordSearch.swift most": .saves("the likeliest changes are tried"),
    "Rules/Events/RecordSearch.swift workLimit": .tells("no event was found for which all conditions hold"),
    "Rules/Events/SceneSolver+Joins.swift mostRecords": .saves("the nearest events are tried"),
    "Rules/Events/SceneSolver+Joins.swift mostRows": .saves("the first rows of a table are tried"),
    "Rules/Events/SceneSolver.swift deepest": .tells("no way leads back from"),
    // Reports
    "Engine/Aggregates/SparklineAggregates.swift mostSpans": .says("too-many-spans"),
    "Reports/Charts/ChartMaker.swift mostSeries": .tells("series with the greatest totals of"),
    "Reports/Charts/TextChart.swift mostBars": .tells("bars are drawn"),
    "Reports/HTML/HTMLWriter+Table.swift mostRows": .tells("rows; other formats have them all"),
    "Reports/HTML/SVGChart.swift mostPoints": .tells("points of \\(series.name) are drawn"),
    "Reports/HTML/SVGChart.swift mostBars": .tells("bars are drawn"),
    "Reports/HTML/SVGChart.swift mostPlaces": .tells("the outermost values are drawn"),
    "Reports/HTML/AlertTimeline.swift mostLanes": .tells("more rules fired; the table has them"),
    "Reports/Run/EntityActivity.swift mostEntities": .tells("more entities were not looked up"),
    "Reports/Run/EntityActivity.swift mostNameBytes": .tells("bytes were not looked up"),
    "Reports/Run/EntityActivity.swift mostRows": .tells("kinds of events more"),
    "Reports/Pages/DifferencePage.swift mostRows": .tells("rows; other formats have them all"),
    "Reports/Pages/SummaryPage.swift mostEntries": .tells("rows; other formats have them all"),
    "Reports/Summary/SummaryText.swift usualLimit": .tells("(count - rows.count).grouped) more"),
    // The command line
    "TrawlCLI/Verbs/PageDelivery.swift maximumBytes": .tells("it is longer than"),
    "Diagnostics/SourceExcerpt.swift byteLimit": .shortens,
    "Diagnostics/SourceExcerpt.swift widthLimit": .shortens,
    "Session/FrontEnds/SearchParameters.swift depthLimit": .saves(
      "thresholds further inside are not offered"),
    "Session/Completion/Completions.swift mostValues": .shortens,
    "TrawlCLI/Shell/ShellHistory.swift mostEntries": .saves("the oldest lines go"),
    "TrawlCLI/Verbs/DiffVerb.swift standardLimit": .shortens,
    "TrawlCLI/Verbs/DifferenceMarkdown.swift openLimit": .shortens,
    // Ends of types and ranges, which limit nothing.
    "Engine/Types/DatetimeParsing.swift maximumTicks": .saves("the last moment that there is"),
    "Engine/Types/Ticks.swift maximum": .saves("the last moment that there is"),
  ]

  @Test func `every constant that limits something stands in the list`() throws {
    let pattern = try Regex<(Substring, Substring)>(
      #"static (?:let|var) (\w*(?:[lL]imit|[mM]aximum|[mM]ost|deepest|Capacity)\w*)(?:: \w+)? = -?[0-9]"#)
    let sources = try SourceTree.swiftFiles(below: "Sources")
    var found: Set<String> = []
    for file in sources {
      for match in file.text.matches(of: pattern) {
        found.insert(file.path.dropFirst("Sources/".count) + " " + match.output.1)
      }
    }
    #expect(found.count > 50)
    #expect(found.subtracting(LimitListTests.limits.keys).sorted() == [], "say what happens at them")
    #expect(Set(LimitListTests.limits.keys).subtracting(found).sorted() == [], "they are gone")
    for (limit, outcome) in LimitListTests.limits {
      switch outcome {
      case .says(let id): #expect(sources.contains { $0.text.contains("\"\(id)\"") }, "\(limit): \(id)")
      case .tells(let text):
        #expect(sources.contains { $0.text.contains(text) }, "\(limit): \(text)")
      case .saves, .shortens: break
      }
    }
  }

  /// `prefix(1000)` leaves rows, fields or values out and says nothing of it.
  @Test func `nothing is cut at a number that has no name`() throws {
    let pattern = try Regex("\\.(?:prefix|suffix)\\((?:maxLength: )?[0-9_]{3,}\\)")
    // The heads of files, and texts within messages.
    let known: Set<String> = [
      "Engine/Ingest/Framing/FileContent.swift", "SPL/SPLMessages.swift", "SPL/Commands/PastedCommand.swift",
    ]
    for file in try SourceTree.swiftFiles(below: "Sources")
    where !known.contains(String(file.path.dropFirst("Sources/".count))) {
      #expect(file.lines(matching: pattern) == [], "\(file.path)")
    }
  }
}
