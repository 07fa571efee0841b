"""Where people come in. Each module named here has a blueprint `bp`, and may have menu entries in `MENU`."""

BLUEPRINTS = (
    "routes.account",
    "routes.recovery",
    "routes.joining",
    "routes.pages",
    "routes.filing",
    "routes.cases",
    "routes.inbox",
    "routes.documents",
    "routes.notices",
    "routes.progress",
    "routes.guide",
    "routes.records",
    "routes.lookup",
    "routes.imports",
    "routes.api",
    "routes.verify",
    "routes.health",
    "routes.design",
)
