import Hummingbird
import HummingbirdTLS
import Mustache
enum LapwingWebPlaceholder {}
