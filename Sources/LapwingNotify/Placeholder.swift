enum LapwingNotifyPlaceholder {}
