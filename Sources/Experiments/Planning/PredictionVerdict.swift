import Tables

/// What became of an experiment's prediction, written into its file after the run.
///
/// It decides no trial and no claim.
public struct PredictionVerdict: Equatable, Sendable {
  /// The verdict in a word.
  public let word: Word
  /// What in the results says so, in a sentence.
  public let reason: String

  /// The verdicts there can be.
  public enum Word: String, CaseIterable, Sendable {
    /// All of it came true.
    case confirmed
    /// A part came true, another did not.
    case partly
    /// It did not come true.
    case contradicted
    /// The results do not decide.
    case undecided
  }
}

extension Node {
  /// `{ prediction: …, because: … }`.
  func predictionVerdict() throws(InputError) -> PredictionVerdict {
    let object = try object(keys: ["prediction", "because"])
    return PredictionVerdict(
      word: try object.required("prediction").word(PredictionVerdict.Word.self),
      reason: try object.required("because").string("what in the results says so, in a sentence"))
  }
}
