enum LapwingCorePlaceholder {}
