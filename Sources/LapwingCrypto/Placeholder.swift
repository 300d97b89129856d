enum LapwingCryptoPlaceholder {}
