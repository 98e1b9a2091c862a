/// A flag of a verb; `value` names what follows it, nil for a switch.
struct Flag {
  let name: String
  let value: String?
  let help: String

  static let help = Flag(name: "--help", value: nil, help: "Print this and do nothing else.")
}
