#!/usr/bin/env python3
"""Writes the corpus of small Parquet files beside this script, with the writers that logs come from.

    make.py --install VENV     makes a venv with the pinned packages (about 250 MB)
    make.py                    writes the files anew; run it with that venv's python

`values-*.parquet` hold the same rows of many types in many encodings, which are `values.ndjson`; `events-*.parquet` the
events of `events.ndjson` in the shapes of those who store CloudTrail as Parquet.
"""
import argparse, datetime, decimal, json, os, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Environment"))
from pinned import install

PACKAGES = ["pyarrow==17.0.0", "duckdb==1.1.3", "polars==1.12.0"]
HERE = os.path.dirname(os.path.abspath(__file__))
UTC = datetime.timezone.utc


def path(name): return os.path.join(HERE, name)


# Values of many types

ROWS = 48


def values():
    rows = []
    for n in range(ROWS):
        gap = n % 7 == 3
        rows.append({
            "whole": None if gap else n * 1_000_003 - 20_000_000,
            "small": n % 5,
            "real": None if n % 11 == 2 else n * 0.25 - 3,
            "flag": None if n % 13 == 5 else n % 3 == 0,
            "word": ["alpha", "beta", "gamma", "delta"][n % 4],
            "text": None if gap else f"text \"{n}\" é {'x' * (n % 9)}",
            "time": datetime.datetime(2026, 3, 1 + n % 3, n % 24, n % 60, n % 59, 123000 if n % 4 == 0 else 0, UTC),
            "day": datetime.date(2026, 2, 1 + n % 28),
            "price": decimal.Decimal(n * 101 - 700) / 100,
            "list": None if n % 9 == 4 else [None if k == 2 else k * n for k in range(n % 5)],
            "inner": None if n % 10 == 6 else {"name": f"n{n % 6}", "deep": {"id": n, "tags": [f"t{k}" for k in range(n % 3)]}},
            "pairs": [[f"k{k}", k + n] for k in range(n % 4)],
        })
    return rows


def plain(value):
    """As Trawl prints it in JSON."""
    if isinstance(value, datetime.datetime):
        text = value.strftime("%Y-%m-%dT%H:%M:%S")
        return text + (f".{value.microsecond:06d}0" if value.microsecond else "") + "Z"
    if isinstance(value, datetime.date): return value.strftime("%Y-%m-%d")
    if isinstance(value, decimal.Decimal): return f"{value:.2f}"
    if isinstance(value, dict): return {k: plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list): return [plain(v) for v in value]
    return value


def write_values():
    import pyarrow as pa, pyarrow.parquet as pq
    rows = values()
    with open(path("values.ndjson"), "w") as file:
        for row in rows:
            shown = {k: plain(v) for k, v in row.items()}
            shown["pairs"] = {k: v for k, v in row["pairs"]}
            file.write(json.dumps({k: v for k, v in shown.items() if v is not None}, ensure_ascii=False) + "\n")
    inner = pa.struct([("name", pa.string()), ("deep", pa.struct([("id", pa.int64()), ("tags", pa.list_(pa.string()))]))])
    schema = pa.schema([
        ("whole", pa.int64()), ("small", pa.int32()), ("real", pa.float64()), ("flag", pa.bool_()), ("word", pa.string()),
        ("text", pa.string()), ("time", pa.timestamp("us", "UTC")), ("day", pa.date32()), ("price", pa.decimal128(12, 2)),
        ("list", pa.list_(pa.int64())), ("inner", inner), ("pairs", pa.map_(pa.string(), pa.int64()))])
    for row in rows: row["pairs"] = [tuple(pair) for pair in row["pairs"]]
    table = pa.Table.from_pylist(rows, schema=schema)

    def arrow(name, table=table, **options):
        pq.write_table(table, path(f"values-pyarrow-{name}.parquet"), **{"row_group_size": 24, "store_schema": False, **options})

    arrow("snappy", compression="snappy", version="1.0")
    arrow("none-v2", compression="none", data_page_version="2.0", version="2.6")
    arrow("gzip-v2", compression="gzip", data_page_version="2.0")
    arrow("zstd", compression="zstd", use_dictionary=False)
    arrow("lz4", compression="lz4", data_page_size=64)
    arrow("fallback", compression="zstd", dictionary_pagesize_limit=40, data_page_size=64, write_batch_size=4)
    arrow("delta", compression="zstd", use_dictionary=False, data_page_version="2.0", column_encoding={
        "whole": "DELTA_BINARY_PACKED", "small": "DELTA_BINARY_PACKED", "time": "DELTA_BINARY_PACKED", "day": "DELTA_BINARY_PACKED",
        "real": "BYTE_STREAM_SPLIT", "word": "DELTA_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY"})
    arrow("spark", compression="snappy", flavor="spark", use_deprecated_int96_timestamps=True, use_compliant_nested_type=False,
          store_decimal_as_integer=True)
    millis = table.set_column(6, "time", table["time"].cast(pa.timestamp("ms", "UTC")))
    arrow("millis", millis, compression="gzip", row_group_size=ROWS)
    nanos = table.set_column(6, "time", table["time"].cast(pa.timestamp("ns", "UTC")))
    arrow("nanos", nanos, compression="snappy", version="2.6", write_statistics=False)

    import duckdb
    base = path("values-pyarrow-snappy.parquet")
    connection = duckdb.connect()
    connection.execute("set timezone='UTC'")
    for codec in ["snappy", "zstd", "gzip", "lz4_raw", "uncompressed"]:
        connection.execute(
            f"copy (select * from read_parquet('{base}')) to '{path(f'values-duckdb-{codec}.parquet')}' (format parquet, codec '{codec}')")

    import polars
    frame = polars.read_parquet(base)
    for codec in ["zstd", "snappy", "lz4", "gzip"]:
        # It has no maps: a list of pairs, which the test leaves out.
        frame.drop("pairs").write_parquet(path(f"values-polars-{codec}.parquet"), compression=codec, row_group_size=20)


