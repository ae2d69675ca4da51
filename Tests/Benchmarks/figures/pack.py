"""A hundred rules in one run against one rule: the files are read once."""
import json, os
from .measuring import ROOT, RULES, in_turn, measured, table

TITLE = "A pack: 100 rules in one run"
SOURCES = ["s3", "sts", "ec2", "kms", "dynamodb", "logs", "iam", "lambda", "cloudformation", "secretsmanager"]
NAMES = ["DeleteObject", "AssumeRole", "RunInstances", "Decrypt", "GetItem", "PutLogEvents", "CreateAccessKey", "Invoke",
         "DescribeStacks", "GetSecretValue"]
# Ten shapes that detection rules take; each runs for ten services.
SHAPES = {
    "burst.kql": """AWSCloudTrail
| where EventSource == "{source}.amazonaws.com" and EventName == "{name}" and isempty(ErrorCode)
| summarize Calls = count(), Addresses = dcount(SourceIpAddress), First = min(TimeGenerated) by bin(TimeGenerated, 1h), UserIdentityArn
| where Calls > {high}""",
    "denied.kql": """AWSCloudTrail
| where EventSource == "{source}.amazonaws.com" and ErrorCode == "AccessDenied"
| summarize Names = make_set(EventName), Denied = count() by UserIdentityArn, SourceIpAddress
| where array_length(Names) >= 3 and Denied > {high}""",
    "agent.kql": """AWSCloudTrail
| where UserAgent has "terraform" and EventSource =~ "{source}.amazonaws.com"
| summarize Calls = count() by UserIdentityArn, UserAgent
| where Calls > {high}""",
    "sequence.kql": """let made = AWSCloudTrail | where EventName == "CreateAccessKey" and isempty(ErrorCode) | project Made = TimeGenerated, UserIdentityArn;
AWSCloudTrail
| where EventName == "{name}" and isempty(ErrorCode)
| summarize Calls = count(), Used = min(TimeGenerated) by UserIdentityArn
| join kind=inner made on UserIdentityArn
| where Used > Made and Used - Made < 5m and Calls > {high}""",
    "rare.kql": """AWSCloudTrail
| where EventSource == "{source}.amazonaws.com"
| summarize Calls = count(), Last = arg_max(TimeGenerated, EventName, AWSRegion) by UserIdentityArn
| where Calls < 2""",
    "failures.spl": """sourcetype=aws:cloudtrail eventSource={source}.amazonaws.com errorCode=*
| bin _time span=1h
| stats count as failures dc(eventName) as names by _time userIdentity.arn
| where failures > {high}""",
    "calls.spl": """sourcetype=aws:cloudtrail eventName={name} NOT errorCode=*
| eval kind=case('userIdentity.type'="IAMUser", "user", 'userIdentity.type'="AssumedRole", "role", true(), "other")
| stats count as calls values(sourceIPAddress) as addresses by userIdentity.arn kind awsRegion
| where calls > {high}""",
    "addresses.spl": """sourcetype=aws:cloudtrail eventSource={source}.amazonaws.com
| stats dc(sourceIPAddress) as addresses count by userIdentity.arn
| where addresses > 3 AND count > {high}""",
    "tool.spl": """sourcetype=aws:cloudtrail eventSource={source}.amazonaws.com userAgent=*aws-cli*
| rex field=userAgent "aws-cli/(?<version>[0-9.]+)"
| stats count as calls by userIdentity.arn version
| where calls > {high}""",
    "regions.spl": """sourcetype=aws:cloudtrail eventName={name}
| stats dc(awsRegion) as regions min(_time) as first max(_time) as last by userIdentity.arn
| where regions > 1""",
}


def measure(setting):
    pack = os.path.join(setting.work, "pack")
    os.makedirs(pack, exist_ok=True)
    for shape, text in SHAPES.items():
        for source, name in zip(SOURCES, NAMES):
            with open(os.path.join(pack, source + "-" + shape), "w") as file:
                file.write(text.format(source=source, name=name, high=30))
    common = ["--logs", setting.logs, "--now", setting.expected["now"], "--format", "json"]
    one = os.path.join(ROOT, RULES["rule-kql"])
    commands = {"one rule": [setting.trawl, "run", one, *common], "100 rules": [setting.trawl, "run", pack, *common]}
    json.loads(measured(commands["100 rules"])[1])
    results = in_turn(commands, setting.runs)
    table(TITLE, ["run", "wall s", "CPU s", "peak MiB", "wall ratio"], [
        [name, "%.2f" % figure["wall"], "%.2f" % figure["cpu"], "%.0f" % figure["peak"],
         "%.2f" % (figure["wall"] / results["one rule"]["wall"])] for name, figure in results.items()])
    return results
