import Engine
import Testing

@Suite struct BacktrackingRiskTests {
  @Test(arguments: [
    "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(x+x+)+y", "^(\\w+\\s?)*$", "^([a-z]+)*\\d", "(a*)*b",
    "^((a|b)?c?)*$",
    "([a-zA-Z]+)*=", "^(.*,)*x$", "(\\d+)*[.]", "^(([a-z])+.)+[A-Z]([a-z])+$", "(ab|a|b|ba)*c",
  ])
  func `more ways than one through a loop are a risk`(_ pattern: String) {
    #expect(BacktrackingRisk.isExponential(pattern))
  }

  @Test(arguments: [
    "abc", "a+b+", "^\\w+(\\s\\w+)*$", "(a+)+", "^(a+,)+$", ".*foo.*", "(?i)^arn:aws:iam::\\d+:role/(.+)$",
    "^(?:[^,]*,){11}P", "(\\d{1,3}\\.){3}\\d{1,3}", "^([^@]+)@(.+)$", "(foo|bar)+x", "^[a-z]+(-[a-z]+)*$",
    "(", "",
  ])
  func `patterns with one way are none`(_ pattern: String) {
    #expect(!BacktrackingRisk.isExponential(pattern))
  }
}
