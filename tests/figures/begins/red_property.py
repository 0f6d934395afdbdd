"""M3 红色物业."""

from tests.factories import red_property


def reviewed(reviewed_on):
    return red_property.PropertyRatingFactory(state="reviewed", reviewed_on=reviewed_on)


def with_party(party_founded_on):
    return red_property.PropertyCompanyFactory(
        party_organization="党支部", party_founded_on=party_founded_on
    )


BEGINS = {
    "property_companies": (red_property.PropertyCompanyFactory, "started_on"),
    "red_property_companies": (with_party, "party_founded_on"),
    "rated_compounds": (reviewed, "reviewed_on"),
    "well_rated_compounds": (reviewed, "reviewed_on"),
}
