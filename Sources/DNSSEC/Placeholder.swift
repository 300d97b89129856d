enum DNSSECPlaceholder {}
