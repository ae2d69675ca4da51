import Diagnostics
import SPL
import Testing

/// Bad input: what is reported, and where.
struct ErrorTests {
  @Test(arguments: [
    ("_time >= relative_time(now(), \"-1d\") x", ["function-in-search@relative_time"]),
    ("a isnull(b)", ["function-in-search@isnull"]),
    ("a == 1", ["double-equals-in-search@=="]),
    ("a =~ \"x\"", ["kql-operator@=~"]),
    ("a has \"x\"", ["kql-operator@has"]),
    ("AWSCloudTrail | where a=1", ["kql-text@AWSCloudTrail"]),
    ("let x = 5", ["kql-text@let"]),
    ("'a.b'=x", ["single-quotes-in-search@'a.b'"]),
    ("a='x'", ["single-quotes-in-search@'x'"]),
    ("a=\u{201C}x\u{201D}", ["curly-quote@\u{201C}x\u{201D}"]),
    ("x IN (,a)", ["extra-comma@,"]),
    ("a and b", ["lower-case-operator@and"]),
    ("a XOR b", ["exclusive-or-in-search@XOR"]),
    ("a OR", ["missing-operand@OR"]),
    ("AND a", ["missing-operand@AND"]),
    ("a OR AND b", ["missing-operand@OR"]),
    ("NOT", ["missing-operand@NOT"]),
    ("a AND", ["missing-operand@AND"]),
    ("(a b | head", ["unclosed-parenthesis@("]),
    ("a b) | head", ["unbalanced-parenthesis@)"]),
    ("a [search b | head", ["unclosed-bracket@["]),
    ("a ] b", ["unbalanced-bracket@]"]),
    ("a=", ["missing-value@a="]),
    ("=a", ["missing-field@="]),
    ("x=\"abc | head", ["unclosed-quote@\""]),
    ("x IN ()", ["empty-parentheses@()"]),
    ("x IN (a,,b)", ["extra-comma@,"]),
    ("()", ["empty-parentheses@()"]),
    ("", ["empty-search@"]),
    ("a | | b", ["empty-stage@|", "unknown-command@b"]),
    ("a |", ["empty-stage@|"]),
    ("stats count by x", ["missing-leading-pipe@stats"]),
  ]) func `in search`(text: String, expected: [String]) { #expect(findings(text) == expected) }

  @Test(arguments: [
    ("* | where x =~ \"a\"", ["kql-operator@=~"]),
    ("* | where x has \"a\"", ["kql-operator@has"]),
    ("* | where 'x y' contains \"a\"", ["kql-operator@contains"]),
    ("* | where x !~ \"a\"", ["kql-operator@!~"]),
    ("* | where a && b", ["unknown-operator@&&"]),
    ("* | where a <> b", ["unknown-operator@<>"]),
    ("* | where a =", ["missing-expression@"]),
    ("* | where (a | head", ["unclosed-parenthesis@("]),
    ("* | where a) | head", ["unbalanced-parenthesis@)"]),
    ("* | where f(a,,b)", ["extra-comma@,"]),
    ("* | where a=\"x*\"", ["wildcard-in-comparison@\"x*\""]),
    ("* | where a=\u{201C}x\u{201D}", ["curly-quote@\u{201C}x\u{201D}"]),
    ("* | where a b", ["unexpected-token@b"]),
    ("* | where a.b=1 AND c.d.e=2", ["dotted-name@a.b", "dotted-name@c.d.e"]),
    ("* | where match(a.b, \"x\")", ["dotted-name@a.b"]),
    ("* | where a . b=1", []),
    ("* | where a{}.b=1", ["unquoted-field-name@a{}.b"]),
    ("* | where t > now()-5m", ["invalid-number@5m"]),
    ("* | where x in ()", ["empty-parentheses@()"]),
    ("* | eval a", ["missing-assignment@"]),
    ("* | eval a=1 b=2", ["unexpected-token@b"]),
    ("* | eval", ["missing-argument@eval"]),
    ("* | eval a=$token$", ["missing-expression@$"]),
    ("* | eval a='b", ["unclosed-quote@'"]),
  ]) func `in expressions`(text: String, expected: [String]) { #expect(findings(text) == expected) }

  @Test(arguments: [
    ("* | summarize count() by x | head", ["unknown-command@summarize"]),
    ("* | stat count", ["unknown-command@stat"]),
    ("* | collect index=x", ["refused-command@collect"]),
    ("* | apply m | head | fit x", ["refused-command@apply", "refused-command@fit"]),
    ("* | append [summary m]", ["refused-command@summary"]),
    ("* | gentimes start=1", ["generating-command@gentimes"]),
    ("* | stats sum by x", ["aggregate-needs-field@sum"]),
    ("* | stats count(x=1)", ["expression-in-aggregate@="]),
    ("* | stats sparkline(sparkline(count))", ["sparkline-argument@sparkline"]),
    ("* | stats", ["missing-argument@stats"]),
    ("* | stats count by", ["missing-argument@by"]),
    ("* | stats count by a,, b", ["extra-comma@,"]),
    ("* | table a; b", ["wrong-separator@;"]),
    ("* | table", ["missing-argument@table"]),
    ("* | dedup a kepempty=t", ["unknown-option@kepempty"]),
    ("* | dedup a keepempty=maybe", ["invalid-option-value@maybe"]),
    ("* | streamstats window=x count", ["invalid-option-value@x"]),
    ("* | bin _time span=5x", ["invalid-option-value@5x"]),
    ("* | bin _time span=", ["missing-option-value@span="]),
    ("* | rename a b", ["missing-as@a"]),
    ("* | rename a.* as b", ["wildcard-mismatch@b"]),
    ("* | rex field=a", ["missing-pattern@rex"]),
    ("* | spath output=x", ["missing-argument@output=x"]),
    ("* | join a", ["missing-subsearch@join"]),
    ("* | join left=L right=R where L.a=L.b [search c]", ["join-sides@L.a=L.b"]),
    ("* | timechart count by a where a=1", ["invalid-series-filter@where"]),
    ("* | makeresults", ["generating-command@makeresults"]),
    ("* | append [makeresults | tstats count]", ["generating-command@tstats"]),
    ("* | rangemap low=1-2", ["missing-argument@rangemap"]),
    ("* | rangemap field=a low=3", ["invalid-option-value@3"]),
    ("* | trendline avg5(a)", ["unexpected-token@avg5"]),
    ("| set minus [search a] [search b]", ["unexpected-token@minus"]),
    ("| set diff [search a]", ["wrong-argument-count@set"]),
    ("* | strcat a", ["missing-argument@strcat"]),
    ("* | tojson user", ["unexpected-token@user"]),
    ("* | streamstats count reset_after=(a=1 | head", ["unclosed-parenthesis@("]),
    ("* | convert ctim(x)", ["unknown-conversion@ctim"]),
    ("* | stats count as n, dc(a) b_c=1", ["unknown-option@b_c"]),
    ("* | stats eval(avg(x)*2) as y", ["unexpected-token@eval"]),
    ("* | stats avg(len(x))", ["expression-in-aggregate@("]),
    ("* | sort -", ["missing-argument@sort"]),
    ("* | chart count by a, b, c", ["too-many-fields@c"]),
    ("* | untable a b", ["wrong-argument-count@untable"]),
    ("* | format \"a\"", ["wrong-argument-count@format"]),
    ("* | head 5 6", ["unexpected-token@6"]),
    ("* | reverse x", ["unexpected-token@x"]),
    ("* | \"head\"", ["unexpected-token@\"head\""]),
  ]) func `in commands`(text: String, expected: [String]) { #expect(findings(text) == expected) }

  @Test(arguments: RefusedCommandSyntax.names) func `a refused command says why`(_ name: String) throws {
    let diagnostic = try #require(parse("* | \(name) x").diagnostics.first)
    #expect(["refused-command", "unsupported-command"].contains(diagnostic.id))
    #expect(diagnostic.notes.first.map { $0.plainText.count > name.count + 10 } ?? false)
  }

  @Test func `words of KQL are answered with the words of SPL`() throws {
    let diagnostic = try #require(parse("* | summarize count() by x").diagnostics.first)
    #expect(diagnostic.suggestions.first?.message == "`summarize` is KQL; SPL has `stats`")
  }

  @Test func `a misspelt command is answered with the nearest one`() throws {
    let diagnostic = try #require(parse("* | stat count").diagnostics.first)
    #expect(diagnostic.suggestions.first?.edit?.replacement == "stats")
  }

  @Test func `an unknown option lists the known ones`() throws {
    let diagnostic = try #require(parse("* | makemv delm=x a").diagnostics.first)
    #expect(diagnostic.notes == ["known: `allowempty`, `delim`, `setsv`, `tokenizer`"])
    #expect(diagnostic.suggestions.first?.edit?.replacement == "delim")
  }
}
