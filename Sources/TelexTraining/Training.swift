import TelexLanguage

/// Trainers and evaluation of the models that `TelexLanguage` ships.
package enum Training {}
