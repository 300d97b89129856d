enum LapwingSimulationPlaceholder {}
