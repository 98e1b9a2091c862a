import Experiments
import Findings
import Networks
import Parity
import Tables

/// A network in words: its shape, its weights, and what its units put out.
enum NetworkTable {
  /// Lines of at most `width` characters where the names allow it; numbers have five digits.
  static func text(_ shown: ShownNetwork, _ origin: String, width: Int) -> String {
    let blocks = [head(shown, origin, width)] + weights(shown, width) + [values(shown, width)]
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func head(_ shown: ShownNetwork, _ origin: String, _ width: Int) -> String {
    let shape = shown.network.architecture
    let layers = shape.hidden.map { "\($0) \(shape.activation.rawValue)" }
    var lines = [shown.key, origin]
    lines.append(
      (["\(shape.inputs) inputs (\(shown.coding.rawValue))"] + layers + ["1 output"])
        .joined(separator: ", ")
        + "; \(shape.connections.rawValue), \(shape.parameters) parameters")
    if shown.relevant.count < shape.inputs {
      let bits = shown.relevant.map { "x\($0)" }.joined(separator: ", ")
      lines.append("the label is the parity of \(bits.isEmpty ? "no bit" : bits)")
    }
    if let judged = shown.judged {
      lines.append(
        "\(judged.solvedRows) of \(judged.rows) rows right, the smallest |logit| is "
          + "\(judged.margin)")
    }
    return lines.map { Wrap.text($0, width: width, indent: 2) }.joined()
  }

  /// A table for each layer: a line for each unit, a column for its bias and for each weight.
  private static func weights(_ shown: ShownNetwork, _ width: Int) -> [String] {
    let names = shown.names
    let network = shown.network
    let layers = network.architecture.layers
    return layers.enumerated().map { index, layer in
      let units = layer.outputs.indices.map { $0 - layer.outputs.lowerBound }
      let biases = units.map { short(network.parameters[layer.biases.lowerBound + $0]) }
      let columns = layer.inputs.enumerated().map { place, input in
        [names[input]]
          + units.map {
            short(network.parameters[layer.weights(intoUnit: $0).lowerBound + place])
          }
      }
      let title =
        "weights into " + (index == layers.count - 1 ? "the output" : "layer \(index + 1)")
      return title + "\n"
        + Table(
          names: ["unit"] + layer.outputs.map { names[$0] }, columns: [["bias"] + biases] + columns
        ).text(width: width)
    }
  }

  private static func values(_ shown: ShownNetwork, _ width: Int) -> String {
    guard let profile = shown.profile else {
      return Wrap.text(
        "values by the count of ones: more than 2^\(CountProfile.maximumBits) rows, and inputs that "
          + "are not weighed alike", width: width)
    }
    let names = shown.names.dropFirst(shown.network.architecture.inputs)
    let columns = (0...shown.relevant.count).map { count in
      ["\(count)", "\(count % 2)"] + profile.units.map { cell($0[count]) }
    }
    let isMixed = profile.units.joined().contains { $0.least != $0.greatest }
    let title =
      "values by the count of "
      + (shown.relevant.count < shown.names.count - names.count ? "relevant " : "")
      + "ones" + (isMixed ? ": the mean, and (least … greatest) where rows differ" : "")
    return Wrap.text(title, width: width)
      + Table(names: ["ones", "label"] + names, columns: columns).text(width: width)
  }

  /// The value, or the mean and the range where rows with one count differ.
  private static func cell(_ values: CountProfile.Values) -> String {
    let (least, greatest) = (short(values.least), short(values.greatest))
    return least == greatest ? least : "\(short(values.mean)) (\(least) … \(greatest))"
  }

  /// A number with five digits.
  static func short(_ number: Double) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "\(number)" }
    var (mantissa, exponent) = (number, 0)
    while mantissa.magnitude >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa.magnitude < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    guard (-4...5).contains(exponent) else { return "\(mantissa.rounded(places: 4))e\(exponent)" }
    let text = "\(number.rounded(places: max(0, 4 - exponent)))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  // MARK: CSV

  private static let columns = [
    "part", "layer", "unit", "input", "ones", "value", "least", "greatest",
  ]

  /// Every number with all of its digits, a row each.
  static func csv(_ shown: ShownNetwork) -> String {
    let network = shown.network
    let names = shown.names
    var rows = [columns]
    if let judged = shown.judged {
      rows.append(["margin", "", "", "", "", "\(judged.margin)", "", ""])
    }
    let inputs = network.architecture.inputs
    let profile = shown.profile
    for (index, layer) in network.architecture.layers.enumerated() {
      for (unit, output) in layer.outputs.enumerated() {
        func row(_ part: String, _ input: String, _ ones: String, _ values: [Double]) {
          let texts = values.map { "\($0)" }
          rows.append(
            [part, "\(index + 1)", names[output], input, ones] + texts
              + Array(repeating: "", count: 3 - texts.count))
        }
        row("bias", "", "", [network.parameters[layer.biases.lowerBound + unit]])
        for (place, input) in zip(layer.weights(intoUnit: unit), layer.inputs) {
          row("weight", names[input], "", [network.parameters[place]])
        }
        for (count, values) in (profile?.units[output - inputs] ?? []).enumerated() {
          row("value", "", "\(count)", [values.mean, values.least, values.greatest])
        }
      }
    }
    return rows.map(CSV.line).joined()
  }
}
