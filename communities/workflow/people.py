"""What follows where two records of a person turn out to be one."""

from communities.models import Person
from suzhou_portal.accounts.models import User
from suzhou_portal.merging.merge import merging


@merging(Person)
def confirm_again(kept: Person) -> None:
    """Whose account it is the personnel office confirms anew: the account would open pay of posts
    that it was not confirmed for.
    """
    User.objects.filter(confirmed_person=kept.pk).update(confirmed_person=None)