# Events in the shapes that they are stored in

def events():
    found = []
    names = [("iam", "CreateUser"), ("s3", "GetObject"), ("sts", "AssumeRole"), ("ec2", "RunInstances"), ("signin", "ConsoleLogin")]
    for n in range(30):
        service, name = names[n % 5]
        user = ["ada", "grace", "linus"][n % 3]
        event = {
            "eventVersion": "1.09", "eventTime": f"2026-03-{1 + n // 10:02d}T{n % 24:02d}:00:00Z", "eventSource": f"{service}.amazonaws.com",
            "eventName": name, "eventID": f"0a1b2c3d-0000-4000-8000-{n:012d}", "awsRegion": ["us-east-1", "eu-west-1"][n % 2],
            "sourceIPAddress": f"198.51.100.{n}", "userAgent": "aws-cli/2.15", "readOnly": name == "GetObject", "eventType": "AwsApiCall",
            "eventCategory": "Management", "recipientAccountId": "123456789012", "requestID": f"r{n}",
            "userIdentity": {"type": "IAMUser", "userName": user, "arn": f"arn:aws:iam::123456789012:user/{user}", "principalId": f"AIDA{user.upper()}",
                             "accountId": "123456789012", "accessKeyId": "AKIAEXAMPLE"},
            "requestParameters": {"userName": f"target{n}", "count": n, "tags": [{"key": "k", "value": "é"}]},
        }
        if n % 4 == 1: event |= {"errorCode": "AccessDenied", "errorMessage": "not \"allowed\""}
        if n % 6 == 2: event["responseElements"] = {"ok": True}
        found.append(event)
    return found


