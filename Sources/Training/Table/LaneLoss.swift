import Networks

/// The vector form of a loss: the twin of `Loss` for eight rows.
protocol LaneLoss {
  /// ∂loss/∂z at the logits z for the targets t = ±1; 0 for a row that is not trained on (t = 0).
  ///
  /// `margin` is t·z.
  static func slope(_ z: Lanes, target t: Lanes, margin: Lanes) -> Lanes
}

/// log(1 + e^−t·z).
enum LaneLogistic: LaneLoss {
  /// a − y = −t·σ(−t·z): no digit of a small a or of a small 1 − a is lost.
  @inline(__always)
  static func slope(_ z: Lanes, target t: Lanes, margin: Lanes) -> Lanes {
    -t * FloatFunctions.sigmoid(-margin)
  }
}

/// max(0, 1 − t·z).
enum LaneHinge: LaneLoss {
  @inline(__always)
  static func slope(_ z: Lanes, target t: Lanes, margin: Lanes) -> Lanes {
    .gated(-t, where: margin .< Lanes(repeating: 1))
  }
}

/// ½ (z − t)².
enum LaneSquared: LaneLoss {
  /// z·t² − t, with one rounding: t² is 1, or 0 where nothing is trained.
  @inline(__always)
  static func slope(_ z: Lanes, target t: Lanes, margin: Lanes) -> Lanes {
    multiplyAdd(z, t * t, -t)
  }
}
