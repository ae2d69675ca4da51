import Engine
import SPL
import Testing

@Suite struct CoreCommandTests {
  let events = [
    event(0, ["user": "alice", "eventName": "CreateUser", "n": "5"]),
    event(10, ["user": "bob", "eventName": "DeleteUser", "n": "10", "errorCode": "AccessDenied"]),
    event(70, ["user": "alice", "eventName": "createuser", "n": "9"]),
    event(80, ["user": "carol", "eventName": "ListUsers"]),
  ]

  @Test(arguments: [
    ("| table user", ["carol", "alice", "bob", "alice"]),
    ("eventName=CreateUser | table user n", ["alice|9", "alice|5"]),
    ("eventName=*User* user!=alice | table user", ["carol", "bob"]),
    ("NOT errorCode=* | table user", ["carol", "alice", "alice"]),
    ("errorCode!=x | table user", ["bob"]),
    ("user IN (bob, c*) | table user", ["carol", "bob"]),
    ("n>5 | table n", ["9", "10"]),
    ("index=aws sourcetype=* OR user=bob | table user", ["bob"]),
    ("ListUsers | table user", ["carol"]),
    ("earliest=-23h | table user", ["carol", "alice"]),
  ]) func `search keeps the rows that fit`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    ("* | where n>5 | table n", ["9", "10"]),
    ("* | where user=\"Alice\" | table n", []),
    ("* | eval a=n*2, b=a+1 | where isnotnull(b) | table b", ["19", "21", "11"]),
    ("* | eval x=if(n>9, \"big\", \"small\") | table x", ["small", "small", "big", "small"]),
    ("* | eval n=null() | where isnull(n) | stats count", ["4"]),
    ("* | eval who=coalesce(errorCode, user) | table who", ["carol", "alice", "AccessDenied", "alice"]),
    ("user=bob | eval {eventName}_n=n | table DeleteUser_n", ["10"]),
  ]) func `expressions see fields`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    ("* | stats count by user", ["alice|2", "bob|1", "carol|1"]),
    ("* | stats count", ["4"]),
    ("user=nobody | stats count by user", []),
    ("* | stats count(eval(n>5)) as big dc(user) as users", ["2|3"]),
    ("* | stats count by errorCode", ["AccessDenied|1"]),
    ("* | stats earliest(_time) as first latest(user) as last", ["1704067200|carol"]),
    ("* | stats values(user) as users max(n) as most", ["alice;bob;carol|10"]),
    (
      "* | bin _time span=1h | stats count by _time | eval _time=_time+0 | table _time count",
      ["1704067200|2", "1704070800|2"]
    ),
    ("* | stats values(u*) as *_seen", ["alice;bob;carol"]),
    ("* | stats perc50(n)", ["9"]),
  ]) func `stats groups`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test(arguments: [
    ("* | sort n | table n", ["5", "9", "10", "-"]),
    ("* | sort - n | table n", ["10", "9", "5", "-"]),
    ("* | sort user, -n | table user n", ["alice|9", "alice|5", "bob|10", "carol|-"]),
    ("* | head 2 | table user", ["carol", "alice"]),
    ("* | tail 2 | table user", ["alice", "bob"]),
    ("* | reverse | table user", ["alice", "bob", "alice", "carol"]),
    ("* | dedup user | table user n", ["carol|-", "alice|9", "bob|10"]),
    ("* | dedup errorCode keepempty=t | table user", ["carol", "alice", "bob", "alice"]),
    ("* | top limit=1 user", ["alice|2|50.000000"]),
    ("* | rare limit=1 user showperc=f", ["carol|1"]),
    (
      "* | rename user as who, n as m | table who m user",
      ["carol|-|-", "alice|9|-", "bob|10|-", "alice|5|-"]
    ),
    ("user=bob | fields user n | fields - _time", ["bob|10"]),
    ("* | table user errorCode | fillnull value=none | head 1", ["carol|none"]),
    ("* | table user ghost | fillnull | head 1", ["carol|-"]),
    ("* | fillnull | stats count by errorCode", ["0|3", "AccessDenied|1"]),
    ("* | table n* | head 1", ["-"]),
    ("* | head (user!=\"bob\") | table user", ["carol", "alice"]),
  ]) func `rows and columns`(text: String, expected: [String]) throws {
    #expect(try run(text, events: events).rows == expected)
  }

  @Test func `a search without columns gives time, mentioned fields and the event`() throws {
    #expect(try run("user=bob n=10", events: events).names == ["_time", "user", "n", "_raw"])
  }

  @Test func `a field that nothing makes is null and is said to be`() throws {
    let result = try run("* | stats count by user | table usr", events: events)
    #expect(result.warnings == ["unknown-field"])
    #expect(result.rows == ["-", "-", "-"])
  }

  @Test(arguments: [
    "* | transaction user name=sessions",
    "* | chart dedup_splitvals=t count over user by n",
  ]) func `an option that would change the result is refused by name`(_ text: String) {
    #expect(complaints(text, events: events).contains("unsupported-option"))
  }

  @Test func `a limit on the index time is said to be passed over`() {
    #expect(complaints("_index_earliest=-1h user=bob", events: events) == ["index-time-ignored"])
  }
}
