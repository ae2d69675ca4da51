#!/usr/bin/env python3
"""The same work in other engines, each in its own best way.

    peers.py duckdb|chdb cold rule-kql|rule-spl LOGS        the rows of a rule, once, from the files
    peers.py spark cold rule-kql|rule-spl LOGS              the same, with the seconds behind Spark's start
    peers.py duckdb wide NAME LOGS                          the answer to a question about whole events
    peers.py duckdb|chdb|polars hot RUNS LOGS               the analyst queries over a table in memory

Prints JSON: for `cold` {"rows": [[service, calls], ...]}, for `hot` a line for each query with the median in ms, the number
of rows, and the sum of the last column where that is a count. Polars has no way to keep nested JSON of varying shape as
text, so it is given the one nested field that a query needs; it takes no part in the rules.
"""
import calendar, json, os, statistics, sys, time

ENGINE, MODE, CHOICE, LOGS = sys.argv[1:5]
FILES = os.path.join(LOGS, "AWSLogs", "**", "*.json.gz")
with open(os.path.join(LOGS, "expected.json")) as file:
    NOW = calendar.timegm(time.strptime(json.load(file)["now"], "%Y-%m-%dT%H:%M:%SZ"))

# What differs between the dialects of SQL.
DIALECT = {
    "duckdb": dict(hour="date_trunc('hour', t)", distinct="count(DISTINCT %s)", set="list(DISTINCT %s)", latest="arg_max",
                   has="contains(lower(%s), '%s')", regex="regexp_matches(%s, '%s')", member="req->>'$.bucketName'",
                   after="t2 < t1 + INTERVAL 1 HOUR", at="make_timestamp(%d000000)", six="et + INTERVAL 6 HOUR"),
    "chdb": dict(hour="toStartOfHour(t)", distinct="uniqExact(%s)", set="groupUniqArray(%s)", latest="argMax",
                 has="positionCaseInsensitive(%s, '%s') > 0", regex="match(%s, '%s')", member="JSONExtractString(req, 'bucketName')",
                 after="t2 < t1 + INTERVAL 1 HOUR", at="toDateTime(%d, 'UTC')", six="et + INTERVAL 6 HOUR"),
    "spark": dict(hour="date_trunc('hour', t)", distinct="count(DISTINCT %s)", set="collect_set(%s)", latest="max_by",
                  has="contains(lower(%s), '%s')", regex="%s rlike '%s'", member="get_json_object(req, '$.bucketName')",
                  after="t2 < t1 + INTERVAL 1 HOUR", at="timestamp_seconds(%d)", six="et + INTERVAL 6 HOUR"),
}


def analyst_queries(d):
    return {
        "count-by-name": "SELECT name, count(*) FROM ct GROUP BY name ORDER BY count(*) DESC",
        "count-by-hour-arn": "SELECT %(hour)s AS h, arn, count(*) FROM ct GROUP BY h, arn" % d,
        "top-ips": "SELECT ip, " + d["distinct"] % "arn" + " AS d FROM ct GROUP BY ip ORDER BY d DESC LIMIT 10",
        "error-rate": "SELECT src, count(*) AS n, sum(CASE WHEN err <> '' THEN 1 ELSE 0 END) / count(*) FROM ct GROUP BY src",
        "self-join": "SELECT a.arn, count(*) FROM (SELECT t AS t1, arn FROM ct WHERE name = 'CreateAccessKey') a JOIN "
                     "(SELECT t AS t2, arn FROM ct WHERE err = 'AccessDenied') b ON a.arn = b.arn "
                     "WHERE t2 > t1 AND " + d["after"] + " GROUP BY a.arn",
        "contains": "SELECT src, count(*) FROM ct WHERE " + d["has"] % ("ua", "exec-env/aws_lambda") + " GROUP BY src",
        "regex": "SELECT src, count(*) FROM ct WHERE " + d["regex"] % ("ua", "[Tt]erraform/1[.]6[.][0-9]+.*provider-aws/5[.][1-4]") + " GROUP BY src",
        "arg-max": "SELECT arn, max(t), %(latest)s(name, t), %(latest)s(ip, t) FROM ct GROUP BY arn" % d,
        "make-set": "SELECT arn, " + d["set"] % "name" + " FROM ct GROUP BY arn",
        "json-field": "SELECT " + d["member"] + " AS b, count(*) FROM ct WHERE src = 's3.amazonaws.com' GROUP BY b",
        "has-distinct": "SELECT src, count(*) FROM ct WHERE " + d["has"] % ("req", "part-00") + " GROUP BY src",
        "regex-distinct": "SELECT src, count(*) FROM ct WHERE " + d["regex"] % ("req", 'part-[0-9]*7[0-9]*[.]parquet|i-[0-9a-f]{4}0') + " GROUP BY src",
        "rule-kql": kql_rule(d), "rule-spl": spl_rule(d),
    }


