#!/usr/bin/env python3
"""Writes CloudTrail logs of any size, the same for the same seed, with attacks planted in them.

    generate.py --events 1000000 --out DIR

DIR/AWSLogs/ACCOUNT/CloudTrail/REGION/....json.gz holds the events in files of up to 800, DIR/expected.json what the
rules for cloud service hijacking must find: `now`, the rows of the KQL rule and those of the SPL rule. Between the
attacks the services concerned are used far below the rules' thresholds. Standard library only.
"""
import argparse, collections, gzip, json, os, random, time

END = 1_768_435_200  # 2026-01-15T00:00:00Z
HOURS = 48
REGIONS = ["us-east-1", "us-east-1", "us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2", "sa-east-1"]
ACCOUNTS = ["104512345678", "205523456789", "306534567890", "407545678901"]
# service, weight, operations
SERVICES = [
    ("s3", 26, "GetObject PutObject ListObjects HeadObject GetBucketAcl GetBucketLocation DeleteObject"),
    ("sts", 18, "AssumeRole GetCallerIdentity AssumeRoleWithWebIdentity"),
    ("ec2", 15, "DescribeInstances DescribeVolumes DescribeSubnets RunInstances CreateTags DescribeImages"),
    ("kms", 12, "Decrypt Encrypt GenerateDataKey DescribeKey"),
    ("dynamodb", 7, "GetItem PutItem Query DescribeTable"),
    ("logs", 6, "CreateLogStream PutLogEvents DescribeLogGroups"),
    ("iam", 5, "GetRole ListRoles GetUser CreateAccessKey ListAccessKeys"),
    ("lambda", 4, "Invoke ListFunctions GetFunction20150331v2"),
    ("cloudformation", 3, "DescribeStacks ListStacks"),
    ("secretsmanager", 2, "GetSecretValue ListSecrets"),
]
AGENTS = (
    ["aws-cli/2.15.%d Python/3.11.6 Linux/5.10 exe/x86_64 prompt/off command/s3.cp" % n for n in range(40)]
    + ["Boto3/1.34.%d md/Botocore#1.34 ua/2.0 os/linux lang/python#3.12 exec-env/AWS_Lambda_python3.12" % n for n in range(60)]
    + ["APN/1.0 HashiCorp/1.0 Terraform/1.%d.%d (+https://www.terraform.io) terraform-provider-aws/5.%d.0"
       % (n % 4 + 4, n % 9, n % 7) for n in range(60)]
    + ["aws-sdk-go/1.50.%d (go1.21; linux; amd64)" % n for n in range(40)]
    + [s + ".amazonaws.com" for s in ("s3", "ec2", "lambda", "cloudformation")])


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class Generator:
    def __init__(self, events, seed):
        self.r, self.events = random.Random(seed), events
        people = max(40, min(2000, events // 400))
        self.people = [self.person(n) for n in range(people)]
        self.buckets = ["data-%03d" % n for n in range(250)]

    def person(self, n):
        account = ACCOUNTS[n % len(ACCOUNTS)]
        ips = ["10.%d.%d.%d" % (n % 200, n // 200, k) if n % 3 else "198.51.100.%d" % (n % 250) for k in range(1 + n % 4)]
        if n % 2:
            arn = "arn:aws:iam::%s:user/user-%04d" % (account, n)
            who = {"type": "IAMUser", "principalId": "AIDA%012d" % n, "arn": arn, "accountId": account,
                   "accessKeyId": "AKIA%012d" % n, "userName": "user-%04d" % n}
        else:
            arn = "arn:aws:sts::%s:assumed-role/role-%03d/session-%04d" % (account, n % 90, n)
            who = {"type": "AssumedRole", "principalId": "AROA%012d:session-%04d" % (n % 90, n), "arn": arn, "accountId": account,
                   "accessKeyId": "ASIA%012d" % n, "sessionContext": {"sessionIssuer": {
                       "type": "Role", "arn": "arn:aws:iam::%s:role/role-%03d" % (account, n % 90)},
                       "attributes": {"creationDate": stamp(END - 86400 * 3), "mfaAuthenticated": "false"}}}
        return {"who": who, "ips": ips, "region": REGIONS[n % len(REGIONS)], "agents": [AGENTS[(n * 7 + k) % len(AGENTS)] for k in range(3)]}

    def event(self, at, person, service, name, error="", ip=None, request=None):
        r = self.r
        record = {"eventVersion": "1.09", "userIdentity": person["who"], "eventTime": stamp(at),
                  "eventSource": service + ".amazonaws.com", "eventName": name, "awsRegion": person["region"],
                  "sourceIPAddress": ip or r.choice(person["ips"]), "userAgent": r.choice(person["agents"])}
        if error:
            record["errorCode"] = error
            record["errorMessage"] = "User: %s is not authorized to perform: %s:%s" % (person["who"]["arn"], service, name)
        if request is None:
            request = self.request(service)
        record.update({
            "requestParameters": request, "responseElements": None,
            "requestID": "%032x" % r.getrandbits(128), "eventID": "%032x" % r.getrandbits(128), "readOnly": name[0] in "DGL",
            "eventType": "AwsApiCall", "managementEvent": service != "s3", "recipientAccountId": person["who"]["accountId"],
            "eventCategory": "Data" if service == "s3" else "Management",
            "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256",
                           "clientProvidedHostHeader": service + "." + person["region"] + ".amazonaws.com"}})
        return at, person, record

    def request(self, service):
        r = self.r
        if service == "s3":
            bucket = r.choice(self.buckets)
            return {"bucketName": bucket, "Host": bucket + ".s3.amazonaws.com", "key": "year=2026/part-%06d.parquet" % r.randrange(10**6)}
        if service == "dynamodb":
            return {"tableName": "table-%02d" % r.randrange(30), "key": {"id": "%08x" % r.getrandbits(32)}}
        if service == "ec2":
            return {"instancesSet": {"items": [{"instanceId": "i-%017x" % r.getrandbits(68)}]}, "filterSet": {}}
        return None if r.random() < 0.3 else {"name": "item-%d" % r.randrange(5000), "maxResults": 100}

    def background(self, count):
        r = self.r
        names = [(service, operations.split()) for service, _, operations in SERVICES]
        weights = [weight for _, weight, _ in SERVICES]
        errors = ["", "", "", "", "", "", "", "", "", "", "", "AccessDenied", "ThrottlingException"]
        for _ in range(count):
            person = self.people[min(int(r.expovariate(6) * len(self.people)), len(self.people) - 1)]
            service, operations = r.choices(names, weights)[0]
            yield self.event(END - 1 - r.randrange(HOURS * 3600), person, service, r.choice(operations), r.choice(errors))

    def bursts(self):
        """Calls in one hour by one identity: (service, operation, calls)."""
        plans = [("ses", "SendEmail", 150), ("ses", "SendRawEmail", 1100), ("sns", "Publish", 260), ("sns", "Publish", 700),
                 ("bedrock", "InvokeModel", 60), ("bedrock", "InvokeModelWithResponseStream", 520),
                 ("ses", "SendEmail", 90), ("sns", "PublishBatch", 180), ("bedrock", "InvokeModel", 45)]
        for number, (service, name, calls) in enumerate(plans):
            person = self.attacker(number, temporary=number == 1)
            hour = END - (3 + 2 * number) * 3600
            for call in range(calls):
                yield self.event(hour + 600 + call * 2400 // calls, person, service, name, ip=person["ips"][0], request={"n": call})
        # Enabled, then abused an hour later; and enabled too long before.
        for number, (delay, enable, name) in enumerate([(1, "CreateEmailIdentity", "SendEmail"), (7, "CreateTopic", "Publish")]):
            person = self.attacker(50 + number)
            start = END - 12 * 3600
            service = "ses" if name == "SendEmail" else "sns"
            yield self.event(start, person, service, enable, ip=person["ips"][0], request={})
            for call in range(20):
                yield self.event(start + delay * 3600 + call * 30, person, service, name, ip=person["ips"][0], request={"n": call})

    def attacker(self, number, temporary=False):
        person = self.person(2 * number + 1)
        person["who"] = dict(person["who"], arn="arn:aws:iam::%s:user/%s-%d" % (
            person["who"]["accountId"], "tmp" if temporary else "sender", number))
        person["ips"] = ["203.0.113.%d" % (number + 1)]
        return person

    def run(self, out):
        planted = list(self.bursts())
        files = collections.defaultdict(list)
        for group in (planted, self.background(max(0, self.events - len(planted)))):
            for at, person, record in group:
                files[person["who"]["accountId"], person["region"], at // 3600].append((at, json.dumps(record, separators=(",", ":"))))
        for (account, region, hour), records in sorted(files.items()):
            records.sort()
            for part in range(0, len(records), 800):
                day = time.strftime("%Y/%m/%d", time.gmtime(hour * 3600))
                folder = os.path.join(out, "AWSLogs", account, "CloudTrail", region, day)
                os.makedirs(folder, exist_ok=True)
                name = "%s_CloudTrail_%s_%d_%03d.json.gz" % (account, region, hour, part // 800)
                text = '{"Records":[' + ",".join(record for _, record in records[part:part + 800]) + "]}"
                with gzip.GzipFile(os.path.join(folder, name), "wb", 6, mtime=0) as file:
                    file.write(text.encode())
        with open(os.path.join(out, "expected.json"), "w") as file:
            json.dump(dict(now=stamp(END), events=self.events, **expected([record for _, _, record in planted])), file, indent=1)


def expected(records):
    """What both rules find, worked out by plain counting: (service, calls, identity) of each row."""
    limits = {"ses.amazonaws.com": ("AWS SES", 100), "sns.amazonaws.com": ("AWS SNS", 200), "bedrock.amazonaws.com": ("AWS Bedrock", 50)}
    enabling = {"CreateEmailIdentity", "CreateTopic"}
    hours, usage, first, enabled = collections.Counter(), collections.Counter(), {}, []
    for record in records:
        who, at = record["userIdentity"]["arn"], record["eventTime"]
        if record["eventName"] in enabling:
            enabled.append((who, at))
            continue
        hours[record["eventSource"], at[:13], who] += 1
        usage[who, record["eventName"]] += 1
        first[who, record["eventName"]] = min(first.get((who, record["eventName"]), at), at)
    bursts = [[limits[source][0], calls, who] for (source, _, who), calls in hours.items() if calls > limits[source][1]]

    def seconds(text):
        return time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))

    abused = [["Multiple SaaS Services", usage[key], who] for who, at in enabled for key in usage
              if key[0] == who and usage[key] > 10 and 0 < seconds(first[key]) - seconds(at) < 6 * 3600]
    return dict(kql=sorted(bursts + abused), spl=sorted(bursts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    Generator(arguments.events, arguments.seed).run(arguments.out)
