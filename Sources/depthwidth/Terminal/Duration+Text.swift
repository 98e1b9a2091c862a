import Tables

extension Duration {
  /// Reads `90s`, `55m`, `2h` or `1h30m`; nil for any other text, and for 0.
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

  /// A time that was measured, `0.017 s` or `1 min 5 s`: two digits where it is short.
  var measured: String {
    let seconds = self / .seconds(1)
    let places = seconds < 0.1 ? 3 : seconds < 1 ? 2 : 1
    return seconds < 10
      ? "\(max(seconds, 0.001).rounded(places: places)) s" : Self.text(Int(seconds.rounded()))
  }

  /// A time that is estimated, in whole seconds, rounded up.
  static func estimated(_ seconds: Double) -> String {
    seconds < 3e9 ? text(Int(seconds.rounded(.up))) : "centuries"
  }

  private static func text(_ seconds: Int) -> String {
    let larger = [(seconds / 3600, "h"), (seconds / 60 % 60, "min")].drop { $0.0 == 0 }
    return (larger + [(seconds % 60, "s")]).map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// The time as ``init(text:)`` reads it.
  var text: String {
    let whole = Int(components.seconds)
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "m"), (whole % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }
}