SENDING = "('SendEmail','SendRawEmail','SendBulkTemplatedEmail','SendBulkEmail','SendTemplatedEmail')"
PUBLISHING = "('Publish','PublishBatch')"
INVOKING = "('InvokeModel','InvokeModelWithResponseStream','CreateModelInvocationJob','InvokeAgent')"
SERVICES = "('ses.amazonaws.com','sns.amazonaws.com','bedrock.amazonaws.com')"


def kql_rule(d):
    recent = "t > " + d["at"] % (NOW - 86400) + " AND err = ''"
    branch = ("SELECT '%s' AS service, c, arn, kind, ip, region, u, f, l FROM (SELECT " + d["hour"] + " AS h, arn, kind, ip, region, count(*) AS c, "
              + d["distinct"] % "ip" + " AS u, min(t) AS f, max(t) AS l FROM ct WHERE " + recent
              + " AND lower(src) = '%s' AND name IN %s GROUP BY h, arn, kind, ip, region) b WHERE c > %d")
    branches = [branch % one for one in [("AWS SES", "ses.amazonaws.com", SENDING, 100), ("AWS SNS", "sns.amazonaws.com", PUBLISHING, 200),
                                         ("AWS Bedrock", "bedrock.amazonaws.com", INVOKING, 50)]]
    branches.append(
        "SELECT 'Multiple SaaS Services' AS service, c, e.arn AS arn, '' AS kind, ip, region, 1 AS u, et AS f, used AS l FROM "
        "(SELECT t AS et, arn, ip, region FROM ct WHERE " + recent + " AND name IN ('CreateEmailIdentity','VerifyEmailIdentity','PutIdentityPolicy',"
        "'SetSMSAttributes','CreateTopic','PutFoundationModelEntitlement','CreateFoundationModelAgreement','PutModelInvocationLoggingConfiguration')) e "
        "JOIN (SELECT arn, name, count(*) AS c, min(t) AS used FROM ct WHERE " + recent + " AND src IN " + SERVICES + " AND name IN "
        "('SendEmail','SendRawEmail','Publish','PublishBatch','InvokeModel','InvokeModelWithResponseStream') GROUP BY arn, name) s "
        "ON e.arn = s.arn WHERE used > et AND used < " + d["six"] + " AND c > 10")
    return "SELECT * FROM (" + " UNION ALL ".join(branches) + ") r ORDER BY c DESC"


def spl_rule(d):
    service = "CASE lower(src) WHEN 'ses.amazonaws.com' THEN 'AWS SES' WHEN 'sns.amazonaws.com' THEN 'AWS SNS' ELSE 'AWS Bedrock' END"
    return ("SELECT service, c, caller, kind, u, ips, region, h FROM (SELECT " + d["hour"] + " AS h, " + service + " AS service, "
            "coalesce(nullif(arn, ''), nullif(pid, ''), 'unknown') AS caller, coalesce(nullif(kind, ''), 'unknown') AS kind, region, "
            "count(*) AS c, " + d["distinct"] % "ip" + " AS u, " + d["set"] % "ip" + " AS ips FROM ct WHERE lower(src) IN " + SERVICES
            + " AND err = '' AND name IN ('SendEmail','SendRawEmail','SendBulkTemplatedEmail','SendBulkEmail','Publish','PublishBatch',"
            "'InvokeModel','InvokeModelWithResponseStream','CreateModelInvocationJob') GROUP BY h, service, caller, kind, region) g "
            "WHERE c > CASE service WHEN 'AWS SES' THEN 100 WHEN 'AWS SNS' THEN 200 ELSE 50 END ORDER BY c DESC")


def duckdb_engine(wide, condition="true"):
    import duckdb
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    more = ", userAgent VARCHAR, requestParameters JSON" if wide else ""
    record = ("STRUCT(eventTime TIMESTAMP, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR, errorCode VARCHAR, "
              "userIdentity STRUCT(\"type\" VARCHAR, principalId VARCHAR, arn VARCHAR)%s)[]" % more)
    connection.execute(
        "CREATE TABLE ct AS SELECT * FROM (SELECT eventTime AS t, eventSource AS src, eventName AS name, awsRegion AS region, sourceIPAddress AS ip, "
        "coalesce(errorCode, '') AS err, coalesce(userIdentity.arn, '') AS arn, coalesce(userIdentity.\"type\", '') AS kind, "
        "coalesce(userIdentity.principalId, '') AS pid" + (", userAgent AS ua, requestParameters AS req" if wide else "")
        + " FROM (SELECT unnest(Records, max_depth := 2) FROM read_json('%s', format = 'newline_delimited', records = true, "
        "columns = {Records: '%s'}))) WHERE %s" % (FILES, record, condition))
    return lambda sql: connection.execute(sql).fetchall()


