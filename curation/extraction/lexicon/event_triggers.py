"""The kinds of events that words tell of.

A sense is one kind of event: its PLOVER type and mode, ACLED sub-event and contexts
(codes of fixtures/reference/), the roles of the one who does it and the one to whom
it is done. `family` groups senses that may be one and the same happening: a bombing,
an attack and a killing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sense:
    """One kind of event. `rank`: the more its words tell, the higher (0 to 3)."""

    name: str
    family: str
    type: str | None
    mode: str | None
    acled: str | None
    contexts: tuple[str, ...]
    agent: str
    patient: str
    rank: int


# name | family | type.mode | ACLED sub-event | contexts | agent > patient | rank
_TABLE = """
killing            | violence    | ASSAULT | Attack | | perpetrator > victim | 1
wounding           | violence    | ASSAULT | Attack | | perpetrator > victim | 0
assassination      | violence    | ASSAULT.targeted | Attack | | perpetrator > victim | 3
execution          | violence    | ASSAULT.targeted | Attack | | perpetrator > victim | 2
massacre           | violence    | ASSAULT | Attack | | perpetrator > victim | 2
shooting           | violence    | ASSAULT.firearms | Attack | | perpetrator > victim | 2
bombing            | violence    | ASSAULT.explosives | Remote explosive/landmine/IED | | perpetrator > target | 3
suicide bombing    | violence    | ASSAULT.suicide-attack | Suicide bomb | terrorism | perpetrator > target | 4
air strike         | violence    | ASSAULT.aerial | Air/drone strike | military | perpetrator > target | 3
drone strike       | violence    | ASSAULT.drone | Air/drone strike | military | perpetrator > target | 3
shelling           | violence    | ASSAULT.heavy-weapons | Shelling/artillery/missile attack | military | perpetrator > target | 2
attack             | violence    | ASSAULT | | | perpetrator > target | 1
fighting           | violence    | ASSAULT | Armed clash | military | participant > participant | 1
offensive          | violence    | ASSAULT | Armed clash | military | perpetrator > target | 1
beating            | violence    | ASSAULT.beat | Attack | | perpetrator > victim | 1
destruction        | violence    | ASSAULT.destroy | Looting/property destruction | | perpetrator > target | 0
defeat             | defeat      | ASSAULT | Armed clash | military | perpetrator > target | 1
overthrow          | defeat      | ASSAULT | | | perpetrator > target | 2
torture            | torture     | ASSAULT.torture | Attack | human_rights | perpetrator > victim | 1
rape               | rape        | ASSAULT.sexual | Sexual violence | | perpetrator > victim | 2
kidnapping         | abduction   | ASSAULT.abduct | Abduction/forced disappearance | | perpetrator > victim | 3
arson              | arson       | ASSAULT.primitive | Looting/property destruction | | perpetrator > target | 2
robbery            | robbery     | COERCE.seize | Looting/property destruction | crime | perpetrator > target | 2
takeover           | takeover    | COERCE.seize | Non-state actor overtakes territory | military | perpetrator > target | 2
seizure            | seizure     | COERCE.seize | Disrupted weapons use | | perpetrator > target | 0
arrest             | arrest      | COERCE.arrest | Arrests | legal | perpetrator > target | 1
deportation        | arrest      | COERCE.deport | | migration | perpetrator > target | 1
curfew             | restriction | COERCE.curfew | | | perpetrator > target | 1
martial law        | restriction | COERCE.martial-law | | | perpetrator > target | 1
ban                | restriction | COERCE.restrict | | | perpetrator > target | 1
release            | release     | RETREAT.release | Other | legal | initiator > beneficiary | 1
withdrawal         | withdrawal  | RETREAT.withdraw | | military | initiator > recipient | 1
surrender          | surrender   | RETREAT.disarm | | military | initiator > recipient | 1
resignation        | resignation | RETREAT.resign | | executive | initiator > recipient | 1
end of war         | end of war  | RETREAT | | military | initiator > recipient | 1
ceasefire          | ceasefire   | CONCEDE | Agreement | military | initiator > recipient | 1
evacuation         | evacuation  | AID | | migration | initiator > recipient | 1
aid                | aid         | AID | | | initiator > recipient | 1
training           | aid         | AID | | military | initiator > recipient | 1
cooperation        | cooperation | COOPERATE | | | participant > participant | 1
shared information | cooperation | COOPERATE | | intelligence | initiator > recipient | 1
talks              | talks       | CONSULT | | diplomatic | participant > participant | 1
visit              | visit       | CONSULT.visit | | diplomatic | initiator > host | 1
agreement          | agreement   | AGREE | Agreement | diplomatic | participant > participant | 1
recognition        | support     | SUPPORT | | diplomatic | initiator > recipient | 1
sanctions          | sanctions   | SANCTION.discontinue | | economic | initiator > target | 1
expulsion          | sanctions   | SANCTION.expel | | diplomatic | initiator > target | 1
conviction         | conviction  | SANCTION.convict | | legal | initiator > target | 1
accusation         | accusation  | ACCUSE.allege | | | initiator > target | 1
condemnation       | accusation  | ACCUSE.disapprove | | | initiator > target | 1
threat             | threat      | THREATEN.violence | | | speaker > target | 1
protest            | protest     | PROTEST.demo | Peaceful protest | rights_freedoms | participant > target | 1
riot               | protest     | PROTEST.riot | Violent demonstration | | participant > target | 2
work stoppage      | strike      | PROTEST.strike | | economic | participant > target | 1
deployment         | deployment  | MOBILIZE.troops | | military | initiator > participant | 1
change of sides    | joining     | | Change to group/activity | military | participant > recipient | 1
news conference    | press       | | | | speaker > participant | 1
"""  # noqa: E501  # a table reads better unbroken


def _sense(row: str) -> Sense:
    name, family, kind, acled, contexts, roles, rank = (
        cell.strip() for cell in row.split("|")
    )
    type_, _, mode = kind.partition(".")
    agent, patient = roles.split(" > ")
    return Sense(
        name,
        family,
        type_ or None,
        mode or None,
        acled or None,
        tuple(contexts.split()),
        agent,
        patient,
        int(rank),
    )


SENSES: dict[str, Sense] = {
    sense.name: sense for sense in map(_sense, _TABLE.strip().splitlines())
}
