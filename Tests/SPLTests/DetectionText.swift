/// A detection as it is written in the field; it must parse as it stands.
let detectionText = #"""
  index=aws sourcetype="aws:cloudtrail"
  (eventSource="ses.amazonaws.com" OR eventSource="sns.amazonaws.com" OR eventSource="bedrock.amazonaws.com")
  (eventName="SendEmail" OR eventName="SendRawEmail" OR eventName="SendBulkTemplatedEmail" OR eventName="SendBulkEmail"
   OR eventName="Publish" OR eventName="PublishBatch"
   OR eventName="InvokeModel" OR eventName="InvokeModelWithResponseStream" OR eventName="CreateModelInvocationJob")
  NOT errorCode=*
  | eval ServiceAbused=case(
      eventSource="ses.amazonaws.com", "AWS SES",
      eventSource="sns.amazonaws.com", "AWS SNS",
      eventSource="bedrock.amazonaws.com", "AWS Bedrock",
      true(), "Unknown"
    )
  | eval AttackCategory=case(
      ServiceAbused="AWS SES", "Email Spam or Phishing Campaign",
      ServiceAbused="AWS SNS", "SMS Pumping or Bulk Spam",
      ServiceAbused="AWS Bedrock", "LLM Resource Hijacking (LLMJacking)",
      true(), "SaaS Service Abuse"
    )
  | eval CallerARN=coalesce('userIdentity.arn', 'userIdentity.principalId', "unknown")
  | eval CallerType=coalesce('userIdentity.type', "unknown")
  | bin _time span=1h
  | stats count as EventCount,
          dc(sourceIPAddress) as UniqueIPs,
          values(sourceIPAddress) as SourceIPs,
          earliest(_time) as FirstEvent,
          latest(_time) as LastEvent
          by _time, ServiceAbused, AttackCategory, CallerARN, CallerType, awsRegion
  | eval Threshold=case(
      ServiceAbused="AWS SES", 100,
      ServiceAbused="AWS SNS", 200,
      ServiceAbused="AWS Bedrock", 50,
      true(), 50
    )
  | where EventCount > Threshold
  | eval SuspicionScore=case(
      EventCount > Threshold * 10, 3,
      EventCount > Threshold * 3, 2,
      true(), 1
    )
  | eval SuspicionScore=SuspicionScore + if(UniqueIPs > 3, 1, 0)
  | eval SuspicionScore=SuspicionScore + if(CallerType="AssumedRole", 1, 0)
  | eval SuspicionScore=SuspicionScore + if(match(CallerARN, "(temp|tmp|test|anon|random)"), 1, 0)
  | sort - SuspicionScore, - EventCount
  | table _time, ServiceAbused, AttackCategory, EventCount, Threshold, SuspicionScore,
           CallerARN, CallerType, UniqueIPs, SourceIPs, awsRegion, FirstEvent, LastEvent
  """#
