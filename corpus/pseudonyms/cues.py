# ruff: noqa: E501 - a list is read by its lines
"""Words that stand before or after names of people, in Dutch, French and English; a module of lists.

Each list is the inside of a regular expression: words, alternatives set apart by a bar. They are compared
without case.
"""

from __future__ import annotations


def _either(*lines: str) -> str:
    return "|".join(lines)


DOCTOR = _either(
    r"do[ck]ters?|huisarts|arts|chirurg|cardioloog|neuroloog|specialist|psychiater|tandarts|pediater|geriater|internist|drs?",
    r"docteure?|doctoresse|médecin(?: traitant)?|chirurgien(?:ne)?|cardiologue|neurologue|psychiatre|dentiste|pédiatre|prof\.? (?:dr|em)",
    r"doctor|doc|GP|surgeon|consultant|registrar|cardiologist|neurologist|psychiatrist|paediatrician|geriatrician|oncologist",
)
NURSE = _either(
    r"(?:hoofd|thuis|nacht|wijk)?verpleegkundige|verpleegster|verpleger|vroedvrouw|zorgkundige",
    r"infirmière|infirmier|sage-femme|aide-soignante?",
    r"HCA|HCSW|RN|SHO|SpR|ANP|CNS|OT|SLT|MSW",
    r"nurse|midwife|matron|health visitor",
)
PATIENT = _either(
    r"patiënte?|bewoonster|bewoner|cliënte?|gebruiker",
    r"patiente?|résidente?|bénéficiaire|usag(?:er|ère)",
    r"client|resident",
)
CARER = r"mantelzorg(?:er|ster)|aidante?(?: proche)?|carer|caregiver"
TITLE = _either(
    r"mevrouw|mevr|mvr|mw|mej|meneer|mijnheer|menheer|de heer|heer|dhr|hr|madame|mme|monsieur|mademoiselle|mlle|mr|mrs|ms|miss|sir|madam",
    r"professor|professeure?|prof|pr|zuster|broeder|sister|brother|soeur|sœur|pastoor|pater|père|abbé|maître|meester|mtr|ir|ing",
    r"juffrouw|juf|mgr|eh|veuve|vve|wed(?:uwe)?|father|rev(?:erend)?|canon|rabbi|rabbijn|imam|cheikh|sheikh|lord|lady|dame",
    r"fam|zr|mister|missus|missis|sr|don|do[nñ]a|pastor|pasteur|notaris|apr|apoth|dame|diaken|diacre|deacon|bishop|bisschop|sjeik|lt|kolonel|adjudant|agent",
    r"baron(?:ne|es)?|graaf|gravin|comte|comtesse|captain|colonel|sergeant|sgt|baby|bébé|signora|señora|lalla|hadj|hajj|teyze|pani",
)
KIN = _either(
    r"tante|nonkel|oom|oma|opa|bomma|bompa|moemoe|vava|mama|papa|dochter|zoon|man|vrouw|echtgenote?|partner|broer|zus|zuster",
    r"schoonzoon|schoondochter|schoonbroer|schoonzus|schoonmoeder|schoonvader|moeder|vader|kleinzoon|kleindochter|kleinkind|neef|nicht",
    r"grootmoeder|grootvader|peter|meter|stiefvader|stiefmoeder|pleegmoeder|pleegvader|ex-man|ex-vrouw|ex|kind|jongen|meisje",
    r"buurvrouw|buurman|vriendin|vriend|vriendje|collega|poetsvrouw|wijlen",
    r"oncle|tonton|mamie|papy|maman|fille|fils|mari|femme|épouse|époux|compagnon|compagne|frère|soeur|sœur|gendre|belle-fille",
    r"beau-frère|belle-soeur|belle-sœur|beau-père|belle-mère|beau-fils|mère|petit-fils|petite-fille|cousine?|neveu|nièce|voisine?",
    r"amie?|collègue|bonne-maman|bon-papa|grand-mère|grand-père|parrain|marraine|ex-mari|ex-femme|enfant|garçon|copain|copine|feue?",
    r"uncle|aunt|auntie|grandma|grandpa|daughter|son|husband|wife|brother|sister|mother|father|son-in-law|daughter-in-law",
    r"mother-in-law|father-in-law|sister-in-law|brother-in-law|grandson|granddaughter|grandmother|grandfather|gran|granny|nan|nana",
    r"grandad|granddad|stepmother|stepfather|nephew|niece|cousin|neighbour|neighbor|friend|colleague|mum|mam|mom|mammy|dad|daddy",
    r"echtpaar|koppel|gezin|familie|famille|couple|ménage|époux|broers|zussen|zonen|zoons|dochters|kinderen|neven|nichten|vrienden|vriendinnen|collega['’]?s|buren|ouders|kleinkinderen|tweeling|meisjes|jongens",
    r"frères|soeurs|sœurs|filles|enfants|amies?|amis|collègues|voisine?s|cousine?s|parents|jumelles|jumeaux|petits-enfants|neveux|nièces",
    r"brothers|sisters|sons|daughters|children|friends|colleagues|neighbours|neighbors|cousins|kids|parents|twins|grandchildren|boys|girls",
    r"boyfriend|girlfriend|fiancée?|mate|flatmate|housemate|kid|boy|girl|lad|the late|nonna|nonno|teta|lady|guy|dame|compatriote",
)
ROLE = _either(
    r"apotheker|apothekeres|kinesist|kinesitherapeute?|diëtiste?|ergotherapeute?|ergo|maatschappelijk werke?r?ster|sociaal assistente?",
    r"coördinator|coördinatrice|directeur|voorzitter|voorzitster|secretaris|onderzoeker|onderzoekster|burgemeester|schepen|minister",
    r"poetshulp|moderator|voogd|vrijwillig(?:er|ster)|tolk|advocaa?te?|notaris|secretaresse|receptioniste?|stagiaire?|logopediste?",
    r"opvoed(?:er|ster)|begeleid(?:er|ster)|rechter|bewindvoerder|chauffeur|kok|huisbaas|straathoekwerker|assistente?|operateur|promotor",
    r"doctorandus|aalmoezenier|therapeut|podoloog|wijkagent|inspecteur|lesgever|lesgeefster|leerkracht|student|referentiepersoon|peerwerker",
    r"kinesiste|kiné|kinésithérapeute|psychologe?|assistante? sociale?|coordinatrice|coordonnateur|coordinateur|coordonnatrice|directrice",
    r"président|présidente|chercheur|chercheuse|pharmacien|pharmacienne|aide familiale|bourgmestre|échevin|échevine|ministre|tuteur|tutrice",
    r"bénévole|interprète|avocate?|notaire|secrétaire|réceptionniste|étudiante?|logopède|éducat(?:eur|rice)|juge|administrateur|cuisinière?",
    r"propriétaire|aumônier|diététicienne?|thérapeute|podologue|opticien|conseillère?|institutrice|instituteur|aide-ménagère|garde-malade",
    r"ergothérapeute|concierge|gardienne?|témoin|titulaire|sociologue",
    r"social worker|pharmacist|physiotherapist|physio|physician|director|chair|chairman|coordinator|researcher|manager|mayor|guardian",
    r"interviewer|care manager|casemanager|case manager|volunteer|interpreter|solicitor|lawyer|secretary|receptionist|intern|trainee|judge",
    r"driver|cook|chef|landlord|landlady|assistant|phd student|chaplain|home help|support worker|healthcare assistant|porter|paramedic",
    r"occupational therapist|dietitian|dietician|psychologist|counsellor|therapist|optician|inspector|councillor|teacher|cleaner|vicar|pastor",
)
INTRODUCE = _either(
    r"beste|geachte|liefste|dag|hallo|hoi|hey|hé|goeiemorgen|goedemorgen|bonjour|bonsoir|salut|coucou|cher|chère|dear|hello|hi",
    r"heet|heette|noemt|noemde|genaamd|genoemd|bijgenaamd|naam is|noemen (?:me|hem|haar|ze)|s['’]appelle|s['’]appelait|m['’]appelle",
    r"nom est|prénom est|nommée?|prénommée?|surnommée?|dénommée?|appelée?|appelait|called|named|name is|name['’]s|name was|known as|call me|who is",
    r"wie is|qui est|c['’]est|c['’]était|chez|ik ben|je suis|moi c['’]est|i['’]m|i am|that was|it was|a certain|une? certaine?|badge said",
    r"volgens|selon|d['’]après|according to|namens|au nom de|in the name of|on behalf of|op naam van|tav|t\.a\.v\.|ter attentie van",
    r"à l['’]attention de|ondergetekende|soussignée?,?|signed|signé|getekend|gesprek met|entretien avec|interview with|spoke to|spoke with",
    r"bel|bellen|belde|belt|vraag (?:het )?aan|appeler|rappeler|rappelé|prévenir|verwittig|verwittigd|contacteer|ask for|thanks|thank|bedankt|merci",
    r"alias|roepnaam|bijnaam|zeg maar|nicknamed?|a\.?k\.?a|goes by|short for|nickname|diminutif|dite|née?|born|meisjesnaam|épouse|geb",
    r"(?:ons|onze|den?|die|dien) (?:kleinen?|groten?|lange|dikken?|ouden?|oudste|jongste|arme|jongen?)|onze|den|le petit|la petite|le gros",
    r"la grosse|le grand|la grande|le vieux|la vieille|le jeune|la jeune|pauvre|la fameuse|le fameux|old|poor|little|young|ons",
)
SAID = _either(
    r"zei|zegt|vroeg|vraagt|vertelde|vertelt|antwoordde|antwoordt|riep|meldt|vindt|vond|wil|wou|denkt|stelt voor",
    r"dit|disait|demanda|répond|répondit|réplique|raconte|racontait|ajoute|dixit",
    r"said|says|asked|asks|replied|told|added|goes|went|thinks",
)
#: Words for speaking and doing that stand after a name.
ACTS = _either(
    r"zelf|knikt|lacht|lachte|belde|belt|opent|licht toe|komt|kwam|gaat|ging|neemt|nam|doet|deed|weet|wist|werkt|werkte|vertrekt",
    r"woont|woonde|zit|zat|krijgt|kreeg|geeft|gaf|stuurt|regelt|vertaalde|tolkt|zoekt|kookt|slaapt|is (?:ziek|weg|overleden|gestorven|gevallen)",
    r"elle-même|lui-même|a (?:dit|demandé|fait|téléphoné|appelé|posé|pris)|ouvre|veut|voulait|ne peut|ne veut|vient|venait|est (?:venue?|partie?|tombée?|décédée?)",
    r"demande|explique|rappelle|remplace|organise|signale|souhaite|travaille|habite|parle|traduit|passera|passait|dort|prend|reprend|s['’]est|pense|propose",
    r"herself|himself|opened|thinks|wants|wanted|rang|calls|called|came|comes|got|took|went|goes|lives|lived|works|worked|helped|died|visited|drove",
    r"laughed|smiled|knew|knows|noticed|agreed|lends|texted|arrived|phoned|chairs|reported|suggested|explained|felt|feels",
)
LABELS = _either(
    r"aanwezig(?:en|heden)?|aanw|verontschuldigd(?:en)?|verontsch|afwezig(?:en)?|afw|verslag(?:gever|geefster)?|notulist|notulen|voorzitter",
    r"moderator|interviewer|observator|deelnemers|sprekers?|betreft|naam|voornaam|familienaam|achternaam|contact(?:persoon)?|leden|auteurs?",
    r"waren aanwezig|zijn aanwezig|vertrouwenspersoon|verwijzer|aanmelder|huisarts|zoon|dochter|moeder|vader|kindje|personeel|tolk|kine|kinesist",
    r"ingevuld door|opgemaakt door|gemeld door|opgesteld door|wie|verantwoordelijke|aanvrager|partner|echtgenote?|buur(?:man|vrouw)?|acties?",
    r"présente?s?|excusée?s?|absente?s?|rapporteur|rapporteuse|animateur|animatrice|modérateur|modératrice|président|présidente|secrétaire",
    r"étaient présents|sont présents|sont excusés|concerne|objet|nom|prénom|nom de famille|personne de (?:contact|confiance)|médecin(?: traitant)?",
    r"encodé par|rédigé par|rédaction|complété par|signalé par|membres|bénéficiaire|usager|fils|fille|mère|père|enfant|équipe|de garde|qui",
    r"autour de la table|transcription|interprète|kiné|contact|référente?|demandeur|conjointe?|voisine?",
    r"present|also present|apologies|apols|excused|absent|attendees|attendance|participants?|chair|chaired by|notes|facilitator|minutes by|scribe",
    r"secretary|from|to|cc|bcc|re|name|surname|first name|forenames?|in attendance|regrets|members|authors?|client|pt|gp|next of kin|nok|carer",
    r"mother|father|daughter|son|wife|husband|baby|neighbour|key worker|reported by|written by|completed by|prepared by|report|signed|signature",
    r"interpreter|physio|ot|social worker|staff|on call|concerning|contact \d|owner|lead|seen by|referred by|referrer|interviewee",
    r"van|aan|de|à|patiënte?|patiente?|cliënte?|bewoner|résidente?|resident|mama|papa|maman",
)
CLOSING = _either(
    r"groet(?:en|jes)?|mvg|hoogachtend|liefs|kus(?:jes)?|met dank|tot dan|bien à (?:toi|vous)|cordialement|respectueusement|confraternellement",
    r"cdlt|bàv|bav|cord|gr|grtjs|grtz|groetn?|vr\.? ?gr|kr|rgds|thx|tx|hugs|xo+|knuffels?|dikke kus|à vous lire|merci d['’]avance|alvast bedankt|in afwachting",
    r"a\+|à\+|à plus|à demain|à tantôt|à (?:lundi|mardi|mercredi|jeudi|vendredi)|tot (?:straks|morgen|later|volgende week|gauw|ziens|zo)|see you|speak soon|yours|ciao|doei|dada",
    r"salutations(?: distinguées)?|amitiés|bisous|bises|à bientôt|bonne (?:journée|soirée)|bon week-?end|courage à tous",
    r"regards|sincerely|faithfully|truly|wishes|best|cheers|love|thanks|many thanks|take care|greetings|xx?x?",
)
