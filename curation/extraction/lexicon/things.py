"""Capitalised words that head names of things, not of somebody who acts."""

from __future__ import annotations

from curation.extraction.lexicon.wordlist import word_set

# "Law of Armed Conflict", "Geneva Convention", "Operation Desert Storm", "HMS Ocean".
THINGS = word_set(
    """
    law act treaty agreement convention resolution accord accords declaration
    charter constitution protocol operation cessation war battle siege
    revolution uprising crisis conflict award prize medal day week month year
    summit conference dialogue talks forum games cup olympics festival book
    magazine film review report article section chapter passcode hms uss ins fs
    hmas usns mv ss project plan strategy policy index list ceasefire truce
    election elections budget bill amendment code order doctrine process visa
    road building tower hospital stadium theatre theater museum church cathedral
    temple briefing room crossing question answer video photo image file hotel
    palace monument memorial holiday update bulletin newsletter
    christmas easter ramadan virus disease
    pandemic
    """
)
# Abbreviations of things; acronyms of organisations look the same.
ABBREVIATIONS = word_set(
    """
    ied ieds vbied vbieds svbied uav uavs gps gdp hiv aids dna rna pdf tv ufo
    suv suvs rpg rpgs atm atgm manpads sms usb vpn gmt utc est pst edt bst am pm
    ad bc ce bce covid mri ct km kg mw kw gw mph kph faq id ids pow pows wmd
    wmds icbm icbms slbm qa q&a ceo cfo coo mp mps phd md ba ma vip vips idp
    idps ngo ngos pm ppe ai it ict lng lpg oda sop sops cctv sim ddg lgbt lgbtq
    """
)
