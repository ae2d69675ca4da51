import Formats
import Testing

@Suite struct FilePathTests {
  @Test(arguments: [
    ("rules/ses.tests.yml", "ses.tests.yml", "ses.tests", "rules/", "rules/ses.tests"),
    ("ses.kql", "ses.kql", "ses", "", "ses"), ("a.b/plain", "plain", "plain", "a.b/", "a.b/plain"),
    ("a/.hidden", ".hidden", ".hidden", "a/", "a/.hidden"), ("/x.csv", "x.csv", "x", "/", "/x"),
  ])
  func `a path is taken apart`(path: String, name: String, stem: String, folder: String, without: String) {
    let parts = FilePath(path)
    #expect(parts.name == name)
    #expect(parts.stem == stem)
    #expect(parts.folder == folder)
    #expect(parts.withoutEnding == without)
    #expect(parts.isYAML == path.hasSuffix(".yml"))
  }
}
