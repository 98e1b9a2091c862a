/// Finds the word that was meant.
public enum Spelling {
  /// The valid word that was meant: the one that has the name `word` elsewhere, or the one with the
  /// fewest edits to it, if these are few enough to be a slip; the first such one in the order given.
  public static func nearest(to word: String, among valid: [String]) -> String? {
    if let ours = ours(for: word, among: valid) { return ours }
    // The dashes of a flag are no letters in which one can slip.
    let limit = max(1, word.drop { $0 == "-" }.count / 3)
    var best: (distance: Int, word: String)?
    for candidate in valid {
      let distance = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      if distance <= limit && distance < best?.distance ?? .max {
        best = (distance, candidate)
      }
    }
    return best?.word
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours (optimal string
  /// alignment) that turn one word into the other.
  static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var rows = [Array(0...second.count)]
    for (i, letter) in first.enumerated() {
      var row = [i + 1]
      for (j, other) in second.enumerated() {
        var least = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == second[j - 1], other == first[i - 1] {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }
}