def write_events():
    import pyarrow as pa, pyarrow.parquet as pq
    rows = events()
    with open(path("events.ndjson"), "w") as file:
        for row in rows: file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    time = lambda row: datetime.datetime.fromisoformat(row["eventTime"].replace("Z", "+00:00"))
    text = lambda value: None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def table(rows):
        # What the first row lacks is a column too.
        names = dict.fromkeys(name for row in rows for name in row)
        return pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows])

    # What is guessed has its members in another order.
    parameters = pa.struct([("userName", pa.string()), ("count", pa.int64()),
                            ("tags", pa.list_(pa.struct([("key", pa.string()), ("value", pa.string())])))])

    def plain(rows):
        made = table(rows)
        place = made.schema.get_field_index("requestParameters")
        return made.set_column(place, "requestParameters", pa.array([row["requestParameters"] for row in rows], parameters))

    def write(name, rows, made=None, **options): pq.write_table(made or table(rows), path(f"events-{name}.parquet"), **{"row_group_size": 15, "store_schema": False, **options})

    # The event's text in one column, as forwarders store it.
    write("raw", [{"_raw": text(row), "host": "h", "_time": time(row)} for row in rows], compression="zstd")
    # Members as columns.
    write("plain", rows, plain(rows), compression="snappy")
    # A table of Athena, unloaded.
    lower = lambda value: {k.lower(): lower(v) for k, v in value.items()} if isinstance(value, dict) else value
    write("athena", [{
        **{k.lower(): v for k, v in row.items()}, "useridentity": lower(row["userIdentity"]), "requestparameters": text(row["requestParameters"]),
        "responseelements": text(row.get("responseElements"))} for row in rows], compression="gzip", version="1.0")
    # Azure's export of the table.
    write("azure", [{
        "TenantId": "t", "TimeGenerated": time(row), "EventSource": row["eventSource"], "EventName": row["eventName"], "AwsEventId": row["eventID"],
        "EventVersion": row["eventVersion"], "EventTypeName": row["eventType"], "Category": row["eventCategory"], "AWSRegion": row["awsRegion"],
        "SourceIpAddress": row["sourceIPAddress"], "UserAgent": row["userAgent"], "ErrorCode": row.get("errorCode"),
        "ErrorMessage": row.get("errorMessage"), "ReadOnly": row["readOnly"], "RecipientAccountId": row["recipientAccountId"],
        "AwsRequestId_": row["requestID"], "RequestParameters": text(row["requestParameters"]), "ResponseElements": text(row.get("responseElements")),
        "UserIdentityType": row["userIdentity"]["type"], "UserIdentityUserName": row["userIdentity"]["userName"],
        "UserIdentityArn": row["userIdentity"]["arn"], "UserIdentityPrincipalid": row["userIdentity"]["principalId"],
        "UserIdentityAccountId": row["userIdentity"]["accountId"], "UserIdentityAccessKeyId": row["userIdentity"]["accessKeyId"],
        "Type": "AWSCloudTrail"} for row in rows], compression="gzip")
    lake(rows, time, text)
    # Tailpipe writes with DuckDB.
    import duckdb
    snake = lambda value: {"".join("_" + c.lower() if c.isupper() else c for c in k): snake(v) for k, v in value.items()} if isinstance(value, dict) else value
    other = {"sourceIPAddress": "source_ip_address", "eventID": "event_id", "requestID": "request_id"}
    names = lambda key: other.get(key) or "".join("_" + c.lower() if c.isupper() else c for c in key)
    tailpipe = table([{
        **{names(k): v for k, v in row.items()}, "event_time": time(row).replace(tzinfo=None), "user_identity": snake(row["userIdentity"]),
        "request_parameters": text(row["requestParameters"]), "response_elements": text(row.get("responseElements")),
        "tp_id": f"tp{n}", "tp_table": "aws_cloudtrail_log"} for n, row in enumerate(rows)])
    connection = duckdb.connect()
    connection.register("t", tailpipe)
    connection.execute(f"copy t to '{path('events-tailpipe.parquet')}' (format parquet, codec 'snappy')")


def lake(rows, time, text):
    """Security Lake."""
    import pyarrow as pa, pyarrow.parquet as pq
    records = [{
        "class_uid": 6003, "class_name": "API Activity", "time": int(time(row).timestamp() * 1000),
        "metadata": {"product": {"name": "CloudTrail", "version": row["eventVersion"], "feature": {"name": "Management"}}, "version": "1.1.0",
                     "uid": row["eventID"], "event_code": row["eventType"]},
        "api": {"operation": row["eventName"], "service": {"name": row["eventSource"]},
                "request": {"uid": row["requestID"], "data": text(row["requestParameters"])},
                "response": {"error": row.get("errorCode"), "message": row.get("errorMessage"), "data": text(row.get("responseElements"))}},
        "cloud": {"region": row["awsRegion"], "provider": "AWS"}, "http_request": {"user_agent": row["userAgent"]},
        "src_endpoint": {"ip": row["sourceIPAddress"], "domain": None},
        "actor": {"user": {"type": "IAMUser", "name": row["userIdentity"]["userName"], "uid": row["userIdentity"]["arn"],
                           "uid_alt": row["userIdentity"]["principalId"], "account": {"uid": "123456789012"}, "credential_uid": "AKIAEXAMPLE"}},
        "unmapped": [("readOnly", str(row["readOnly"]).lower()), ("recipientAccountId", "123456789012")]} for row in rows]
    table = pa.Table.from_pylist([{k: v for k, v in record.items() if k != "unmapped"} for record in records])
    unmapped = pa.array([record["unmapped"] for record in records], pa.map_(pa.string(), pa.string()))
    pq.write_table(table.append_column("unmapped", unmapped), path("events-security-lake.parquet"), compression="zstd", row_group_size=15, store_schema=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--install", metavar="VENV")
    options = parser.parse_args()
    if options.install:
        install(options.install, PACKAGES)
    else:
        write_values()
        write_events()
