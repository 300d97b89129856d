import GRDB
enum LapwingStorePlaceholder {}
