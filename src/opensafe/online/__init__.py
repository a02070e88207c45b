"""The only room that may use the network: asks a provider about one credential, when somebody has typed it."""
