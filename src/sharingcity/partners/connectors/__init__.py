"""One folder a connector: what another system publishes, turned into what this one understands."""
