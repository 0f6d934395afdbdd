"""Reading the page of all resources."""


def shown(client, code, **query):
    """Its sections, by the key of their resource."""
    page = client.get(f"/areas/{code}/resources/", query)
    sides = page.context["sides"]
    return {one.resource.key: one for _, sections in sides for one in sections}
