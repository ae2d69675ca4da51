#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Numbers and ranks of rows, and running sums.
package enum RowNumberFunctions {
  package static let all: [WindowFunction] = [rowNumber, rankDense, rankMinimum, cumulativeSum]

  static let rowNumber = WindowFunction(
    [.kql("row_number")],
    Signature([.long("start").optional.constant, .bool("restart").optional], returns: .fixed(.long)),
    "Counts the rows from a start, 1 if none is given; a true restart begins anew.",
    compute: { call in
      var start: Int64 = 1
      if let first = call.arguments.first, first.count > 0, case .long(let number) = first.value(at: 0) {
        start = number
      }
      let restarts = RestartRows.flags(call, argument: 1)
      var number = start
      return .int64(
        .long,
        restarts.map { restart in
          number = restart ? start : number &+ 1
          return number
        })
    },
    examples: [
      .kqlQuery("datatable(x:long)[7, 7, 9] | serialize n = row_number()", gives: "1, 2, 3"),
      .kqlQuery(
        "datatable(x:long)[7, 7, 9] | serialize n = row_number(1, prev(x) != x)", gives: "1, 2, 1"),
      .kql("row_number(0)", gives: "0", why: "the first row has the start's number"),
    ])

  static let rankDense = WindowFunction(
    [.kql("row_rank_dense")],
    Signature([.any("term"), .bool("restart").optional], returns: .fixed(.long)),
    "Counts the distinct values so far; equal rows that follow each other share a rank.",
    compute: { call in
      let restarts = RestartRows.flags(call, argument: 1)
      let repeats = RestartRows.equalsPrevious(call.arguments[0])
      var rank: Int64 = 0
      return .int64(
        .long,
        restarts.indices.map { row in
          rank = restarts[row] ? 1 : repeats[row] ? rank : rank &+ 1
          return rank
        })
    },
    examples: [
      .kqlQuery("datatable(x:long)[7, 7, 9] | serialize r = row_rank_dense(x)", gives: "1, 1, 2"),
      .kql("row_rank_dense(int(null))", gives: "1"),
    ])

  static let rankMinimum = WindowFunction(
    [.kql("row_rank_min")],
    Signature([.any("term"), .bool("restart").optional], returns: .fixed(.long)),
    "Gives the number of the first of the rows that equal this one and follow each other.",
    compute: { call in
      let restarts = RestartRows.flags(call, argument: 1)
      let repeats = RestartRows.equalsPrevious(call.arguments[0])
      var number: Int64 = 0
      var rank: Int64 = 0
      return .int64(
        .long,
        restarts.indices.map { row in
          number = restarts[row] ? 1 : number &+ 1
          if restarts[row] || !repeats[row] { rank = number }
          return rank
        })
    },
    examples: [
      .kqlQuery("datatable(x:long)[7, 7, 9] | serialize r = row_rank_min(x)", gives: "1, 1, 3"),
      .kql("row_rank_min(int(null))", gives: "1"),
    ])

  static let cumulativeSum = WindowFunction(
    [.kql("row_cumsum")],
    Signature(
      [.oneOf("term", [.real, .int, .long, .decimal, .timespan]), .bool("restart").optional],
      returns: .argument(0)),
    "Adds up the values so far; a true restart begins anew with its row.",
    notes: ["Nulls are passed over. Integers wrap around."],
    compute: { call in
      let restarts = RestartRows.flags(call, argument: 1)
      let term = call.arguments[0].materialized
      switch term {
      case .int64(let column):
        var sum: Int64 = 0
        return .int64(
          call.type,
          restarts.indices.map { row in
            if restarts[row] { sum = 0 }
            if column.validity?[row] ?? true { sum &+= column.values[row] }
            return sum
          })
      case .real(let column):
        var sum = 0.0
        return .reals(
          restarts.indices.map { row in
            if restarts[row] { sum = 0 }
            if column.validity?[row] ?? true { sum += column.values[row] }
            return sum
          })
      case .values(let column):
        var sum = Value.decimal(0)
        return Column.of(
          .decimal,
          restarts.indices.map { row -> Value in
            if restarts[row] { sum = .decimal(0) }
            if case .decimal(let total) = sum, case .decimal(let number) = column.values[row] {
              sum = .decimal(total + number)
            }
            return sum
          })
      case .constant, .bool, .string: return .constant(.null, call.type, count: call.count)
      }
    },
    examples: [
      .kqlQuery("datatable(x:long)[1, 2, long(null), 4] | serialize s = row_cumsum(x)", gives: "1, 3, 3, 7"),
      .kqlQuery("datatable(x:long)[1, 2, 4] | serialize s = row_cumsum(x, x == 2)", gives: "1, 2, 6"),
    ])
}
