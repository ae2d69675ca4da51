extension RegexCase {
  static let lookAround: [RegexCase] = [
    .perl("a(?=b)", "ac ab", ["a"], at: 3),
    .perl("a(?=b)", "ac a", nil),
    .perl("a(?!b)", "ab ac", ["a"], at: 3),
    .perl("a(?!b)", "a", ["a"], at: 0),
    .perl("(?<=b)a", "ca ba", ["a"], at: 4),
    .perl("(?<!b)a", "ba ca", ["a"], at: 4),
    .perl("(?<!b)a", "a", ["a"], at: 0),
    .perl("^(?!.*(?:root|admin)).*$", "user ann", ["user ann"]),
    .perl("^(?!.*(?:root|admin)).*$", "user admin 1", nil),
    .perl("^(?=.*a)(?=.*b).*c$", "xbxaxc", ["xbxaxc"]),
    .perl("^(?=.*a)(?=.*b).*c$", "xaxaxc", nil),
    .perl(#"(?<=user=)(?<user>\w+)"#, "id=1 user=ann x", ["ann", "ann"], at: 10),
    .perl(#"(?<user>\w+)(?=@)"#, "mail ann@example.com", ["ann", "ann"], at: 5),
    .perl(#"(?<key>[a-z]+)=(?<value>.*?)(?=,|$)"#, "k=v w,z=1", ["k=v w", "k", "v w"], at: 0),
    .perl(#"(?<!\\)""#, #"\" ""#, ["\""], at: 3),
    // A look-behind may be as long as it likes.
    .perl("(?<=a.*)b", "b a b", ["b"], at: 4),
    .perl("(?<=ab|c)d", "d bd cd", ["d"], at: 6),
    // Within each other.
    .perl("a(?=b(?!c))", "abc abd", ["a"], at: 4),
    .perl("(?<!x(?=ab))ab", "xab ab", ["ab"], at: 4),
    .perl("(?=(?=ab)a)ab(?<=(?<=a)b)", "ab", ["ab"]),
    .perl("(?!(?!a))a", "ba", ["a"], at: 1),
    // Assertions inside see the whole text.
    .perl(#"a(?=\b)"#, "ab a.", ["a"], at: 3),
    .perl("(?<=^a)b", "b ab", nil),
    .perl("(?<=^a)b", "ab", ["b"], at: 1),
    .perl("a(?=$)", "a a", ["a"], at: 2),
    .perl("(?m)(?<=^)b", "a\nb", ["b"], at: 2),
    // Repeated, in alternatives, in groups.
    .perl("(?:(?!ab).)+", "xxab", ["xx"], at: 0),
    .perl("(?:a(?=b)|b(?=c))+", "abbc", ["a"], at: 0),
    .perl("((?=a)a|(?=b)b)+c", "abac", ["abac", "a"]),
    .perl("(?=a)*b", "b", ["b"]),
    .perl("(?=)a", "a", ["a"]),
    .perl("(?!)a", "a", nil),
    .perl("(?<=)a", "a", ["a"]),
    // Groups in a negative one are there and empty.
    .perl("(?!(b))(a)", "ba", ["a", nil, "a"], at: 1),
    // Flags and case.
    .perl("(?i)(?<=USER:)ann", "user:ANN", ["ANN"], at: 5),
    .perl("(?=(?i)A)a", "a", ["a"]),
    .perl("(?=(?i)B)b|C", "c", nil),
    // No place lies inside a scalar.
    .perl("(?<=é)a", "éa", ["a"], at: 2),
    .perl("(?<!é)a", "éa a", ["a"], at: 4),
    .perl("(?!^)", "é", [""], at: 2),
    .perl(".(?=é)", "日é", ["日"], at: 0),
    .perl("(?<=日)é(?=日)", "é日é日", ["é"], at: 5),
    // Possessive and atomic parts inside.
    .perl("a(?=b++)", "abb", ["a"]),
    .perl("(?=(?>a|ab))ab", "ab", ["ab"]),
    // A published rule's shapes.
    .perl(
      #"(?<!\.)evil\.example(?!\.org)"#, "x.evil.example evil.example.org evil.example", ["evil.example"],
      at: 32),
    .perl(#"^(?!(?:10|192\.168)\.)\d+(?:\.\d+){3}$"#, "192.168.0.1", nil),
    .perl(#"^(?!(?:10|192\.168)\.)\d+(?:\.\d+){3}$"#, "192.169.0.1", ["192.169.0.1"]),
  ]
}
