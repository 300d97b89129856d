import ServiceLifecycle
import Logging
enum LapwingEnginePlaceholder {}
