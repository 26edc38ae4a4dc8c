"""What can be counted about contacts, for indicators."""

from lingzhi.contacts.measures import floor, phone, ratings, resolution, voice, volume, written

MEASURES = [
    *voice.MEASURES,
    *phone.MEASURES,
    *floor.MEASURES,
    *written.MEASURES,
    *resolution.MEASURES,
    *ratings.MEASURES,
    *volume.MEASURES,
]
