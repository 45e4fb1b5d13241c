"""Words before and after a person's name that say what the person is.

General English: honorifics, ranks (NATO forces and police), offices. `OFFICES` are the
nouns that head an office; the relation says what holding it means to an organisation.
"""

from __future__ import annotations

from collections.abc import Mapping

from curation.extraction.lexicon.wordlist import word_set

HONORIFICS = word_set(
    """
    mr mrs ms miss mx dr doctor prof professor sir dame lord lady baroness baron
    rev reverend father sister brother pastor bishop archbishop cardinal pope
    rabbi imam sheikh shaykh sheik mullah maulana maulvi mawlawi molvi ayatollah
    hojatoleslam haji hajji qari mufti sayyid king queen prince princess emir
    sultan honourable honorable excellency
    """
)

RANKS = word_set(
    """
    general gen lieutenant lt colonel col major maj captain capt commander cmdr
    cdr sergeant sgt corporal cpl private pvt pfc specialist spc admiral adm
    commodore marshal brigadier brig staff warrant officer airman seaman ensign
    inspector superintendent constable detective sheriff marine gunnery master
    chief first second vice rear field petty
    """
)

# Heads of offices with the relation-kind code that they are to what they are of.
OFFICES: Mapping[str, str] = {
    **dict.fromkeys(
        word_set(
            """
    president chairman chairwoman chairperson chair head leader chief director
    co-director premier chancellor king queen emir sultan monarch ruler governor
    mayor commander commander-in-chief secretary minister commissioner
    secretary-general boss ceo dean rector captain principal
    president-elect warlord kingpin
    """
        ),
        "leads",
    ),
    **dict.fromkeys(
        word_set(
            """
    vice-president deputy spokesman spokeswoman spokesperson ambassador envoy
    senator congressman congresswoman representative lawmaker legislator mp
    deputy councillor councilman adviser advisor counsel fellow judge justice
    prosecutor attorney treasurer undersecretary under-secretary negotiator
    consul diplomat delegate rapporteur coordinator official officer inspector
    superintendent professor lecturer vice-chairman
    """
        ),
        "holds_office_in",
    ),
    **dict.fromkeys(
        word_set(
            """
    analyst expert researcher reporter correspondent journalist editor columnist
    scholar academic scientist economist lawyer consultant worker employee
    operative agent policeman doctor nurse engineer manager
    strategist specialist historian activist photographer producer author writer
    contributor aide
    """
        ),
        "works_for",
    ),
    **dict.fromkeys(["founder", "co-founder", "cofounder"], "founded"),
}

# What may stand between or before the nouns of an office: "former", "deputy" …
OFFICE_WORDS = word_set(
    """
    former ex acting interim deputy vice assistant senior top chief first prime
    foreign defence defense interior finance home justice health education trade
    energy oil information state under permanent special joint national general
    lead leading principal associate executive managing political security
    military new late current outgoing incoming then supreme grand press
    attorney non-resident resident visiting independent veteran opposition
    shadow cabinet regional provincial district local police army navy
    intelligence culture transport labour labor agriculture treasury research
    policy legal field
    """
)

# Offices written with a capital that stand before a name as part of the title.
TITLE_NOUNS = word_set(
    """
    president premier chancellor minister secretary governor mayor senator
    congressman congresswoman representative ambassador envoy spokesman
    spokeswoman spokesperson chairman chairwoman chief director commander leader
    judge justice attorney speaker commissioner deputy official analyst advisor
    adviser coordinator emperor secretary-general correspondent reporter editor
    """
)
# A secretary, a director … with one of these before is not the head of the body.
LOWERING = word_set(
    "press assistant deputy vice under permanent parliamentary associate private junior"
)
# Who leads a state, so that the title alone says of what.
RULERS = word_set("president premier chancellor king queen emir sultan monarch")
