"""The demo's pages: invented news of invented sites. index.json says how a crawler would hand each of them in."""