def chdb_engine(wide, condition="1"):
    import tempfile
    from chdb import session
    folder = tempfile.mkdtemp()
    engine = session.Session(folder)
    settings = (" SETTINGS input_format_json_ignore_unknown_keys_in_named_tuple = 1, input_format_null_as_default = 1, "
                "input_format_json_defaults_for_missing_elements_in_named_tuple = 1, date_time_input_format = 'best_effort', "
                "input_format_json_read_objects_as_strings = 1, output_format_json_quote_64bit_integers = 0")
    text = "LowCardinality(String)"
    record = ("eventTime DateTime(''UTC''), eventSource {0}, eventName {0}, awsRegion {0}, sourceIPAddress String, errorCode {0}, "
              "userIdentity Tuple(type String, principalId String, arn String)" + (", userAgent String, requestParameters String" if wide else "")).format(text)
    engine.query("CREATE DATABASE IF NOT EXISTS d")
    engine.query("CREATE TABLE d.ct (t DateTime('UTC'), src {0}, name {0}, region {0}, ip {0}, err {0}, arn {0}, kind {0}, pid {0}{1}) "
                 "ENGINE = Memory".format(text, ", ua %s, req String" % text if wide else ""))
    engine.query(
        "INSERT INTO d.ct SELECT r.eventTime AS t, r.eventSource AS src, r.eventName AS name, r.awsRegion AS region, r.sourceIPAddress AS ip, "
        "r.errorCode AS err, r.userIdentity.arn AS arn, r.userIdentity.type AS kind, r.userIdentity.principalId AS pid"
        + (", r.userAgent AS ua, r.requestParameters AS req" if wide else "") + " FROM (SELECT arrayJoin(Records) AS r FROM file('%s', 'JSONEachRow', "
        "'Records Array(Tuple(%s))')) WHERE %s" % (FILES, record, condition) + settings)
    return lambda sql: json.loads(str(engine.query(sql.replace(" ct ", " d.ct ") + settings, "JSONCompact")))["data"]


def spark_engine(condition):
    """As a person would write it: the columns that the rules need, by an explicit schema."""
    from pyspark.sql import SparkSession
    session = (SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
               .config("spark.driver.memory", "4g").config("spark.sql.catalogImplementation", "in-memory").getOrCreate())
    start = time.perf_counter()
    record = ("eventTime: TIMESTAMP, eventSource: STRING, eventName: STRING, awsRegion: STRING, sourceIPAddress: STRING, errorCode: STRING, "
              "userIdentity: STRUCT<type: STRING, principalId: STRING, arn: STRING>")
    files = session.read.schema("Records ARRAY<STRUCT<%s>>" % record).json(os.path.join(LOGS, "AWSLogs"), recursiveFileLookup=True, pathGlobFilter="*.json.gz")
    files.selectExpr("inline(Records)").selectExpr(
        "eventTime AS t", "eventSource AS src", "eventName AS name", "awsRegion AS region", "sourceIPAddress AS ip",
        "coalesce(errorCode, '') AS err", "coalesce(userIdentity.arn, '') AS arn", "coalesce(userIdentity.type, '') AS kind",
        "coalesce(userIdentity.principalId, '') AS pid").where(condition).createOrReplaceTempView("ct")
    return start, lambda sql: [tuple(row) for row in session.sql(sql).collect()]


