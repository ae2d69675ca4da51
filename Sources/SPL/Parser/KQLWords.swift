/// What the words of KQL are called in SPL, for messages.
enum KQLWords {
  /// Operators after a pipe.
  static let commands: [String: String] = [
    "as": "no named results; use a macro or `append`", "consume": "`stats count`", "count": "`stats count`",
    "distinct": "`dedup` or `stats count by`", "evaluate": "`xyseries`, `chart` or `spath`",
    "extend": "`eval`", "getschema": "`fields`", "invoke": "a macro", "join": "`join`", "let": "a macro",
    "limit": "`head`", "lookup": "`lookup`", "make-series": "`timechart`", "materialize": "a macro",
    "mv-apply": "`mvexpand` or `eval x=mvmap(…)`", "mv-expand": "`mvexpand`", "mvapply": "`mvexpand`",
    "order": "`sort`", "parse": "`rex`", "parse-where": "`rex`", "partition": "`streamstats`",
    "print": "`makeresults | eval`", "project": "`table`", "project-away": "`fields -`",
    "project-keep": "`fields`", "project-rename": "`rename`", "project-reorder": "`table`",
    "render": "`chart`", "sample": "`head`", "sample-distinct": "`dedup`", "scan": "`streamstats`",
    "serialize": "`streamstats`", "summarize": "`stats`", "take": "`head`", "top-nested": "`top`",
    "groupby": "`stats … by`", "select": "`table`", "filter": "`where` or `search`",
  ]

  /// Words that a KQL text begins with, and what stands for them in SPL.
  static let beginnings: [String: String] = [
    "AWSCloudTrail": "`sourcetype=aws:cloudtrail`", "AuditLogs": "`sourcetype=…`",
    "AzureActivity": "`sourcetype=…`", "DeviceProcessEvents": "`sourcetype=…`",
    "OfficeActivity": "`sourcetype=…`", "SecurityEvent": "`sourcetype=…`", "SigninLogs": "`sourcetype=…`",
    "let": "macros for named parts",
  ]

  /// Functions and aggregates.
  static let functions: [String: String] = [
    "ago": "`relative_time(now(), \"-1d\")`",
    "arg_max": "`dedup` over rows that are newest first, or `latest(…)`",
    "arg_min": "`earliest(…)`", "array_length": "`mvcount`", "bin": "the command `bin`",
    "column_ifexists": "`coalesce`", "countif": "`count(eval(…))`",
    "datetime_diff": "a difference of seconds",
    "dcount": "`dc`", "dcountif": "`dc(eval(if(…, x, null())))`", "extract": "the command `rex`",
    "extract_all": "`rex max_match=0`", "format_datetime": "`strftime`", "iff": "`if`", "iif": "`if`",
    "ipv4_is_in_range": "`cidrmatch`", "ipv4_is_match": "`cidrmatch`", "isempty": "`isnull(x) OR x=\"\"`",
    "isnotempty": "`isnotnull(x) AND x!=\"\"`", "make_list": "`list`", "make_set": "`values`",
    "makelist": "`list`", "makeset": "`values`", "parse_json": "`json_extract`, or the command `spath`",
    "percentile": "`perc95(x)`", "replace_regex": "`replace`", "replace_string": "`replace`",
    "row_number": "`streamstats count`", "strcat": "`a.b`, which joins texts", "strcat_array": "`mvjoin`",
    "strlen": "`len`", "substring": "`substr`, which counts from 1", "sumif": "`sum(eval(if(…, x, 0)))`",
    "take_any": "`first`", "todatetime": "`strptime`", "todouble": "`tonumber`",
    "todynamic": "`json_extract`",
    "tolong": "`tonumber`", "tolower": "`lower`", "toreal": "`tonumber`", "toupper": "`upper`",
    "url_decode": "`urldecode`", "variance": "`var`",
  ]

  /// String operators, with a way to say the same in `search`.
  static let searchOperators: [String: String] = [
    "contains": "field=\"*text*\"", "contains_cs": "field=\"*text*\"", "endswith": "field=\"*text\"",
    "endswith_cs": "field=\"*text\"", "has": "field=\"*text*\"", "has_all": "field=\"*a*\" field=\"*b*\"",
    "has_any": "field IN (\"*a*\", \"*b*\")", "has_cs": "field=\"*text*\"", "hasprefix": "field=\"text*\"",
    "hassuffix": "field=\"*text\"", "startswith": "field=\"text*\"", "startswith_cs": "field=\"text*\"",
    "in~": "field IN (\"a\", \"b\")",
  ]

  /// String operators, with a way to say the same in `where` and `eval`.
  static let evalOperators: [String: String] = [
    "between": "`x>=a AND x<=b`", "contains": "`like(field, \"%text%\")`",
    "contains_cs": "`like(field, \"%text%\")`", "endswith": "`like(field, \"%text\")`",
    "endswith_cs": "`like(field, \"%text\")`", "has": "`match(field, \"(?i)\\btext\\b\")`",
    "has_all": "`match(…) AND match(…)`", "has_any": "`match(field, \"(?i)a|b\")`",
    "has_cs": "`match(field, \"\\btext\\b\")`", "hasprefix": "`match(field, \"(?i)\\btext\")`",
    "hassuffix": "`match(field, \"(?i)text\\b\")`", "matches": "`match(field, \"regex\")`",
    "startswith": "`like(field, \"text%\")`", "startswith_cs": "`like(field, \"text%\")`",
  ]
}
