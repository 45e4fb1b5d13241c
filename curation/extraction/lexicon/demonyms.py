"""What the people and the things of a country are called in English.

One line per country: ISO 3166-1 alpha-3 code, adjectives, plural nouns for the people.
After the CIA World Factbook's list of nationalities (public domain); what is not listed
here is simply not recognised as belonging to a state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_TABLE = """
AFG|Afghan,Afghani|Afghans,Afghanis
ALB|Albanian|Albanians
DZA|Algerian|Algerians
AGO|Angolan|Angolans
ARG|Argentine,Argentinian|Argentines,Argentinians
ARM|Armenian|Armenians
AUS|Australian|Australians
AUT|Austrian|Austrians
AZE|Azerbaijani,Azeri|Azerbaijanis,Azeris
BHR|Bahraini|Bahrainis
BGD|Bangladeshi|Bangladeshis
BRB|Barbadian|Barbadians
BLR|Belarusian,Belarussian|Belarusians,Belarussians
BEL|Belgian|Belgians
BLZ|Belizean|Belizeans
BEN|Beninese|
BTN|Bhutanese|
BOL|Bolivian|Bolivians
BIH|Bosnian|Bosnians
BWA|Botswanan|Botswanans
BRA|Brazilian|Brazilians
GBR|British,UK,U.K.|Britons,Brits
BRN|Bruneian|Bruneians
BGR|Bulgarian|Bulgarians
BFA|Burkinabe|
MMR|Burmese,Myanmar|
BDI|Burundian|Burundians
KHM|Cambodian|Cambodians
CMR|Cameroonian|Cameroonians
CAN|Canadian|Canadians
CPV|Cape Verdean|Cape Verdeans
CAF|Central African|Central Africans
TCD|Chadian|Chadians
CHL|Chilean|Chileans
CHN|Chinese|
COL|Colombian|Colombians
COM|Comoran,Comorian|Comorans,Comorians
COD|Congolese|
CRI|Costa Rican|Costa Ricans
HRV|Croatian|Croatians,Croats
CUB|Cuban|Cubans
CYP|Cypriot|Cypriots
CZE|Czech|Czechs
DNK|Danish|Danes
DJI|Djiboutian|Djiboutians
NLD|Dutch|
TLS|East Timorese,Timorese|
ECU|Ecuadorian|Ecuadorians
EGY|Egyptian|Egyptians
ARE|Emirati|Emiratis
GNQ|Equatorial Guinean|Equatorial Guineans
ERI|Eritrean|Eritreans
EST|Estonian|Estonians
ETH|Ethiopian|Ethiopians
FJI|Fijian|Fijians
PHL|Filipino,Philippine|Filipinos
FIN|Finnish|Finns
FRA|French|
GAB|Gabonese|
GMB|Gambian|Gambians
GEO|Georgian|Georgians
DEU|German|Germans
GHA|Ghanaian|Ghanaians
GRC|Greek|Greeks
GRD|Grenadian|Grenadians
GTM|Guatemalan|Guatemalans
GIN|Guinean|Guineans
GUY|Guyanese|
HTI|Haitian|Haitians
HND|Honduran|Hondurans
HUN|Hungarian|Hungarians
ISL|Icelandic|Icelanders
IND|Indian|Indians
IDN|Indonesian|Indonesians
IRN|Iranian|Iranians
IRQ|Iraqi|Iraqis
IRL|Irish|
ISR|Israeli|Israelis
ITA|Italian|Italians
CIV|Ivorian|Ivorians
JAM|Jamaican|Jamaicans
JPN|Japanese|
JOR|Jordanian|Jordanians
KAZ|Kazakh,Kazakhstani|Kazakhs,Kazakhstanis
KEN|Kenyan|Kenyans
XKX|Kosovan,Kosovar|Kosovans,Kosovars
KWT|Kuwaiti|Kuwaitis
KGZ|Kyrgyz,Kyrgyzstani|Kyrgyzstanis
LAO|Lao,Laotian|Laotians
LVA|Latvian|Latvians
LBN|Lebanese|
LSO|Basotho|
LBR|Liberian|Liberians
LBY|Libyan|Libyans
LTU|Lithuanian|Lithuanians
LUX|Luxembourgish|Luxembourgers
MKD|Macedonian|Macedonians
MDG|Malagasy|
MWI|Malawian|Malawians
MYS|Malaysian|Malaysians
MDV|Maldivian|Maldivians
MLI|Malian|Malians
MLT|Maltese|
MRT|Mauritanian|Mauritanians
MUS|Mauritian|Mauritians
MEX|Mexican|Mexicans
MDA|Moldovan|Moldovans
MNG|Mongolian|Mongolians
MNE|Montenegrin|Montenegrins
MAR|Moroccan|Moroccans
MOZ|Mozambican|Mozambicans
NAM|Namibian|Namibians
NPL|Nepalese,Nepali|Nepalis
NZL|New Zealand|New Zealanders
NIC|Nicaraguan|Nicaraguans
NGA|Nigerian|Nigerians
NER|Nigerien|Nigeriens
PRK|North Korean|North Koreans
NOR|Norwegian|Norwegians
OMN|Omani|Omanis
PAK|Pakistani|Pakistanis
PSE|Palestinian|Palestinians
PAN|Panamanian|Panamanians
PNG|Papua New Guinean|Papua New Guineans
PRY|Paraguayan|Paraguayans
PER|Peruvian|Peruvians
POL|Polish|Poles
PRT|Portuguese|
QAT|Qatari|Qataris
ROU|Romanian|Romanians
RUS|Russian|Russians
RWA|Rwandan|Rwandans
SLV|Salvadoran,Salvadorean|Salvadorans,Salvadoreans
WSM|Samoan|Samoans
SAU|Saudi,Saudi Arabian|Saudis
SEN|Senegalese|
SRB|Serbian|Serbians,Serbs
SLE|Sierra Leonean|Sierra Leoneans
SGP|Singaporean|Singaporeans
SVK|Slovak|Slovaks
SVN|Slovenian|Slovenes,Slovenians
SLB|Solomon Islander|Solomon Islanders
SOM|Somali|Somalis
ZAF|South African|South Africans
KOR|South Korean|South Koreans
SSD|South Sudanese|
ESP|Spanish|Spaniards
LKA|Sri Lankan|Sri Lankans
SDN|Sudanese|
SUR|Surinamese|
SWE|Swedish|Swedes
CHE|Swiss|
SYR|Syrian|Syrians
TWN|Taiwanese|
TJK|Tajik,Tajikistani|Tajiks,Tajikistanis
TZA|Tanzanian|Tanzanians
THA|Thai|Thais
TGO|Togolese|
TON|Tongan|Tongans
TTO|Trinidadian|Trinidadians
TUN|Tunisian|Tunisians
TUR|Turkish|Turks
TKM|Turkmen|Turkmens
UGA|Ugandan|Ugandans
UKR|Ukrainian|Ukrainians
USA|American,US,U.S.|Americans
URY|Uruguayan|Uruguayans
UZB|Uzbek|Uzbeks
VEN|Venezuelan|Venezuelans
VNM|Vietnamese|
YEM|Yemeni|Yemenis
ZMB|Zambian|Zambians
ZWE|Zimbabwean|Zimbabweans
"""


def _words(line: str, column: int) -> Iterator[tuple[str, str]]:
    code, *columns = line.split("|")
    for word in columns[column].split(","):
        if word:
            yield word, code


def _table(column: int) -> Mapping[str, str]:
    return {
        word: code
        for line in _TABLE.strip().splitlines()
        for word, code in _words(line, column)
    }


ADJECTIVES = _table(0)  # "Afghan" -> "AFG"
PEOPLES = _table(1)  # "Afghans" -> "AFG"