def polars_queries():
    import polars as pl
    c, s = pl.col, pl.String
    record = pl.Struct(dict(eventTime=s, eventSource=s, eventName=s, sourceIPAddress=s, errorCode=s, userAgent=s, userIdentity=pl.Struct(dict(arn=s)),
                            requestParameters=pl.Struct(dict(bucketName=s))))
    ct = (pl.scan_ndjson(FILES, schema={"Records": pl.List(record)}).select(c("Records").explode()).unnest("Records").select(
        c("eventTime").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us").alias("t"), c("eventSource").alias("src"), c("eventName").alias("name"),
        c("sourceIPAddress").alias("ip"), c("errorCode").fill_null("").alias("err"), c("userAgent").alias("ua"),
        c("userIdentity").struct.field("arn").fill_null("").alias("arn"), c("requestParameters").struct.field("bucketName").alias("bucket"))
        .collect().rechunk())
    keys = ct.lazy().filter(c("name") == "CreateAccessKey").select(c("t").alias("t1"), "arn")
    denied = ct.lazy().filter(c("err") == "AccessDenied").select(c("t").alias("t2"), "arn")
    lazy = ct.lazy()
    return {
        "count-by-name": lazy.group_by("name").agg(pl.len()).sort("len", descending=True),
        "count-by-hour-arn": lazy.group_by(c("t").dt.truncate("1h"), "arn").agg(pl.len()),
        "top-ips": lazy.group_by("ip").agg(c("arn").n_unique().alias("d")).top_k(10, by="d"),
        "error-rate": lazy.group_by("src").agg(pl.len(), (c("err") != "").mean().alias("rate")),
        "self-join": keys.join(denied, on="arn").filter((c("t2") > c("t1")) & (c("t2") < c("t1") + pl.duration(hours=1))).group_by("arn").agg(pl.len()),
        "contains": lazy.filter(c("ua").str.to_lowercase().str.contains("exec-env/aws_lambda", literal=True)).group_by("src").agg(pl.len()),
        "regex": lazy.filter(c("ua").str.contains("[Tt]erraform/1[.]6[.][0-9]+.*provider-aws/5[.][1-4]")).group_by("src").agg(pl.len()),
        "arg-max": lazy.group_by("arn").agg(c("t").max(), c("name").sort_by("t").last(), c("ip").sort_by("t").last()),
        "make-set": lazy.group_by("arn").agg(c("name").unique()),
        "json-field": lazy.filter(c("src") == "s3.amazonaws.com").group_by("bucket").agg(pl.len()),
    }


# Of each of these the way was taken that is fastest here; what the answer does not need is not read.
WIDE = {
    "take-10": ("json", "SELECT * FROM (SELECT unnest(Records) FROM {files}) LIMIT 10"),
    "has-in-request": ("requestParameters VARCHAR, eventSource VARCHAR",
                       "SELECT eventSource, count(*) AS c FROM (SELECT unnest(Records, max_depth := 2) FROM {files}) "
                       "WHERE regexp_matches(requestParameters, '(?i)(^|[^a-z0-9])table($|[^a-z0-9])') GROUP BY eventSource"),
    "bucket-names": ("requestParameters STRUCT(bucketName VARCHAR)",
                     "SELECT requestParameters.bucketName AS b, count(*) AS c FROM (SELECT unnest(Records, max_depth := 2) FROM {files}) GROUP BY b"),
    "raw-word": ("json", "SELECT r->>'$.eventName' AS n, count(*) AS c FROM (SELECT unnest(Records) AS r FROM {files}) "
                 "WHERE contains(CAST(r AS VARCHAR), 'AccessDenied') AND regexp_matches(CAST(r AS VARCHAR), '\\bAccessDenied\\b') GROUP BY n"),
}


def wide(name):
    import duckdb
    kind, sql = WIDE[name]
    record = "JSON[]" if kind == "json" else "STRUCT(%s)[]" % kind
    files = "read_json('%s', format = 'newline_delimited', records = true, columns = {Records: '%s'})" % (FILES, record)
    relation = duckdb.connect().sql(sql.format(files=files))
    return {"columns": relation.columns, "rows": [[str(cell) for cell in row] for row in relation.fetchall()]}


SUMMED = {"count-by-name", "count-by-hour-arn", "top-ips", "self-join", "contains", "regex", "json-field", "has-distinct",
          "regex-distinct"}


def main():
    make = {"duckdb": duckdb_engine, "chdb": chdb_engine}.get(ENGINE)
    if MODE == "wide":
        print(json.dumps(wide(CHOICE)))
        return
    if MODE == "cold":
        condition = "t > " + DIALECT[ENGINE]["at"] % (NOW - 86400) + " AND err = ''" if CHOICE == "rule-kql" else "err = ''"
        if ENGINE == "spark":
            start, query = spark_engine(condition)
            rows = [list(row[:2]) for row in query(analyst_queries(DIALECT[ENGINE])[CHOICE])]
            print(json.dumps({"rows": rows, "seconds": time.perf_counter() - start}))
            return
        query = make(False, condition)
        print(json.dumps({"rows": [list(row[:2]) for row in query(analyst_queries(DIALECT[ENGINE])[CHOICE])]}))
        return
    if ENGINE == "polars":
        work = {name: plan.collect for name, plan in polars_queries().items()}
        rows_of = lambda frame: frame.rows()
    else:
        query = make(True)
        work = {name: (lambda sql=sql: query(sql)) for name, sql in analyst_queries(DIALECT[ENGINE]).items()}
        rows_of = list
    for name, one in work.items():
        times = []
        for _ in range(int(CHOICE)):
            start = time.perf_counter()
            answer = one()
            times.append((time.perf_counter() - start) * 1000)
        rows = rows_of(answer)
        print(json.dumps(dict(name=name, ms=round(statistics.median(times), 3), rows=len(rows),
                              sum=sum(int(row[-1]) for row in rows) if name in SUMMED else 0)), flush=True)


if __name__ == "__main__":
    main()
