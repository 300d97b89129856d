enum LapwingProbesPlaceholder {}
