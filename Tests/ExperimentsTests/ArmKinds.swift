import Experiments

extension Arm {
  var trained: TrainedArm? { settings as? TrainedArm }
  var frozen: FrozenArm? { settings as? FrozenArm }
  var choosesDepth: Bool { settings.choosesDepth }
}
