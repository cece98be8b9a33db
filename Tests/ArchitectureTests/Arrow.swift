/// Who may know whom. What isn't written here is not allowed, in the manifest or in an import.
let arrows: [String: Set<String>] = [
  "TelexModel": [],
  "TelexText": ["TelexModel"],
  "TelexWire": ["TelexModel", "TelexText", "CExpat"],
  "TelexLanguage": ["TelexModel", "TelexText"],
  "TelexAnalysis": ["TelexModel", "TelexText", "TelexLanguage"],
  "TelexSpool": ["CTelexShims", "Crypto"],
  "TelexService": [
    "TelexModel", "TelexText", "TelexWire", "TelexLanguage", "TelexAnalysis", "TelexSpool", "CYaml",
    "CTelexShims", "Crypto", "ArgumentParser",
  ],
  "TelexTraining": ["TelexModel", "TelexText", "TelexLanguage", "TelexAnalysis"],
  "telexd": ["TelexService", "TelexSpool", "TelexText", "TelexModel", "ArgumentParser"],
  "telex": ["TelexService", "TelexSpool", "TelexWire", "TelexText", "TelexModel", "ArgumentParser"],
  "telex-train": ["TelexTraining", "TelexModel", "TelexText", "TelexLanguage", "TelexAnalysis", "ArgumentParser"],
  "CTelexShims": [],
  "CExpat": [],
  "CYaml": [],
]

/// Modules of the toolchain that any target may import.
let openModules: Set = ["Glibc", "Synchronization"]

/// Modules of the toolchain that cost start-up time and memory, and the only targets that may import them.
let costlyModules: [String: Set<String>] = [
  "FoundationEssentials": ["TelexService", "TelexTraining", "telex-train"],
  "Foundation": ["TelexTraining", "telex-train"],
  "Dispatch": ["TelexTraining", "telex-train"],
]
