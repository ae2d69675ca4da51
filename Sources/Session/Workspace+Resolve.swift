package import Diagnostics
package import Engine

/// What the logs say to a question, and what was read for it.
package struct DataReply: Sendable {
  package var answer: DataAnswer
  package var notes: [Advice]
  package var report: LoadReport

  init(answer: DataAnswer, notes: [Advice], report: LoadReport) {
    self.answer = answer
    self.notes = notes
    self.report = report
  }

  package init(running plan: LogicalPlan, by executor: Executor, _ report: LoadReport) {
    do throws(ExecutionFailure) {
      answer = .success(try executor.run(plan))
    } catch {
      answer = .failure(error)
    }
    notes = executor.notes
    self.report = report
  }
}

/// What compiling leaves open is settled here, between compiling and running.
extension Workspace {
  /// Asks the logs what queries left open, and compiles them with the answers until nothing is open. The logs are read
  /// once for each round of questions: first for what stands first in all queries, then for what follows from that.
  package func resolve(
    _ queries: [Result<CompiledQuery, QueryFailure>]
  ) -> [Result<CompiledQuery, QueryFailure>] {
    var results = queries
    while true {
      var waiting: [(index: Int, query: CompiledQuery, plan: LogicalPlan)] = []
      for (index, result) in results.enumerated() {
        guard case .success(let query) = result, let question = query.open.first else { continue }
        waiting.append((index, query, optimized(question.plan)))
      }
      if waiting.isEmpty { return results }
      for ((index, query, _), reply) in zip(waiting, replies(to: waiting.map(\.plan))) {
        do throws(QueryFailure) {
          results[index] = .success(try answered(query, with: reply))
        } catch {
          results[index] = .failure(error)
        }
      }
    }
  }

  package func resolve(_ query: CompiledQuery) throws(QueryFailure) -> CompiledQuery {
    try resolve([.success(query)])[0].get()
  }

  /// What the logs say to some questions, over one pass.
  private func replies(to plans: [LogicalPlan]) -> [DataReply] {
    guard let transport = configuration.cluster else {
      let loaded = load(plans)
      return plans.map { reply(to: $0, over: loaded) }
    }
    do throws(ExecutionFailure) {
      var run = try ClusterRun(self, transport)
      var newest: Int64?
      if configuration.now == .latest, plans.contains(where: \.mayReadNow) {
        newest = try run.survey(plans).latest
      }
      let now = configuration.now(newest: newest)
      let found = try run.runWhole(plans.map { ClusterRun.Work(plan: $0, now: now) }) { _, _ in true }
      return zip(found.rows, found.notes).map { rows, notes in
        DataReply(answer: rows, notes: notes, report: found.report)
      }
    } catch {
      return plans.map { _ in DataReply(answer: .failure(error), notes: [], report: LoadReport()) }
    }
  }

  /// The same over rows that are loaded once for all questions and queries.
  package func resolve(
    _ query: CompiledQuery, with cache: EvaluationCache
  ) throws(QueryFailure) -> CompiledQuery {
    try resolve(query) { reply(to: $0, over: cache.tables(for: $0.scans).loaded) }
  }

  package func resolve(
    _ query: CompiledQuery, asking reply: (LogicalPlan) -> DataReply
  ) throws(QueryFailure) -> CompiledQuery {
    var query = query
    while let question = query.open.first {
      query = try answered(query, with: reply(optimized(question.plan)))
    }
    return query
  }

  /// Compiles a query with the answer to its first open question.
  private func answered(_ query: CompiledQuery, with reply: DataReply) throws(QueryFailure) -> CompiledQuery {
    var inputs = query.inputs
    inputs.answers.append(reply.answer)
    var next = try query.language.compile(query.source, in: self, inputs)
    next.notes = query.notes + reply.notes
    next.asked = reply.report
    next.answered = query.answered + query.open.prefix(1)
    return next
  }

  package func reply(to plan: LogicalPlan, over loaded: LoadedTables) -> DataReply {
    DataReply(
      running: plan, by: executor(over: loaded, now: loaded.now(configuration), profile: nil), loaded.report)
  }

  /// What was read for some queries, which may have read all that they need before their plans were whole.
  package func report(of loaded: LoadedTables, for queries: [CompiledQuery]) -> LoadReport {
    loaded.readsNothing ? queries.compactMap(\.asked).last ?? loaded.report : loaded.report
  }
}
