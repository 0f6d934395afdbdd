"""Steps that tests of the data for other systems share."""

from suzhou_portal.open_data import identifier

SERVICES, ORGANIZATIONS = "/data/services.json", "/data/organizations.json"


def everything(client, path, **query):
    """All objects of a list, page by page."""
    number, found = 1, []
    while True:
        page = client.get(path, query | {"page": number, "per_page": 40}).json()
        assert page["size"] == len(page["contents"])
        assert page["first_page"] == (number == 1)
        found += page["contents"]
        if page["last_page"]:
            pages = number if found else 0
            assert (page["total_items"], page["total_pages"]) == (len(found), pages)
            assert page["empty"] == (not found)
            return found
        number += 1


def ids(client, path, **query):
    return [one["id"] for one in everything(client, path, **query)]


def of(*services):
    return [identifier("service", one.pk) for one in services]
