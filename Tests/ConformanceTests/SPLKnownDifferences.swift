/// Searches that Splunk answers otherwise, each with its reason.
enum SPLKnownDifferences {
  static let reasons: [String: String] = [
    "a-cmd-fillnull-b531d5ff": emptyColumn,
    "a-eval-bit-178fbbe4": "a number beyond 2^53 is a real, and shown as one",
    "a-eval-math-1de435e6": "a number beyond 2^53 is a real, and shown as one",
    "c-cmd-convert-14223c02": sixDecimals,
    "c-cmd-fields-18de2fb7": "`fields` gives its fields in the order in which they are named",
    "c-eval-arith-2bb364a3": sixDecimals,
    "c-regex-pcre-c975a5d2": "back-references are refused: matching stays linear in the text",
    "c-time-strptime-0b79738b": sixDecimals,
    "c-time-strptime-1ec9a228": sixDecimals,
    "c-time-strptime-2241f2d4": sixDecimals,
    "c-time-strptime-5fcaba51": sixDecimals,
    "c-time-strptime-a51cee87": sixDecimals,
  ]

  private static let sixDecimals = "the same number; zeros behind the point are not shown"
  private static let emptyColumn = "a column without any value is shown where a search names it"
}
