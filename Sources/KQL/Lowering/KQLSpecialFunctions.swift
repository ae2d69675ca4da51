package import Engine

/// What the reference says of the functions that the lowering knows by itself.
package enum KQLSpecialFunctions {
  package static let all: [SpecialFunction] = [
    SpecialFunction(
      [.kql("iff"), .kql("iif")], "(condition: bool, then: any, else: any) -> the common type",
      "Gives one value where a condition is true, else another.",
      notes: ["Nulls: a null condition gives the other value."],
      examples: [
        .kql(#"iff(2 > 1, "yes", "no")"#, gives: #""yes""#),
        .kql(#"iff(bool(null), "yes", "no")"#, gives: #""no""#),
      ]),
    SpecialFunction(
      [.kql("case")], "(condition: bool, value: any, [condition, value, …], else: any) -> the common type",
      "Gives the value behind the first condition that is true, else the last value.",
      notes: ["Nulls: a null condition is passed over."],
      examples: [
        .kql(#"case(false, "a", true, "b", "c")"#, gives: #""b""#),
        .kql(#"case(bool(null), "a", "c")"#, gives: #""c""#),
      ]),
    SpecialFunction(
      [.kql("column_ifexists"), .kqlAlias("columnifexists")],
      "(name: string (constant), default: any) -> any",
      "Gives a column if the table has it, else the default.",
      notes: ["The name is looked up before the query runs."],
      examples: [
        .kqlQuery(#"datatable(a:long)[7] | project column_ifexists("a", 0)"#, gives: "7"),
        .kqlQuery(#"datatable(a:long)[7] | project column_ifexists("b", 0)"#, gives: "0"),
      ]),
    SpecialFunction(
      [.kql("toscalar")], "(query: a table) -> the type of its first column",
      "Gives the first cell of a query's result, found once before the rows are.",
      notes: ["Nulls: a table without rows gives null. The query sees no columns of the row around it."],
      examples: [
        .kql("toscalar(datatable(a:long)[3, 4] | count)", gives: "2"),
        .kqlQuery("datatable(a:long)[3, 4] | where a > toscalar(datatable(b:long)[3])", gives: "4"),
      ]),
    SpecialFunction(
      [.kql("materialize")], "(query: a table) -> a table",
      "Runs a query once, however often its name is used.",
      examples: [
        .kqlQuery(
          "let T = materialize(datatable(a:long)[1, 2]); T | count | extend n = Count + toscalar(T | count)",
          gives: "4")
      ]),
    SpecialFunction(
      [.kql("pack_all")], "([ignore_null_empty: bool (constant)]) -> dynamic",
      "Gives all columns of a row as a bag.",
      notes: ["Nulls: kept, unless they and empty texts are to be ignored."],
      examples: [
        .kqlQuery(
          #"datatable(a:long, b:string)[1, ""] | project pack_all()"#, gives: #"dynamic({"a":1,"b":""})"#),
        .kqlQuery(
          #"datatable(a:long, b:string)[1, ""] | project pack_all(true)"#, gives: #"dynamic({"a":1})"#),
      ]),
    SpecialFunction(
      [.kql("bag_pack_columns")], "(column: any, [column, …]) -> dynamic",
      "Gives columns as a bag under their own names.",
      examples: [
        .kqlQuery(
          "datatable(a:long, b:long)[1, 2] | project bag_pack_columns(b)", gives: #"dynamic({"b":2})"#)
      ]),
    SpecialFunction(
      [.kql("column_names_of")], "(table) -> dynamic", "Gives the names of a table's columns as an array.",
      examples: [
        .kqlQuery(
          "let T = datatable(a:long, b:string)[]; print column_names_of(T)", gives: #"dynamic(["a","b"])"#)
      ]),
    SpecialFunction(
      [.kql("bin_auto")], "(value: number|datetime|timespan) -> type of value",
      "Rounds down as `bin` does, by the size that `set query_bin_auto_size` gives.",
      notes: ["`set query_bin_auto_at` gives where a bin begins."],
      examples: [.kqlQuery("set query_bin_auto_size = 5; print bin_auto(12)", gives: "10")]),
    geoInformation,
  ]

  private static let geoInformation = SpecialFunction(
    [.kql("geo_info_from_ip_address")], "(ip: string) -> dynamic",
    "Gives where an address is: a bag with country, state, city, latitude and longitude.",
    notes: [
      "Nulls: what is no address gives null; an address without an entry gives an empty bag.",
      "The places come from a table that the run is given, a CSV with a column `network` (or `start` and `end`) and any of the "
        + "five others; the smallest network with the address wins. Without such a table a query is refused.",
    ],
    differs: ["The service has a table of its own; a key without a value is left out of the bag."],
    examples: [
      .kql(#"tostring(geo_info_from_ip_address("203.0.113.9").city)"#, gives: #""Berlin""#),
      .kql(#"geo_info_from_ip_address("10.0.0.1")"#, gives: "dynamic({})"),
    ])

  /// The names that may be suggested.
  static let names: [String] = all.flatMap(\.names).filter { !$0.isAlias }.map(\.text)
}
