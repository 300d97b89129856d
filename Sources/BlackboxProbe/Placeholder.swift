enum BlackboxProbePlaceholder {}
