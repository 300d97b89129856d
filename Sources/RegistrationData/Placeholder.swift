enum RegistrationDataPlaceholder {}
