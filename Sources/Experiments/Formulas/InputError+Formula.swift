package import Tables

extension InputError.Problem {
  /// A formula that cannot be read, or has no value at some n.
  package static func formula(_ text: String, _ error: FormulaError) -> Self {
    .impossible("the formula \"\(text)\" \(error.sentence)")
  }
}
