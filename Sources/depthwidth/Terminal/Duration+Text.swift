extension Duration {
  /// Reads `90s`, `55m`, `2h` or `1h30m`; nil where it is none of these, or no time at all.
  init?(text: String) {
    var seconds = 0
    var digits = ""
    var units: [Character: Int] = ["h": 3600, "m": 60, "s": 1]
    var largest = Int.max
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let number = Int(digits), number < 1_000_000,
        let unit = units.removeValue(forKey: character), unit < largest
      else { return nil }
      seconds += number * unit
      largest = unit
      digits = ""
    }
    guard digits.isEmpty, seconds > 0 else { return nil }
    self = .seconds(seconds)
  }

  /// The time in words, as it is read.
  var text: String {
    let whole = Int(components.seconds)
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }
}
