import Yams
enum LapwingConfigPlaceholder {}
