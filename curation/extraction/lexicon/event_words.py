"""General English words that decide what an event trigger is worth."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# People and bodies of people, in the singular. Enough of them to tell "captured a
# leader" from "captured a town"; names are told by the tagger.
PEOPLE = _set(
    """
    activist adviser aide airman ally ambassador analyst archbishop army assailant
    assassin associate athlete attacker attorney authority baby band battalion bishop
    bodyguard bomber boy brigade brother bystander campesino candidate captain captive
    cardinal cell chairman chief child citizen civilian clergyman cleric colleague
    colonel column comedian commander commando commissioner community company
    congressman conscript consul contingent contractor convoy correspondent councilman
    councilor councillor couple criminal crowd daughter dealer defector defendant
    delegate delegation demonstrator deputy detachment detainee dignitary diplomat
    director dissident doctor driver drug-trafficker editor elder emir employee
    employer engineer envoy escort executive extremist facilitator faction family
    farmer fatality father fighter figure firefighter fisherman force foreigner friend
    front fugitive gang general girl governor group guard guerrilla guerilla gunman
    head hitman hostage hundred husband individual infant informant inhabitant inmate
    insider insurgent intelligence interpreter jesuit journalist judge juror kidnapper
    killer labourer laborer lawmaker lawyer leader leadership legislator lieutenant
    magistrate major man manager marine marshal mastermind mayor mechanic medic member
    men mercenary merchant militant militia militiaman miner minister mob mother
    movement murderer narcoterrorist narcotrafficker national negotiator newsman nun
    nurse occupant officer official operative opponent organization organisation owner
    paramilitary paratrooper parishioner partner party passenger passer-by passerby
    pastor patient patriot patrol patrolman peacekeeper peasant pedestrian people
    person perpetrator personality personnel photographer pilot pilgrim platoon poet
    police policeman policemen policewoman policewomen politician pope population
    preacher president priest prisoner professor prosecutor protester protestor
    psychologist publisher pupil raider rebel recruit refugee regiment reporter
    representative rescuer reservist resident rival robber ruler sailor sapper
    scientist secretary security senator separatist sergeant servant shopkeeper sister
    sniper soldier someone son specialist spokesman spokeswoman spy squad squadron
    staff student subject subversive suicide-bomber supporter suspect teacher team
    technician teenager terrorist thief thousand thug tourist trader trafficker
    traveler traveller treasurer troop unionist unit vendor vice-president victim
    vigilante villager visitor volunteer voter waiter warlord widow wife witness woman
    women worker youngster youth
    """
)
# Those who fight for a living or a cause: killing them may be war, not crime.
FIGHTERS = _set(
    """
    army battalion brigade column combatant commander commando contingent extremist
    fighter force guerrilla guerilla insurgent militant military militia militiaman
    paratrooper patrol platoon rebel regiment sapper sergeant soldier squad squadron
    subversive terrorist trooper troop unit marine
    """
)
# Those whom the word itself calls the doers of an act of violence.
ASSAILANTS = _set(
    """
    aggressor arsonist assailant assassin attacker bomber gunman hijacker hitman
    kidnapper kidnaper killer murderer perpetrator raider robber shooter slayer sniper
    suicide-bomber terrorist
    """
)
# Those who fight outside the law or against a government.
OUTLAWS = _set(
    """
    extremist gang gangster guerrilla guerilla insurgent jihadist jihadi militant
    militia militiaman narcoterrorist paramilitary rebel separatist subversive
    """
)
# Nouns for those who fight for a body of their own ("FARC rebels"), and for the body.
MEMBERS = OUTLAWS | _set(
    """
    cell column combatant commando faction fighter front group movement organisation
    organization squad terrorist unit
    """
)
# Doers of whom such a noun alone says nothing about who they are.
NAMELESS = (
    ASSAILANTS
    | MEMBERS
    | _set(
        """
        individual leader man member people person someone
        """
    )
)
WEAPONS: dict[str, str] = {
    word: mode
    for mode, words in {
        "explosives": "bomb carbomb car-bomb dynamite explosive ied mine landmine tnt "
        "grenade detonator petard firebomb semtex charge device",
        "firearms": "gun gunfire gunshot rifle pistol revolver shotgun machinegun "
        "machine-gun submachinegun submachine-gun ak-47 m-16 bullet firearm handgun",
        "heavy-weapons": "rocket mortar missile artillery tank rpg howitzer bazooka",
        "aerial": "aircraft helicopter warplane airplane jet airstrike gunship",
        "drone": "drone",
        "primitive": "knife machete axe stone dagger sword club cocktail",
        "crowd-control": "teargas baton truncheon",
        "unconventional": "sarin chlorine",
    }.items()
    for word in words.split()
}
# Weapons only where the words around them say so.
UNSURE_WEAPONS = _set("charge device club")
EXPLOSIVE = _set("explosive incendiary demolition plastic powerful homemade")
HANDLING = _set(
    """
    arm beat blow carry defuse detonate explode fire go hit hurl lay leave plant place
    put set strike throw toss use wield
    """
)
# Places that things are done to.
STRUCTURES = _set(
    """
    airport ambulance apartment aqueduct bank bar barracks base booth branch bridge
    building bus business cafe camp car center centre checkpoint church clinic club
    college company compound consulate convent courthouse dealership dam embassy
    enterprise establishment facility factory farm garrison gate headquarters highway
    home hospital hotel house hut installation institute kiosk ladder library line
    locomotive mall market mill mission monument mosque newspaper office outpost palace
    parish pipeline plane plant pole police-station pole port post power-line prison
    property pylon radio railroad railway residence restaurant road school seminary
    shop shrine site stadium stand station store structure substation supermarket
    synagogue system table telephone temple terminal theater theatre tower train
    transformer truck tunnel university vehicle village warehouse window
    """
)
GROUND = _set(
    """
    airport area base bridge camp capital checkpoint city district garrison harbour
    headquarters hill island outpost port position post province region stronghold
    territory town village country neighborhood neighbourhood
    """
)

HYPOTHETICAL_AUX = _set("may might could would can should must ought need")
FUTURE_AUX = _set("will shall 'll wo gon going")
# What follows these as an infinitive did happen, if they did.
IMPLICATIVE = _set(
    """
    manage begin start continue proceed help keep force lead use come go see hear watch
    find allow let make say report seem appear believe allege accuse know suspect claim
    think understand consider be cause prompt enable dare
    """
)
# What follows these somebody has decided on.
PLANNING = _set(
    """
    plan intend prepare vow promise pledge threaten decide agree accept announce
    resolve order schedule commit swear intention decision vow promise pledge plot
    """
)
# An attempt on a life is an event by itself (PLOVER's targeted: "or tries to kill").
ATTEMPTED = _set("kill murder assassinate bomb kidnap abduct shoot attack hijack blow")
TRYING = _set("try attempt")
WISHING = _set("fear hope want expect wish urge demand doubt")
# What stands under these was wanted, feared or warded off.
UNREAL_VERBS = _set(
    """
    avert avoid call consider demand discourage discuss expect fear foil forbid foresee
    hope oppose prevent propose risk seek thwart try attempt urge want warn wish aim
    deter defend protect counter curb need require end stop combat halt resist train
    help facilitate support refuse fail decline cease like advocate justify
    """
)
UNREAL_NOUNS = _set(
    """
    ability aim attempt capability capacity case chance danger effort fear goal hope
    idea likelihood need possibility potential proposal prospect purpose readiness risk
    right state threat type use war warning way wave kind act history policy method
    strategy culture escalation campaign law plan intention
    """
)
BLAMING = _set("attribute ascribe blame")
ACCUSING = _set("accuse suspect charge implicate involve convict link")
DENY = _set("deny refute reject disclaim")
REPORTS = _set("accusation allegation charge claim report rumor rumour version")
POSSIBLE = _set("possible potential likely imminent impending hypothetical eventual")
UNREAL_ADJECTIVES = _set(
    """
    future planned further threatened any no other such similar verbal
    personal heart political legal diplomatic economic
    """
)
COUNTLESS = _set("any no every each such more other all many most")
# Heads that a trigger may stand before without losing its sense: "the attack site".
SITES = _set("site scene victim suspect wave series spree plot campaign")
PERSONAL = _set("he him she her they them who whom us we i")
# Of "a number of soldiers", the soldiers count.
MEASURES_OF = _set("number group dozen hundred thousand score couple series")
COMPLEMENTS = _set(
    "prt dobj nsubjpass prep advmod acomp oprd xcomp attr dative relcl advcl ccomp"
)  # dependencies in which a verb's fixed companion may stand
LOCATIVE = _set(
    """
    in at near on outside inside around across throughout within from of off into
    along between toward towards via to
    """
)
# Objects and subjects that name no participant.
NOBODY = _set(
    """
    casualty death loss damage responsibility life place fact result action incident
    event case day year month week hour time morning night afternoon today yesterday
    area part charge way fire bomb weapon power control war attention sentence order
    """
)
SOME = _set("several two three some few various twin")
