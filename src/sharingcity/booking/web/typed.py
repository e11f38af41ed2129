"""What was typed, with names instead of codes."""

from sharingcity.booking.queries.order_choices import OrderChoices
from sharingcity.booking.web.drafts import Draft
from sharingcity.booking.web.presenters import draft_pairs
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import Pair


def pairs_of(draft: Draft, choices: OrderChoices) -> list[Pair]:
    group = next((localised(one.names) for one in choices.groups if one.code == draft.group), "")
    titles = {extra.listing.code: localised(extra.listing.titles) for extra in choices.extras}
    extras = [(titles[extra], count) for extra, count in draft.extras.items() if extra in titles]
    reduction = next((localised(one.names) for one in choices.reductions if one.code == draft.reduction), "")
    return draft_pairs(draft, group, extras, reduction)
