"""What figures count: English nouns for people by the group they belong to, and things.

Lemmas in lower case. The groups are those of fixtures/reference/group.yaml; a noun
stands in the narrowest group that it names by itself, whoever writes it. Nouns for
people of no group in particular count as "all".
"""

from __future__ import annotations

from curation.extraction.lexicon.wordlist import word_set

PERSONS: dict[str, frozenset[str]] = {
    "all": word_set(
        """
        person people man woman individual human victim resident citizen
        national foreigner member crew passenger occupant survivor boy girl
        teenager teen youth adult infant baby toddler brother sister father
        mother son daughter wife husband relative friend neighbor
        neighbour official employee staff staffer worker laborer labourer miner
        driver pilot doctor nurse medic teacher professor student journalist
        reporter photographer cameraman lawyer judge magistrate politician
        lawmaker legislator senator deputy minister mayor governor ambassador
        diplomat priest bishop nun imam cleric monk activist protester protestor
        demonstrator supporter follower migrant refugee evacuee other dead
        businessman merchant trafficker smuggler criminal robber thief gangster
        dealer suspect accomplice assailant attacker bomber murderer killer
        hitman assassin bodyguard guard watchman contractor engineer technician
        adviser advisor expert consultant volunteer peacekeeper firefighter
        rescuer paramedic facilitator associate operative collaborator informant
        candidate councilman prosecutor representative delegate soul life
        casualty fatality detractor defector deserter fisherman sailor
        actor artist writer editor manager director owner clerk cashier customer
        guest player fan athlete coach patient cook servant maid gardener
        chauffeur personnel trainer instructor interpreter translator physicist
        scientist male combatant financier courier recruiter bombmaker
        bomb-maker emir lookout sniper shooter mercenary kidnapper hijacker
        planner organizer organiser coordinator intruder burglar looter rioter
        """
    ),
    "civilians": word_set(
        """
        civilian child kid villager peasant farmer bystander passerby passer-by
        pedestrian noncombatant non-combatant worshipper worshiper pilgrim
        shopper tourist schoolchild schoolgirl schoolboy pupil shepherd
        churchgoer commuter motorist townspeople townsman
        """
    ),
    "militants": word_set(
        """
        militant insurgent fighter rebel terrorist guerrilla guerilla jihadist
        jihadi extremist gunman mujahideen separatist subversive islamist
        militiaman
        """
    ),
    "commanders": word_set(
        "commander subcommander sub-commander warlord ringleader kingpin"
    ),
    "security_forces": word_set(
        """
        soldier troop serviceman servicewoman servicemember trooper policeman
        policewoman police officer cop marine airman paratrooper gendarme
        commando infantryman conscript lieutenant captain sergeant corporal
        colonel major general private paramilitary ranger ltcol cadet guardsman
        constable
        """
    ),
    "prisoners": word_set("prisoner inmate detainee captive convict hostage"),
    "spies": word_set("spy spymaster"),
}
GROUPS = {noun: group for group, nouns in PERSONS.items() for noun in nouns}
# Heads that name nobody without a word beside them: "service members", "team leader".
LEADERS = word_set("leader chief head chieftain lieutenant adviser")
MILITANT_WORDS = word_set(
    """
    militant insurgent rebel terrorist guerrilla guerilla jihadist extremist
    islamist fighter militia subversive
    """
)
SECURITY_WORDS = word_set(
    """
    army police military security troop soldier marine navy naval air-force
    border infantry battalion brigade coalition service guard patrol
    """
)
SOLDIERS = word_set(
    """
    soldier troop serviceman servicewoman servicemember marine airman sailor
    trooper paratrooper infantryman ranger
    """
)
POLICE = word_set("policeman policewoman police officer cop constable")
AMERICAN = frozenset(("american", "americans", "u.s.", "us", "u.s"))
CITIZENS = word_set("citizen national resident passport-holder evacuee")
# Endings of English nouns for people, where no list has the noun.
PERSON_ENDINGS = (
    "man", "men", "woman", "women", "ist", "ists", "eer", "eers", "ee", "ees", "ant",
    "ants", "ian", "ians", "people", "person",
)  # fmt: skip

DEVICES = word_set(
    """
    bomb ied mine landmine explosive device warhead grenade detonator
    booby-trap petard mortar shell
    """
)
EQUIPMENT = word_set(
    """
    humvee vehicle tank truck helicopter aircraft plane airplane jet drone
    gunship warplane bomber-plane boat ship vessel warship submarine
    motorcycle car bus van pickup tanker convoy-truck rifle gun weapon
    firearm pistol handgun shotgun machinegun machine-gun launcher rocket
    missile cannon howitzer mrap apc carrier bulldozer ak-47 ak-47s ak47
    ak47s m-16 m16 rpg
    """
)
ATTACKS = word_set(
    """
    attack blast explosion bombing raid strike airstrike air-strike ambush
    assault shooting offensive incursion shelling bombardment massacre
    """
)
MEETINGS = word_set("meeting summit")
# Of these something else is counted: "several rounds of talks".
ROUNDS = word_set("round series session")
TALKS = word_set("talk talks negotiation negotiations meeting meetings")
ITEMS = {
    **dict.fromkeys(DEVICES, "devices"),
    **dict.fromkeys(EQUIPMENT, "equipment"),
    **dict.fromkeys(ATTACKS, "attacks"),
    **dict.fromkeys(MEETINGS, "meetings"),
}
# What is counted but is nobody: units, money, things, animals, pieces of time.
NOBODY = word_set(
    """
    percent percentage cent dollar pound euro peso rupee afghani rial ruble
    yen cents kilometer kilometre km mile meter metre foot inch yard block
    acre hectare gram kilogram kilo kg ton tonne liter litre gallon barrel
    bullet round cartridge magazine second minute hour day week month year
    decade century time occasion night morning point vote seat goal game
    match floor story page line word letter number part half third quarter
    piece kind type sort form way side area region province district city
    town village house home building structure compound tower bridge school
    store hospital shop office room apartment pole pylon document file case
    charge count question reason factor issue problem thing horse cow dog
    cat sheep goat bird animal livestock elephant camel donkey country
    nation state company group unit organization organisation party faction
    front base camp post outpost checkpoint cache stage phase step bag box
    suitcase computer phone radio shot operation
    cattle sheep pig hog chicken hen duck goose turkey fish whale dolphin shark turtle
    bear wolf deer elk lion leopard cheetah jaguar rhino
    rhinoceros hippo giraffe zebra monkey ape gorilla chimpanzee snake crocodile
    alligator rat mouse rabbit bee insect mosquito pet puppy kitten calf cub lamb
    buffalo bison tree species
    character song album film movie bill proposal plan project idea career
    """
)
