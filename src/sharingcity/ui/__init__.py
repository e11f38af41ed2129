"""How the product looks: tokens, components, drawings, layout."""
