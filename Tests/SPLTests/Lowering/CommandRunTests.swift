import Engine
import SPL
import Testing

@Suite struct CommandRunTests {
  let events = [
    event(0, ["user": "alice", "n": "5", "kind": "a", "tags": "x,y", "doc": #"{"a":{"b":[1,2]},"c":"d"}"#]),
    event(10, ["user": "bob", "n": "10", "kind": "b"]),
    event(70, ["user": "alice", "n": "9", "kind": "a"]),
  ]

  @Test(arguments: [
    ("* | eventstats sum(n) as total by user | table user total", ["alice|14", "bob|10", "alice|14"]),
    ("* | eventstats max(n) as n | table n", ["10", "10", "10"]),
    ("* | streamstats sum(n) as running | table running", ["9", "19", "24"]),
    ("* | streamstats count by user | table user count", ["alice|1", "bob|1", "alice|2"]),
    ("* | streamstats current=f window=1 last(n) as before | table before", ["-", "9", "10"]),
    ("* | streamstats window=2 sum(n) as s | where kind=\"a\" | table s", ["9", "15"]),
    ("* | accum n as total | table total", ["9", "19", "24"]),
    ("* | delta n as change | table change", ["-", "1", "-5"]),
    ("* | autoregress n p=1-2 | table n_p1 n_p2", ["-|-", "9|-", "10|9"]),
    ("* | table user tags | reverse | filldown tags | table tags", ["x,y", "x,y", "x,y"]),
  ]) func `values of neighbours`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    (#"* | rex field=user "(?<first>[a-z])(?<rest>.*)" | table first rest"#, ["a|lice", "b|ob", "a|lice"]),
    (#"* | rex field=user max_match=0 "(?<vowel>[aeiou])" | table vowel"#, ["a;i;e", "o", "a;i;e"]),
    (
      #"* | rex field=user mode=sed "s/([aeiou])/<\1>/g" | table user"#,
      ["<a>l<i>c<e>", "b<o>b", "<a>l<i>c<e>"]
    ),
    (#"* | rex field=user mode=sed "y/ab/xy/" | table user"#, ["xlice", "yoy", "xlice"]),
    (#"* | regex user="^a" | table n"#, ["9", "5"]),
    (#"* | regex tags!="x" | table n"#, ["9", "10"]),
    ("* | spath input=doc path=a.b{} output=v | table v", ["-", "-", "1;2"]),
    ("* | spath input=doc c | table c", ["-", "-", "d"]),
    ("* | spath input=doc path=a{}.b output=v | table v", ["-", "-", "[1,2]"]),
    ("* | table doc | spath input=doc | table a.b{} c", ["-|-", "-|-", "1;2|d"]),
    ("* | makemv delim=\",\" tags | table tags", ["-", "-", "x;y"]),
    ("n=5 | makemv delim=\",\" tags | mvexpand tags | table tags", ["x", "y"]),
    ("n=5 | makemv delim=\",\" tags | stats count by tags", ["x|1", "y|1"]),
    ("n=5 | makemv delim=\",\" tags | nomv tags | eval l=len(tags) | table l", ["3"]),
    ("* | table user n | fields user n | mvcombine n | table user n", ["alice|9;5", "bob|10"]),
    ("* | replace \"a*\" with A, bob with B in user | table user", ["A", "B", "A"]),
    (
      "* | convert timeformat=\"%H:%M\" ctime(_time) as t num(n) | table t n",
      ["01:10|9", "00:10|10", "00:00|5"]
    ),
    ("* | addtotals n | head 1 | table Total", ["9"]),
    ("* | table user n | addcoltotals labelfield=user n", ["alice|9", "bob|10", "alice|5", "Total|24"]),
    ("* | foreach n [eval <<FIELD>>_x='<<FIELD>>'*2] | table n_x", ["18", "20", "10"]),
  ]) func `text and several values`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    (
      "* | join user [search kind=a | stats count as seen by user] | table user seen", ["alice|2", "alice|2"]
    ),
    (
      "* | join type=outer user [search kind=a | stats count as seen by user] | table user seen",
      ["alice|2", "bob|-", "alice|2"]
    ),
    ("kind=b | append [search kind=a | head 1] | table user n", ["bob|10", "alice|9"]),
    (
      "* | stats count by user | append [search * | stats sum(n) as s] | table user count s",
      ["alice|2|-", "bob|1|-", "-|-|24"]
    ),
    ("* | stats count by user | appendcols [search * | stats sum(n) as s]", ["alice|2|24", "bob|1|-"]),
    (
      "* | stats count by user | appendpipe [stats sum(count) as count | eval user=\"all\"]",
      ["alice|2", "bob|1", "all|3"]
    ),
    ("| union [search kind=a | table n], [search kind=b | table n]", ["9", "5", "10"]),
    ("| multisearch [search kind=a] [search kind=b] | table n", ["9", "10", "5"]),
    ("[search n=10 | table user] | table n", ["10"]),
    ("NOT [search n=99 | table user] | table n", ["9", "10", "5"]),
    ("* | search [search n=10 | return user] | table n", ["10"]),
    ("n=10 | table user n | format", [#"( ( n="10" AND user="bob" ) )"#]),
    ("| makeresults count=2 | eval a=1 | table a", ["1", "1"]),
    ("| makeresults format=csv data=\"a,b\n1,2\" | table b", ["2"]),
    ("* | iplocation user | table user Country | head 1", ["alice|-"]),
  ]) func `rows of several searches`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    ("* | chart count over user by kind", ["alice|2|0", "bob|0|1"]),
    ("* | chart sum(n) over user", ["alice|14", "bob|10"]),
    ("* | timechart span=1h count", ["1704067200|2", "1704070800|1"]),
    ("* | timechart span=30m count by user", ["1704067200|1|1", "1704069000|0|0", "1704070800|1|0"]),
    ("* | stats count by user kind | xyseries user kind count", ["alice|2|-", "bob|-|1"]),
    (
      "* | stats count sum(n) as s by user | untable user name value",
      ["alice|count|2", "alice|s|14", "bob|count|1", "bob|s|10"]
    ),
    ("* | transaction user | table user duration eventcount", ["bob|0|1", "alice|4200|2"]),
    ("* | transaction user maxspan=1h | table user eventcount", ["alice|1", "bob|1", "alice|1"]),
    ("* | bin n span=5 | stats count by n", ["10-15|1", "5-10|2"]),
  ]) func `tables turned round`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test func `lookups add columns by key`() throws {
    let table = Table(
      fields: [Field("name", .string), Field("team", .string)],
      rows: [[.string("alice"), .string("red")], [.string("alice"), .string("blue")]])
    let lookups = ["people": table]
    #expect(
      try run(
        "* | lookup people name as user OUTPUT team as t | table user t", events: events, lookups: lookups
      ).rows
        == ["alice|red;blue", "bob|-", "alice|red;blue"])
    #expect(
      try run(
        "* | eval team=\"own\" | lookup people name as user, OUTPUTNEW team | table team", events: events,
        lookups: lookups
      )
      .rows == ["own", "own", "own"])
    #expect(
      try run("| inputlookup people.csv where team=R*", events: events, lookups: lookups).rows == [
        "alice|red"
      ])
    #expect(complaints("| inputlookup peple") == ["unknown-lookup"])
  }

