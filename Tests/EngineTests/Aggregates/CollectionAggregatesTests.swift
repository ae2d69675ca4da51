import Testing

@testable import Engine

struct CollectionAggregatesTests {
  @Test func `dcount counts distinct values without null`() throws {
    #expect(
      try AggregateCheck("dcount", [.string]).value(of: [.string("a"), .string(""), .string("a")]) == .long(2)
    )
    #expect(
      try AggregateCheck("dcount", [.long]).value(of: [.long(1), .null, .long(1), .long(2)]) == .long(2))
    #expect(try AggregateCheck("dcount", [.string], constants: [.long(2)]).value([]) == .long(0))
    #expect(
      try AggregateCheck("count_distinct", [.real]).value(of: [
        .real(0), .real(-0.0), .real(.nan), .real(.nan),
      ]) == .long(2))
    #expect(AggregateCatalog.function("count_distinct", in: .kql)?.signature.parameters[0].kind == .scalar)
  }

  @Test func `make_set keeps the order of first appearance`() throws {
    let check = try AggregateCheck("make_set", [.string], groupCount: 2)
    let rows: [(Int, [Value])] = [
      (0, [.string("b")]), (1, [.string("b")]), (0, [.string("a")]), (0, [.string("b")]), (0, [.string("")]),
      (0, [.string("say \"hi\"")]),
    ]
    #expect(try check.run(rows) == [[.json(#"["b","a","","say \"hi\""]"#)], [.json(#"["b"]"#)]])
    #expect(try AggregateCheck("make_set", [.string]).value([]) == .json("[]"))
  }

  @Test func `make_set keeps the first n values`() throws {
    let check = try AggregateCheck("make_set", [.long], constants: [.long(2)])
    #expect(try check.value([3, 1, 3, 2].map { [.long($0), .null] }) == .json("[3,1]"))
  }

  @Test func `arrays count as their elements, one level deep`() throws {
    let values: [Value] = try [.json("[1,[2]]"), .json("3"), .json("[1]"), .json(#"{"a":[]}"#), .json("[]")]
    #expect(try AggregateCheck("make_set", [.dynamic]).value(of: values) == .json(#"[1,[2],3,{"a":[]}]"#))
    #expect(try AggregateCheck("make_list", [.dynamic]).value(of: values) == .json(#"[1,[2],3,1,{"a":[]}]"#))
  }

  @Test func `make_list drops nulls save dynamic ones`() throws {
    #expect(
      try AggregateCheck("make_list", [.long]).value(of: [.long(1), .null, .long(1)]) == .json("[1,1]"))
    #expect(try AggregateCheck("make_list", [.dynamic]).value(of: [.json("1"), .null]) == .json("[1,null]"))
    #expect(
      try AggregateCheck("make_list_with_nulls", [.long]).value(of: [.long(1), .null]) == .json("[1,null]"))
    #expect(try AggregateCheck("make_list", [.long]).value([]) == .json("[]"))
    let limited = try AggregateCheck("make_list", [.long], constants: [.long(2)], groupCount: 2)
    let rows: [(Int, [Value])] = [
      (0, [.long(1), .null]), (1, [.long(9), .null]), (0, [.null, .null]), (0, [.long(2), .null]),
      (0, [.long(3), .null]),
    ]
    #expect(try limited.run(rows) == [[.json("[1,2]")], [.json("[9]")]])
  }

  @Test func `elements keep the form of their type`() throws {
    #expect(try AggregateCheck("make_list", [.real]).value(of: [.real(2), .real(0.5)]) == .json("[2.0,0.5]"))
    #expect(
      try AggregateCheck("make_list", [.datetime]).value(of: [.datetime(Ticks.unixEpoch)])
        == .json(#"["1970-01-01T00:00:00.0000000Z"]"#))
    #expect(
      try AggregateCheck("make_set", [.bool]).value(of: [.bool(true), .bool(false)]) == .json("[true,false]"))
  }

  @Test func `make_bag keeps the first value of a key`() throws {
    let bags: [Value] = try [.json(#"{"a":1,"n":null}"#), .null, .json("[1]"), .json(#"{"a":2,"b":3}"#)]
    #expect(try AggregateCheck("make_bag", [.dynamic]).value(of: bags) == .json(#"{"a":1,"n":null,"b":3}"#))
    #expect(try AggregateCheck("make_bag", [.dynamic]).value([]) == .json("{}"))
    #expect(
      try AggregateCheck("make_bag", [.dynamic], constants: [.long(1)]).value(bags.map { [$0, .null] })
        == .json(#"{"a":1}"#))
  }

  @Test func `buildschema tells the types`() throws {
    let values: [Value] = try [
      .json(#"{"x":1,"y":3.5}"#), .json(#"{"x":"s","z":[5,6]}"#), .json(#"{"y":{"w":"t"},"z":[[7],true]}"#),
    ]
    #expect(
      try AggregateCheck("buildschema", [.dynamic]).value(of: values)
        == .json(
          #"{"x":["long","string"],"y":["double",{"w":"string"}],"z":{"`indexer`":["long","bool",{"`indexer`":"long"}]}}"#
        ))
  }

  @Test func `hll states merge into one`() throws {
    #expect(
      try AggregateCheck("hll", [.string]).value(of: [.string("a"), .string("a"), .string("b")])
        == .json(#"["a","b"]"#))
    #expect(
      try AggregateCheck("hll_merge", [.dynamic]).value(of: [.json(#"["a"]"#), .null, .json(#"["b","a"]"#)])
        == .json(#"["a","b"]"#))
  }

  @Test func `every name of the catalog is found and belongs to one record`() {
    var seen: Set<FunctionName> = []
    for function in AggregateCatalog.all {
      for name in function.names {
        #expect(seen.insert(name).inserted, "\(name.text) has two records")
        #expect(AggregateCatalog.function(name.text, in: name.language) === function)
      }
    }
  }
}
