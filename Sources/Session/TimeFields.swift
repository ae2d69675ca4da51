/// What Splunk makes of the time of each event, in UTC as CloudTrail writes it.
///
/// Example: 2024-01-06T03:04:05Z has `date_hour` 3 and `date_wday` `saturday`.
enum TimeFields {
  static let definitions: [String: String] = [
    "date_second": #"tonumber(strftime(_time, "%S"))"#,
    "date_minute": #"tonumber(strftime(_time, "%M"))"#,
    "date_hour": #"tonumber(strftime(_time, "%H"))"#,
    "date_mday": #"tonumber(strftime(_time, "%d"))"#,
    "date_year": #"tonumber(strftime(_time, "%Y"))"#,
    "date_wday": #"lower(strftime(_time, "%A"))"#,
    "date_month": #"lower(strftime(_time, "%B"))"#,
    "date_zone": #"if(isnull(_time), null(), "0")"#,
  ]
}