  @Test func `outputlookup needs a folder`() {
    #expect(complaints("* | table user | outputlookup seen.csv") == ["no-lookup-folder"])
  }

  @Test func `tstats reads a view of a data model`() throws {
    let changes = [
      event(
        0, ["eventName": "RunInstances", "eventSource": "ec2.amazonaws.com", "userIdentity.arn": "arn:x/eve"]),
      event(
        1,
        [
          "eventName": "DescribeInstances", "eventSource": "ec2.amazonaws.com",
          "userIdentity.arn": "arn:x/eve",
        ]),
    ]
    let text = """
      | tstats count min(_time) as firstTime from datamodel=Change where All_Changes.action=created \
      All_Changes.user!=unknown by All_Changes.user All_Changes.command _time span=1h \
      | `drop_dm_object_name("All_Changes")`
      """
    let result = try run(text, events: changes)
    #expect(result.names == ["user", "command", "_time", "count", "firstTime"])
    #expect(result.rows == ["eve|RunInstances|1704067200|1|1704067200"])
  }

  @Test(arguments: [
    ("_time >= relative_time(now(), \"-1d\")", ["function-in-search"]),
    ("* | eval x=(n>1)", ["boolean-field"]),
    ("* | where n", ["not-a-condition"]),
    ("* | eval x=lenn(n)", ["unknown-function"]),
    ("* | stats cont(n)", ["unknown-function"]),
    ("* | rex field=user \"abc\"", ["no-named-group"]),
    ("| tstats count from datamodel=Web by Web.src", ["unknown-data-model"]),
    ("* | rex field=user \"(?<a>[\"", ["invalid-pattern"]),
  ]) func `what is wrong is said`(text: String, expected: [String]) {
    #expect(complaints(text).filter { $0 != "unknown-field" } == expected)
  }
}
