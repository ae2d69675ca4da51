package import Engine

/// What the reference says of the plugins that `evaluate` runs.
package enum KQLPluginReference {
  package static let all: [SpecialFunction] = [
    SpecialFunction(
      [.kql("bag_unpack")],
      "(bag: dynamic, [prefix: string], [columnsConflict: string], [ignoredProperties: dynamic])",
      "Makes a column of each key of a bag, in place of the column that holds it.",
      notes: ["Nulls: a row without a key has null there. The keys are known only from the data."],
      examples: [
        .kqlQuery(#"datatable(d:dynamic)[dynamic({"a":1,"b":"x"})] | evaluate bag_unpack(d)"#, gives: #""x""#)
      ]),
    SpecialFunction(
      [.kql("pivot")], "(column, [aggregate], [column to keep, …])",
      "Makes a column of each value of a column, which holds an aggregate, the count if none is given.",
      notes: ["A group without rows of a value has 0, or what the aggregate gives without rows."],
      examples: [
        .kqlQuery(
          #"datatable(k:string, u:string)["x", "p", "y", "p", "x", "q"] | evaluate pivot(k) | sort by u asc"#,
          gives: "1, 0", why: "the column `y`")
      ]),
    SpecialFunction(
      [.kql("narrow")], "()",
      "Makes a row of each cell: the number of its row, its column, and its value as text.",
      examples: [
        .kqlQuery(#"datatable(a:long, b:string)[7, "x"] | evaluate narrow()"#, gives: #""7", "x""#)
      ]),
    lookup("ipv4_lookup", of: "IPv4", "10.1.2.3", in: "10.0.0.0/8"),
    lookup("ipv6_lookup", of: "IPv6", "2001:db8::1", in: "2001:db8::/32"),
    SpecialFunction(
      [.kql("activity_counts_metrics")], "(id, time, start, end, step, [dimension, …])",
      "Counts rows, ids and new ids of each time step: count, dcount, new_dcount and aggregated_dcount.",
      differs: ["The counts of ids are exact."],
      examples: [
        .kqlQuery(
          #"datatable(t:datetime, u:string)[datetime(2024-01-01), "a", datetime(2024-01-02), "b", "#
            + #"datetime(2024-01-02), "a"] | evaluate activity_counts_metrics(u, t, "#
            + "datetime(2024-01-01), datetime(2024-01-03), 1d) | sort by t asc",
          gives: "1, 2", why: "ids so far")
      ]),
    SpecialFunction(
      [.kql("rows_near")], "(condition, rowsBefore, [rowsAfter])",
      "Keeps the rows that satisfy a condition and so many rows before and behind each.",
      notes: ["The rows must be in an order. Where one number is given it counts for both sides."],
      examples: [
        .kqlQuery(
          "range n from 1 to 9 step 1 | evaluate rows_near(n == 5, 1)", gives: "4, 5, 6")
      ]),
  ]

  private static func lookup(
    _ name: String, of family: String, _ address: String, in network: String
  ) -> SpecialFunction {
    SpecialFunction(
      [.kql(name)], "(table, address: string, network: string, [key, …], [return_unmatched: bool])",
      "Joins rows with the networks of another table that their \(family) address lies in.",
      notes: [
        "Nulls: a row whose address lies in no network is dropped, or kept with nulls if that is asked for."
      ],
      examples: [
        .kqlQuery(
          #"let T = datatable(net:string, who:string)["\#(network)", "lab"]; "#
            + #"datatable(ip:string)["\#(address)"] | evaluate \#(name)(T, ip, net)"#, gives: #""lab""#)
      ])
  }
}
