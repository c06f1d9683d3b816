"""Words that stand around names in Dutch chats, by what they tell about the word beside them."""

from __future__ import annotations

from chatcode.anonymize.folding import word_set

# Words before a name that announce it: titles and kin, then ways to say what somebody is called.
KIN = word_set(
    """
    zoontje dochtertje zoon dochter broer broertje zus zusje neef neefje nicht nichtje moeder vader
    vrouw man vriend vriendin vriendje kleinzoon kleindochter kleinkind schoonzoon schoondochter
    schoonmoeder schoonvader zwager collega maat oppas hond baas eigenaar huisbaas verhuurder
    buurjongen buurmeisje overbuurman overbuurvrouw onderbuurman bovenbuurman benedenbuurvrouw juf
    meester advocaat dokter docent coach trainer huisarts tandarts aannemer loodgieter schilder
    jongen meisje peuter kleuter baby kind ex partner verloofde bewoner bewoonster
    stiefzoon stiefdochter stiefvader stiefmoeder stiefbroer stiefzus pleegzoon pleegdochter
    """
)
# People of one family by its name: `de kinderen Hulshof`, `jongens van peeters`.
RELATIVES = word_set(
    """
    kinderen kids jongens meisjes meiden zonen zoons dochters broers zussen ouders gezusters gebroeders
    weduwe weduwnaar erven echtpaar jongste oudste middelste
    husband wife son daughter brother sister friend boyfriend girlfriend neighbour neighbor
    """
)
# Kin by whom nobody is called: after a comma comes their name.
OFFSPRING = word_set(
    """
    zoontje dochtertje zoon dochter broer broertje zus zusje neef neefje nicht nichtje kleinzoon kleindochter
    kleinkind schoonzoon schoondochter schoonmoeder schoonvader zwager buurjongen buurmeisje ex verloofde
    """
)
CALLED = word_set(
    """
    heet heette heten hete geheten genaamd genoemd ene zekere naam namens tnv alias bijgenaamd noem noemt
    noemen noemde achternaam voornaam roepnaam
    """
)
GREETING = word_set(
    """
    hoi hallo hey hee hi ha dag moi goedemorgen goeiemorgen goedemiddag goeiemiddag goedenavond
    goeieavond goeienavond morgen middag avond yo he beste lieve geachte dank dankje dankjewel bedankt
    thanks thx thnx merci sorry welkom gefeliciteerd gefelicieteerd proficiat sterkte beterschap
    rustig kalm precies inderdaad netjes knap klasse topper
    groet groeten groetjes gr grtz grt mvg liefs xx xxx top klopt joh jeetje hoor nou ja nee ok oke
    eens super helemaal toppie complimenten hulde salaam selam
    """
)
BEFORE = word_set(
    """
    met aan bij van door voor tegen over namens zonder dat als of want dus ook volgens via was is
    wie onze ons das tis
    """
)
# What is done to people: a word after it that has no article is a name.
TOWARDS = word_set(
    """
    bel app vraag vragen gevraagd gesproken sprak zag gezien ken kent kende geef geeft gaf help
    helpt hielp ziet zien hoort hoorde gebeld geappt belde appte waarschuw tag mail bedank groet
    vertel vroeg mis
    """
)
QUESTIONS = word_set(
    """
    wat wie waar hoe waarom wanneer welke weet kun kan heb ben wil zou vraag bel app kijk kom doe
    stuur geef zet haal neem breng check let pas hou houd ga
    hedde edde kunde zulde gade ziede doede moede witte
    """
)
# Before a name these say that it is a place's.
WHERE = word_set(
    """
    in uit naar te richting rond langs op tot vanuit omgeving rondom nabij buiten binnen heel
    omstreken centrum
    """
)
SPEECH = word_set(
    """
    zegt zei belt belde appt appte mailt mailde schrijft schreef vraagt vroeg woont woonde vertelde
    vertelt meldt meldde stuurt stuurde roept riep antwoordt antwoordde vindt vond denkt dacht
    spreekt sprak ontkent ontkende beweert beweerde bekent bekende verklaart verklaarde bevestigt
    waarschuwt waarschuwde belooft beloofde herkent herkende vermoedt
    """
)
VERBS = word_set(
    """
    heeft had zegt zei kan kun kon komt kwam gaat ging weet wist wil wilde wou moet moest zag ziet
    belt belde appt appte schrijft schreef vraagt vroeg woont woonde staat stond loopt liep rijdt
    reed zit zat krijgt kreeg doet deed denkt dacht bedankt hoort hoorde maakt maakte regelt regelde
    speelt speelde werkt werkte helpt hielp kookt draait zoekt zocht neemt nam brengt bracht leest
    las keek kijkt hoeft mag mocht zal zou ben bent heb heeft komt vertelde vertelt meldt meldde
    laat liet houdt hield vindt vond geeft gaf blijft bleef belde zoekt slaapt sliep ligt lag
    hef hep hee verkoopt verhuist verhuisde beheert spreekt sprak filmt filmde fotografeert wacht wachtte
    fietst fietste rent rende betaalt betaalde bestelt bestelde viert vierde oefent studeert
    """
)
# What things do as well as people: said of a word it tells less.
STATES = word_set(
    """
    is was staat stond ligt lag zit zat hangt hing komt kwam gaat ging wordt werd blijft bleef
    begint begon valt viel doet deed
    """
)
# `er lopen vossen`: what comes after `er` and one of these is some thing, not somebody.
THERE = word_set(
    """
    is zijn was waren loopt lopen liep liepen ligt liggen lag lagen staat staan stond stonden zit zitten zat
    zaten hangt hangen hing komt komen kwam rijdt rijden reed vliegt vliegen groeien groeit
    """
)
# `bob is jarig`: what people are and things are not.
FEELINGS = word_set(
    """
    jarig ziek thuis onderweg wakker boos bang zwanger geslaagd overleden verhuisd getrouwd gescheiden
    verdrietig geschrokken blij aanwezig afwezig geopereerd bevallen opgenomen vermist aangehouden opgepakt
    """
)
DONE = word_set(
    """
    gevraagd gebeld gesproken gezien geappt gehoord gemist gemaild gewaarschuwd gebeld geroepen
    genoemd ontmoet bedankt
    """
)
SHOW = word_set(
    """
    es eens even ff effe effen de het een t n je jouw mij ons maar dan alleen hem haar m
    """
)
ABBREVIATED = word_set("dhr mevr mw mr dr drs fam mts ing ir prof ds mej mrs ms hr")
YOU = word_set("jij jou jullie gij hier")
HINTS = word_set("je u jouw uw ge zelf haar zijn zn der m hem")
# `tot zo Jo`, `schaam je Joke`
SENT = word_set("app appen appje bel bellen mail mailen mailtje stuur sturen berichtje bericht foto filmpje")
LATER = word_set("zo straks dan later morgen vanavond zondag zaterdag volgende")
SCOLDING = word_set("schaam gedraag verbeeld haast vergis")
WISHES = word_set(
    """
    sterkte bedankt dank dankje dankjewel gefeliciteerd welkom beterschap succes proficiat toppie
    thanks gecondoleerd sorry
    """
)
DETERMINERS = word_set(
    """
    de het een n t die dat deze dit geen elke ieder iedere alle veel wat mijn mn je jouw jullie zijn
    zn haar hun onze ons uw welke welk zulke zo n paar halve hele grote kleine mooie dikke vette
    harde nieuwe oude lekkere gele rode witte zwarte blauwe groene grijze stevige zware goede goeie
    rood geel wit zwart blauw groen grijs bruin bruine oranje paars paarse roze beige donker donkere
    licht lichte
    """
)
# Before a word with a capital these tell people apart who are called alike.
EPITHETS = word_set("kleine grote oude jonge lange dikke lieve arme")
NEUTER = word_set("het een t n dit")
# Before a word with a capital these tell of a child or a pet rather than of a thing.
OURS = word_set("onze ons mijn mn")
SUBJECTS = word_set(
    """
    ik we wij ze zij hij jij je u jullie men iemand niemand wie die dat ie gij ge
    """
)
PRONOUNS = SUBJECTS | word_set("haar zijn hun hem hen ons onze mijn jouw uw zelf die dat deze dit")
# Words that are never the second part of a name, however they are written.
COMMON = (
    GREETING
    | BEFORE
    | TOWARDS
    | VERBS
    | YOU
    | DETERMINERS
    | SUBJECTS
    | STATES
    | word_set(
        """
    er hier daar waar toen nu niet wel nog al maar om op in uit te tot ten ter wat hoe waarom
    dan dus daarna zo soms vaak anders eerst toch ook
    wanneer straks vandaag morgen gisteren vanavond vannacht vanmiddag vanochtend net weer even eens
    misschien iemand iets alles niets ja nee ok graag wil jullie hebben zijn worden kunnen moeten
    gaan komen let zie kijk kom ga doe mag mocht hebt hadden waren werden the and is in on at we you
    """
    )
) - {"beste", "lieve", "morgen"}
# What is done to people only, and what only they do: `ik sprak Rozendaal`, `Rozendaal belt`.
SPOKEN_TO = word_set("bel app mail sprak spreek bedank groet waarschuw")
PERSONAL = word_set(
    "appt appte belt belde mailt mailde woont woonde roept riep vertelt vertelde antwoordt antwoordde"
)
# Names that are also verbs: before `je` and after `ik` they are the verb.
VERB_NAMES = word_set("toon wil ken ben leen kent bent kan mag lees roep bel fleur til wen win dien rust")
ASKED = word_set("jij je jou jullie u gij")
# What only plants and wares do: `Margriet kost 4,99`.
LIKE_THINGS = word_set("kost kosten kostte bloeit bloeien bloeide smaakt smaken")
OFFERS = word_set("prijs korting uitverkoop aanbieding aanbiedingen sale koopavond koopzondag")
# What only shops are: `Dirk is dicht`.
CLOSED = word_set("dicht open gesloten geopend uitverkocht")
# Before a name at the end these sign.
SIGNING = word_set("gr groet groeten groetjes grtz grt mvg liefs x xx xxx kus knuffel")
# What may stand before and after one of these; `Wendy is open over haar ziekte` is no shop.
MEANWHILE = word_set(
    """
    nu al nog wel weer niet vandaag morgen vanavond maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    tot om vanaf op uur eerste tweede hele dag toen want maar dus
    """
)
# Verbs with which a question about somebody begins.
ASKING = word_set("weet heeft kan wil komt gaat zou zal mag moet had ziet hoort denkt woont werkt kent")
# `prins je moet bezwaar maken`: who is told so was called by name.
TOLD = word_set("je jij u")
TELLING = word_set("moet moest kan kunt kon mag hebt had bent hoeft zou wilt kent weet woont zit was")
# `eentje die Momo wordt genoemd`
IS_NAMED = word_set("wordt werd word is was")
SOON = word_set("even ff effe effen eens es mij me")
# `Swa noemen ze hem`, `zo heet hij`; and who is named so.
NAMING = word_set("noemen noemt noemde noemden heet heette")
NAMERS = word_set("ze zij we wij ik men hij ie iedereen")
THEM = word_set("hem haar hen mij me zich")
# `het heet spoofing`: the name of a thing.
THINGS = word_set("het dat dit zoiets")
# `de groeten aan Sjirk`.
GREETS = word_set("groet groeten groetjes")
TO = word_set("aan")
# `gemeente Rotterdam`, `kapper Hair & Zo`: what comes after is a town's or a business's name.
BODIES = word_set(
    """
    gemeente provincie politie regio stad stadsdeel dorp station ggd brandweer waterschap woningbouw
    woningcorporatie omgevingsdienst deelgemeente veiligheidsregio universiteit hogeschool ziekenhuis
    """
)
SHOPS = word_set(
    """
    kapper kapsalon bakkerij restaurant cafe eetcafe winkel garage autobedrijf hotel school basisschool firma
    bedrijf stichting snackbar pizzeria salon praktijk apotheek supermarkt sportschool kroeg bar bistro
    cafetaria slagerij bouwbedrijf makelaardij drogist drogisterij bouwmarkt tankstation club vereniging
    """
)
OFFICES = word_set(
    """
    wijkagent wijkagente agent agente boa handhaver jongerenwerker wijknetwerker stadsmarinier
    huismeester concierge beheerder burgemeester wethouder raadslid woordvoerder
    politiewoordvoerder rechercheur inspecteur brigadier makelaar notaris
    """
)
# Titles after which a small word belongs to the name: `mevrouw de Haan`.
FORMAL = word_set("dhr heer meneer mijnheer mevr mevrouw mw fam familie agent dr mr drs")
SURNAME_PARTICLES = word_set("van de der den het t vd ten ter te von la le el al da dos di v d")
# Particles with which a surname begins where they have a capital.
LEADING = word_set("v van ten ter te vd von el ait ould bin abu dos da")
# Those that are no words of Dutch: with a capital they lead a name also where a sentence begins.
ALIEN = word_set("el ait ould bin abu dos da vd von")
# Particles that hardly a plain phrase has.
OLD = word_set("t der den ter ten vd")
# Farms were told apart by these, and so are the families named after them: `Groot Roessink`.
FARMS = word_set("groot grote klein kleine oude olde oud lutje nieuwe")
# What stands before an apostrophe in a surname.
# Given names and surnames of one syllable, as China, Korea and Vietnam have: two together are somebody.
SYLLABLES = word_set(
    """
    mei li lin na ling lan wei jun hua xia xiao yan yun jing ying hong feng ming min hui fang fen shu ping
    qing yue yu xin wen chen zhang wang zhao liu yang huang zhou wu xu sun zhu gao guo luo tang deng han cao
    peng zeng pan thi ngoc minh anh duc linh thu hai soo ji hye eun sung lee cho nguyen tran pham shi jie rong
    bao ting
    """
)
APOSTROPHED = word_set("o d m n")
# After these comes a name even if it is that of a town.
NAMED = word_set("ene heet heette genaamd zekere")
