import Diagnostics
import Testing

@testable import KQL

/// Every operator is read without a message and prints back to a query with the same tree.
@Suite struct KQLParserOperatorTests {
  static let queries: [String] = [
    "T | where a == 1 and b",
    "T | filter * has 'x'",
    "T | extend a = 1, b, f(c), (d, e) = g(h)",
    "T | project a, ['b c'] = d.e, tostring(f[-1])",
    "T | project-away a, b*, *_c, ['d e']",
    "T | project-keep T1*2",
    "T | project-rename a = b, ['c d'] = e",
    "T | project-reorder *, a* granny-asc, b desc",
    "T | project-by-names 'a', dynamic(['b*'])",
    "T | summarize hint.strategy=shuffle n = count(), arg_max(t, *) by a, bin(t, 1h), c = tolower(d)",
    "T | summarize by a, b",
    "T | summarize x = sum(a) * 100.0 / count(), arg_min(A = b, C = c)",
    "T | distinct a, f(b)",
    "T | distinct *",
    "T | count",
    "T | count as n",
    "T | take 5",
    "T | limit n",
    "T | top 3 by a asc nulls first",
    "T | top-hitters 3 of a by b",
    "T | top-nested 3 of a with others = 'rest' by n = count() desc, top-nested of b by sum(c)",
    "T | sort by a desc nulls last, b asc, tostring(c)",
    "T | order by a",
    "T | join U on a",
    "T | join kind=leftouter hint.strategy=broadcast (U | where b) on a, $left.c == $right.d and $left.e == $right.f",
    "T | join kind = inner (\n U | project x) on $left.x == $right.x",
    "T | lookup kind=inner (U) on a",
    "T | union U, (V | take 1), W*, *",
    "union kind=inner withsource=s isfuzzy=true T, U",
    "union (T), (U)",
    "T | mv-expand kind=array with_itemindex=i a = f(b) to typeof(string), c.d limit 10",
    "T | mvexpand a",
    "T | mv-expand bagexpansion=array a, b to typeof(long)",
    "T | mv-apply e = a to typeof(string) on (where e has 'x' | summarize n = count())",
    "T | mv-apply with_itemindex=i e = a, f = b limit 3 on (top 1 by f)",
    "T | parse a.b with * 'x=' A:long ' y=' ['B c'] *",
    "T | parse kind=regex flags=Ui a with 'x' A",
    "T | parse-where a with * '\"id\":\"' I '\"' *",
    "T | parse-kv a as (x:string, ['y z']:datetime) with (pair_delimiter=' ', kv_delimiter='=', greedy=true)",
    "T | make-series kind=nonempty n = count() default = 0, avg(b) on t from ago(7d) to now() step 1h by c, d",
    "T | make-series sum(x) on t in range(1, 10, 2)",
    "T | make-series count() on bin(t, 1s) step 1d",
    "range x from 1 to 10 step 2",
    "range ['a b'] from ago(1d) to now() step 1h | count",
    "print 1",
    "print a = 1, 'x' 'y', -1d, f()",
    "print (1 + 2) * 3",
    "print ['a b'] = 1",
    "datatable(a:string, ['b c']:long)['x', -9223372036854775808, 'y', 2,]",
    "datatable(a:dynamic, t:timespan)[dynamic({'a':[1,-2.5,null,true,datetime(2024-01-01)]}), -1d]",
    "datatable(a:int)[ ]",
    "externaldata(a:string, b:long)[h@'https://x/y.csv', 'z'] with (format='csv', ignoreFirstRecord=true)",
    "external_data(a:string) with (format=txt) ['u']",
    "T | serialize a = row_number(), b",
    "T | serialize",
    "T | sample 5",
    "T | sample-distinct 5 of a",
    "T | consume decodeblocks=true",
    "T | render timechart",
    "T | render columnchart with (title='x', xcolumn=a)",
    "T | as hint.materialized=true U | join U on a",
    "T | getschema",
    "T | search 'x' and a:'y' or b >= 5",
    "search in (T, U*) 'x*' | take 5",
    "search kind=case_sensitive *",
    "search 'x'",
    "find in (T, U) where a == 1 project b, c:string, pack_all()",
    "find withsource=s where a has 'x'",
    "find where a project-away b",
    "T | invoke f(1, 'x')",
    "T | evaluate bag_unpack(d, 'p_') : (*, a:string)",
    "T | evaluate hint.distribution=per_node pivot(a, count(), b)",
    "evaluate f(T)",
    "T | scan with_match_id=m declare (a:long = 0, b:datetime) with (step s1 output=none: x == 1 => a = 1, b = t; step s2: s1.a > 0;)",
    "T | partition hint.strategy=native by k (top 1 by t | project a)",
    "T | partition by k { U | where x == k }",
    "T | fork a = (where b | count) (take 5)",
    "T | facet by a, b with (take 5)",
    "T | reduce by a with threshold=0.1, characters='-'",
    "T | reduce kind=source by a",
    "let a = 5; T | take a",
    "let T = U | where x | take 5; let V = (W | count); T",
    "let f = (a:string, n:long = 5, T:(*), U:(x:int, ['y z']:string)) { let b = a; T | where c == b | take n; }; f('x')",
    "let v = view () { T };\nlet w = () { 1 };\nv",
    "let ['a b'] = 1d; T | where t > ago(['a b'])",
    "let d = dynamic([]); let s = toscalar(T | summarize max(x)); T",
    "let m = materialize(T | where a); union m, (m | count)",
    "set query_now = datetime(2024-04-15T14:13:46.6297420Z); set notruncation; T",
    "declare query_parameters(a:string = 'x', b:long); T | where c == a",
    "T; U | take 1; print 3",
    "database('d').T | take 1",
    "cluster('c').database('d').['t t'] | count",
    "table('T') | where a",
    "table(n) | where a",
    "T | where a in ('x', 'y') and b !in~ (list) and c in (U | project c) and d in ((U | project d))",
    "T | where a has_any (list) or b has_all ('x', 'y')",
    "T | where a between (1 .. 5) and t !between (ago(1d) .. now()) and n between ((x - 1h) .. (x + 1h))",
    "T | where a matches regex @'^\\d+$' and b =~ 'X' and c !~ 'y' and d <> 5",
    "T | where a !contains 'x' and b notcontains 'y' and c startswith_cs 'z'",
    "T | where parse_json(a).b.['c d'][0].e['f'][g].[1] == false",
    "T | where split(a, '/')[-1] == -1 and -b < +c",
    "T | extend a = extract('x', 1, b, typeof(long)), c = dynamic(null), d = int(null), e = real(-inf)",
    "T | extend count = 1, type = 2, order = 3 | project count, type, order",
    "T | where t > todatetime('{{StartTimeISO}}')",
    "T | where ago (1d) < t // comment\n| take 5 ;",
    "T | extend x = iff(a == 'b' or not(c), 1, 2), y = case(a, 1, 2)",
    "T | where t > datetime(2024-01-01) + 1h * 2 - 30m and g == guid(74be27de-1e4e-49d9-b579-fe0b331d3642)",
    "T | extend a = h'secret' @\"x\"\"y\" ```z```",
  ]

  @Test(arguments: queries)
  func `a query is read and prints back to the same tree`(_ query: String) throws {
    let source = SourceText(name: "q", text: query)
    let (tree, diagnostics) = KQL.parse(source)
    #expect(diagnostics.isEmpty, "\(DiagnosticRenderer.render(diagnostics, in: source))")
    let printed = SourceText(name: "printed", text: KQLSourcePrinter.text(tree))
    let (again, more) = KQL.parse(printed)
    #expect(more.isEmpty, "\(DiagnosticRenderer.render(more, in: printed))")
    #expect(again.description == tree.description)
  }

  @Test func `every operator of the table is tested here`() {
    for name in KQLOperatorTable.stageNames where name != "mvapply" {
      #expect(Self.queries.contains { $0.contains("| \(name)") }, "\(name)")
    }
  }
}
