"""The words of what surrounds an article on a page: menus, widgets, related articles, comments, footers.

The vocabulary is in the tables below, as regular expressions that are matched against `fold(text)`: lower case, no
accents, straight apostrophes. Two spaces or a new line stand between expressions, and a backslash at the end of a line
continues one. The tables hold what French-language news sites have in common, and no site's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.article.lines import fold

# ------------------------------------------------------------------------------------------------------ vocabulary

_NETWORK = r"""
    facebook  fb  twitter  tw  x \(twitter\)  linked ?in  whats ?app  messenger  pinterest  telegram  bluesky
    mastodon  threads  instagram  insta  you ?tube  tik ?tok  snapchat  flipboard  google ?(\+|plus|news|actualites)
    reddit  tumblr  viadeo  flickr  dailymotion  vimeo  twitch  discord  soundcloud  spotify  deezer  apple podcasts
    google podcasts  stitcher  rss  sms  e-?mail  mail  courriel  embed  feedly  diaspora  skype  qr code
"""
_THIS = "(cet |l'|le |la |cette |ce |mon |votre )?(article|page|podcast|actualite|contenu|info|video|publication)"

# A line is a widget if it is made of these labels only, of one or of several. They are left out wherever they stand.
_LABELS: dict[str, str] = {
    "share widget": r"""
        (re)?partage[rz]( THIS)?( (sur|par|via|avec) NETWORK((,| et| ou) NETWORK)*| sur les reseaux( sociaux)?)?
        partages?  NETWORK
        (suivez|suivre|rejoignez|rejoins|retrouvez)[- ](nous|moi)( aussi)?( sur)?( NETWORK)?
        (envoyer|recommander|transmettre|publier|epingler)( THIS)?( (sur|par|via) (mail|NETWORK)| a un ami)
        tweete[rz]  retweeter  share( on \w+| this)?  tweet  pin it  copier( le lien| l'url)?  lien copie
        copy link  lien direct  permalien( https?://\S+)?  code embed.*  integrer  code d'integration
        inserer dans une page web  (envoyer|imprimer)( THIS)?  version imprimable  format pdf  print
        (ajouter|mettre|enregistrer|sauvegarder)( cet article| l'article)? (aux|en|dans|a|a la|dans les|dans mes\
            |a mes|a ma|a vos) (favoris?|signets|articles?|lectures?|playlist|liste|selections?)
        sauvegarder  bookmark  (a )?lire plus tard  offrir( cet article| l'article)?  article offert
        (re)?ecouter( l'article| cet article| le podcast| la chronique)?  telecharger( en \w+)?
        (augmenter|diminuer|reduire|agrandir) (la )?(taille|police)( (du|de) (texte|la police))?
        taille du texte  plein ecran
    """,
    "social counter": r"""
        \d[\d\s.,]*[km]?\+?\s?(partages?|shares?|likes?|j'aime|abonnes?|followers?|fans?|vues|views|subscribers?\
            |retweets?)
        \d+([.,]\d+)?\s?[km]\+?  NETWORK (followers?|subscribers?|fans?|abonnes?)
        (follow|subscribe)( (me|us|on \w+))?  follow my .*  followers?  subscribers?
    """,
    "reading aid": r"""
        (temps de |duree de )?lecture\s?:?\s?(de )?\d+\s?(mn|min|minutes?)\.?
        \d+\s?(mn|min|minutes?) de lecture  publicite  advertisement
        (la suite|l'article continue) apres (la|cette) publicite  contenu sponsorise
        (article |contenu |offre )?reserve(e)? aux abonnes  article (reserve|abonnes?|premium|payant)  premium
        lire (la suite|plus|l'article( complet)?|le journal( numerique)?)( de l'article)?
        en (savoir|lire) plus  read more
        (voir|afficher|charger|consulter) (plus|tout|toutes|tous|moins|l'article|la suite|la video|le diaporama\
            |les photos|davantage)
        plus d'(infos?|informations?)  \+ d'(infos?|articles)
        voir (toutes? |tous )?(les |nos )(resultats|videos|articles|dossiers|commentaires|actualites|emissions)
        agrandir l'image  rafraichir  chargement( en cours)?  loading  veuillez patienter  \[object object\]
        created with sketch
    """,
    "navigation": r"""
        (aller|acceder|passer) (directement )?(au|a la|a l'|vers le|vers la) ?(contenu|menu|navigation|recherche\
            |pied de page|titre (precedent|suivant))( principale?)?
        skip to (main )?content  contenu en pleine largeur
        (ouvrir|fermer|afficher|masquer|basculer|deplier) (le |la |les )?(menu|recherche|navigation|sous-menu\
            |filtres?|popin|player|panneau|playlist|barre de recherche)( principale?)?
        menu( (principal|rapide|secondaire|mobile|utilisateur))?  toggle (navigation|menu)  main navigation
        navigation principale
        (retour(ner)?|revenir) (a|au|en|vers) ?(l'accueil|haut( de (la )?page)?|la liste|la page( d'accueil)?\
            |le site|site|sommaire|toute?s? les \w+)
        haut de (la )?page  back to top  page d'accueil  (article|page|billet) (precedente?|suivante?)
        (previous|next)( (post|article|page))?  navigation (de l'article|des articles)
        (re)?cherche[rz]( (sur le site|un article))?( ok)?  que (re)?cherchez[- ]vous ?\??
        recherche avancee  search( for)?  site search  tapez? (vos|votre) (mots?[- ]cles?|recherche).*
        filtrer par  trier par  plan du site  sitemap  pied de page  vous etes ici  fil d'ariane  flux rss
    """,
    "account and subscription": r"""
        ((pas encore|deja) (abonne|inscrit|membre|client)(\(e\)|[.·]e|-e|e)? ?\?? ?)?(se connecter|(connectez\
            |identifiez)[- ]vous|je me connecte|s'identifier)
        (pas encore|deja) (abonne|inscrit)(\(e\)|[.·]e|-e|e)? ?\?  connexion  deconnexion  se deconnecter  login
        log in  sign in  sign up  mot de passe oublie
        (creer|creez|creez-vous|ouvrir) (un|mon|votre) compte( gratuit(ement)?)?  mon (compte|espace|profil)
        mes (favoris|articles|alertes|newsletters)  espace (abonnes?|client|membres?|perso\w*)
        (s'|je m'|m')abonne(r)?( (maintenant|gratuitement|a partir de .*|des \d.*|au \w+|a (la|notre|nos|l') ?\w+))?
        abonne[zr]?-vous( (a|au|des|pour) .*)?  offres? (d'abonnement|abonnes?)
        (voir|decouvrir) (les|nos) offres  j'en profite  gerer (mon|votre) abonnement
        acheter (le journal|ce numero|l'article)  s'inscrire( a .*)?  je m'inscris( .*)?  inscrivez-vous( .*)?
        inscription (a la )?newsletter  (nos|notre|la|les) (newsletters?|infolettres?|lettres? d'information)
        recevoir nos .*  desabonnement  (je |j')(fais un don|donne|soutiens|adhere)( (a|de|des) .*)?
        soutenez-nous  nous soutenir  (email|e-mail) (non valide|invalide)  vous etes (abonne|inscrit)\S* a .*
    """,
    "cookie notice": r"""
        (ok,? ?)?tout (accepter|refuser|rejeter)
        (accepter|refuser)( (tout|et fermer|les cookies|tous les cookies|et continuer))  j'accepte  je refuse
        continuer sans accepter  accepter refuser  parametrer (mes choix|les cookies)
        (gerer|configurer|valider) (mes |mon |les |vos )(choix|cookies|preferences|consentement)
        (configuration|parametres?|gestions?|preferences|politique)( de gestion)? (des|de) (vos )?(cookies\
            |traceurs|confidentialite)
    """,
    "comments": r"""
        (laisse[rz]|poste[rz]|ajoute[rz]|ecri(re|vez)|publie[rz]|deposer?) (un|votre|mon|vos|des) (commentaires?\
            |reponse|avis|reactions?)
        commente[rz]( cet article| l'article)?  reagi(r|ssez)( a cet article)?
        (aucun|pas de|0|no) (commentaires?|reactions?|comments?)  leave a (reply|comment)
        \d+ (commentaires?|reactions?|comments?)
        (les |voir les |lire les |vos )?(commentaires|reactions) ?\(\d*\)  vos (reactions|commentaires)
        repondre( a \w+)?  signaler (un abus|ce commentaire|un contenu \w+|une erreur)  annuler la reponse
        publier (le|mon|des) commentaires?  previsualiser
        (votre )?(nom|pseudo|prenom|message|commentaire|site web|site|telephone|adresse|e-?mail) ?\*
        .{0,40}\((obligatoire|facultatif|requis)\)
        votre (nom|pseudo|prenom|message|commentaire|adresse( (e-?mail|mail|electronique|de messagerie))?|e-?mail\
            |courriel)
        adresse (e-?mail|mail|electronique|de messagerie)( \*)?  champs? (obligatoires?|requis)( .*)?
    """,
}

# Words of menus. They may as well be headings of an article: they count in company only.
_MENU_WORDS = r"""
    accueil  home  (a la )?une  actualites?  actus?  news  (en |le )?direct  lives?  en continu  infos?  flash
    recherche  politique  economie  societe  culture  sports?  international  monde  france  europe  afrique
    ameriques?  asie  oceanie  moyen-orient  proche-orient  etats-unis  canada  quebec  montreal  belgique  suisse
    allemagne  angleterre  espagne  italie  sante  sciences?  planete  environnement  ecologie  climat  medias?  idees
    debats?  opinions?  tribunes?  chroniques?  editos?  editoriaux  education  enseignement  emplois?  immobilier
    auto(mobile)?  moto  high-?tech  tech  technologies?  numerique  voyages?  gastronomie  cuisine  recettes  mode
    beaute  cinema  musique  livres?  litterature  theatre  arts?  expositions?  histoire  philosophie  religion
    football  foot  rugby  tennis  cyclisme  f1  formule 1  basket  handball  hippisme  voile  nba  ligue [12]
    ligue des champions  mercato  faits[- ]divers  justice  police  meteo  horoscope  jeux  mots[- ]croises  sudoku
    programme tv  tele  television  radio  podcasts?  videos?  photos?  diaporamas?  portfolios?  infographies?
    dossiers?  enquetes?  reportages?  interviews?  entretiens?  portraits?  blogs?  elections?  regions?
    departements?  villes?  agenda  evenements?  conferences?  formations?  (petites )?annonces?  avis de deces
    carnet  bourse  patrimoine  entreprises?  finances?  marches  start-?up  consommation  argent  retraite  logement
    famille  loisirs  styles?  people  bien-etre  psycho(logie)?  animaux  insolite  archives  thematiques?  themes?
    rubriques?  categories  tags  auteurs?  emissions?  programmes?  replay  series?  saisons?  episodes?
    documentaires?  abonnements?  contacts?  contactez[- ]nous  nous (contacter|joindre|ecrire|rejoindre)
    qui sommes[- ]nous ?\??  a propos  redaction  la redaction  (l'|notre )?equipe  nos valeurs  le groupe
    (espace )?presse  recrutement  carrieres  offres d'emploi  partenaires?  annonceurs  regie( publicitaire)?
    tarifs  aide  faq  foire aux questions  service client  services?  boutique  kiosque  applications?  mobile  apps?
    mentions legales  credits?  cg[uv]  conditions (generales|d'utilisation)( .*)?  confidentialite  vie privee
    politique de (confidentialite|protection)( .*)?  donnees personnelles  protection des donnees  cookies
    accessibilite( .*)?  charte( .*)?  mediateur  rss  impressum  licences?  adherer  dons?  se mobiliser
    publications?  communiques( de presse)?  ressources  documentation  bibliotheque  mediatheque  version mobile
    english  francais  deutsch  espanol  italiano  fr  en  de  es  pt  it  inscription  s'informer  ok  oui  non
    merci  valider  annuler  envoyer  fermer  accepter  refuser  suivant  precedent  publier  effacer  signaler  mail
    enregistrer  lien  newsletters?  infolettres?  like  j'aime  x  tags?  \d+ ?(mn|min|minutes?)  abonnes?  gratuit
    [^.:]{2,30} \(\d+\)  (janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre) 20\d\d
    nouveau  suivre  faire un don  nom  e-?mail  message  site web
"""

# Beginnings of the sentences in widgets.
_PHRASES: dict[str, str] = {
    "cookie notice": r"""
        (nous|notre site|(sur )?ce site( web| internet)?|ce blog|\S+( \S+){0,3}) (et (nos|des) \S+ )?(utilis\w+\
            |depos\w+)( et \S+)? (des|les|de) (technologies.{0,40} )?(cookies|traceurs)
        en (poursuivant|continuant|cliquant|naviguant|utilisant|acceptant|refusant).{0,120}\bvous (acceptez\
            |consentez|refusez|autorisez|reconnaissez|declarez)
        avec votre (accord|consentement)  le respect de votre vie privee  votre vie privee (est|compte|nous)
        soucieu\w+ de (la protection|vos donnees)
        vous pouvez (egalement |a tout moment )?(parametrer|retirer votre|modifier vos|gerer vos)
        pour plus d'informations?,? (consultez|sur l'utilisation)
    """,
    "newsletter": r"""
        (votre|vos) (adresses?|donnees)( e-?mail| mail| electroniques?| de messagerie| personnelles)? (est|sont\
            |ne ser\w+|ser\w+)
        (recevez|recevoir) .{0,80}(newsletter|infolettre|lettre|e-?mail|boite|alertes?|notifications?\
            |chaque (matin|jour|semaine|soir)|tous les (matins|jours)|gratuit|actu\b|informations)
        (inscrivez|abonnez)-vous\b
        (chaque|tous les) (matin|soir|jour|vendredi|semaine)s?.{0,60}\b(votre|notre) (newsletter|boite|lettre)
        toute? .{0,60}\bvotre boite  tous? nos .{0,60}\bvotre boite
        vous (pouvez|pourrez) .{0,30}(desabonn|desinscri)  (decouvrez|notre) .{0,30}newsletters?
        voulez-vous activer  pour rester (en contact|informe)
    """,
    "account and subscription": r"""
        (cet article|ce contenu|cette video|la lecture|cet episode) (est|vous est) (reserve|offert|accessible)
        il vous reste .{0,30}(a lire|a decouvrir|articles?)  vous avez lu .{0,40}articles?
        la suite (de cet article )?est reservee  pour lire (la suite|cet article|l'integralite)
        (deja )?abonne(\(e\)|[.·]e)? ?\? \S  (profitez|beneficiez) .{0,60}(offre|abonnement|illimite|\bmois)
        a partir de \d[\d,.]* ?(€|\$|euros?) ?(/|par) ?mois  (1|un) ?(€|euro) (le premier|par) mois
        \d+ ?(€|euros?) par mois
        (soutenez|aidez)(-nous| (le|la|notre|un|une) (journal|site|media|presse|redaction|independ\w+))\b
        votre don\b  .{0,60}deductibles? (de vos|a|des) (impots|\d)  creez(-vous)? (un|votre) compte
        obtenez \d+ articles
    """,
    "comments": r"""
        votre (adresse|e-?mail|courriel).{0,40} ne sera pas  les champs (obligatoires|requis|marques)
        (vous devez|il faut|merci de vous|veuillez vous|connectez-vous|identifiez-vous).{0,60}\b(commenter\
            |commentaires?|reagir|poster)\b
        enregistrer mon nom  (avertissez|prevenez)-moi  soyez le premier a (comm|reag)
        pour (creer des paragraphes|commenter|reagir)  qui etes-vous ?\?  texte de votre message
        ce site utilise akismet  (avez-vous|vous avez) (trouve|repere|vu|decele) une (erreur|faute|coquille)
        (participez|rejoignez) (a )?(la (discussion|conversation)|le debat)  l'espace des contributions
    """,
    "footer": r"""
        (©|\(c\)|copyright).{0,60}(\b(19|20)\d\d\b|tous droits)
        .{0,80}tous droits (de reproduction )?reserves?  all rights reserved  .{0,40}powered by  .{0,30}propulse par
        site (realise|developpe|cree) (avec|par)  toute reproduction  reproduction (interdite|partielle|totale)
        ce site est protege par recaptcha
    """,
    "tags": r"""
        (tags?|mots?[- ]cles?|etiquettes?|keywords) ?[:>] ?\S  mots cles \S  classe dans ?: ?\S
    """,
    "related articles": r"""
        (>+ ?)?((re)?(lire|voir|ecouter|decouvrir)|a (re)?(lire|voir|ecouter|decouvrir)) (aussi|egalement\
            |notre \w+|nos \w+|sur \S+) ?([:>|«-]|article|$)
        (>+ ?)?(a )?(re)?lire( aussi)? ?[:>|] ?\S  >{2,} ?\S  a (voir|ecouter) ?[:>|] ?\S
        (a )?(lire|ecouter|voir) aussi \S
    """,
    "social widget": r"""
        tweets? (de|by) @  my tweets  view this post  voir cette publication  afficher ce (tweet|contenu)
        une publication partagee  suivez (toute |en direct )?l'actu
        (suivez|suivre|rejoignez|retrouvez|s'abonner a).{0,50}\b(facebook|twitter|instagram|youtube|linkedin\
            |whatsapp|reseaux sociaux|flux rss|google news)\b
        via (giphy|tenor)$
    """,
    "navigation": r"""
        [←→‹›] ?\S  (article|billet|page) (precedent|suivant)e? ?[:>]
    """,
}

# An article may have a sentence that begins like these, too.
_TALK = frozenset(("cookie notice", "newsletter", "account and subscription", "comments", "footer"))

# Two of these in a paragraph, and it is about the page rather than the news.
_PAGE_TALK = re.compile(
    r"\b(cookies?|traceurs|newsletters?|donnees personnelles|votre (consentement|navigateur|compte|adresse|navigation"
    r"|abonnement|boite|inscription)|(vous )?desabonn\w+|desinscri\w+|ce site|notre site|(nos|des) partenaires|tiers"
    r"|parametr\w+|mot de passe|conditions generales|politique de confidentialite|formulaire|cliqu\w+ (sur|ici)"
    r"|mesure d'audience|finalites?)\b"
)

# Lines that open a section of clutter. Those of the first table do so in any file, those of the second on a page only.
_CERTAIN_OPENERS: dict[str, str] = {
    "related articles": r"""
        (a |et )?(re)?(lire|voir|ecouter|decouvrir|regarder|suivre) (aussi|egalement|ensuite)( (dans|sur|en) .{1,40})?
        (a )?(lire|voir) sur le meme (sujet|theme)
        (sur|dans) (le|la|les) memes? (sujets?|themes?|rubriques?|categories?|dossiers?|series?)
        (articles?|contenus?|sujets?|videos?|posts?|billets?|actualites?|publications?|lectures?|episodes?)\
            [ ](lies?|liees?|similaires?|connexes?|associee?s?|apparentee?s?|reliee?s?|en relation|recommandee?s?\
                |suggeree?s?|complementaires?)
        vous (aimerez|aimeriez|pourriez|devriez) (aussi|egalement|aimer|apprecier|etre interess).*
        (ceci|ces articles|cela|cet article) (pourrait|pourraient|peut|peuvent|devraient?) (aussi \
            |egalement )?vous (interesser|plaire).*
        (les |nos |vos |le )?(top )?(articles? |videos? |sujets? |contenus? |emissions? )?(les )?(plus|\+) (lus\
            |lues|vue?s|populaires|consultee?s|partagee?s|commentee?s|ecoutee?s|regardee?s|recent(e)?s)( (sur\
                |dans|de) .{1,30})?
        nos (recommandations|suggestions)  recommandee?s? pour vous
        (la redaction|l'auteur|on|nous) vous (recommandent?|conseillent?|suggerent?|proposent?)
        (du|par le) meme auteur  (contenus?|liens?) sponsorises?  suggestions? de lecture
        related (posts|articles|stories)  you may also like  articles? suivants?  (les )?derniers articles
        (les )?dernieres (actualites|infos|news|videos|diffusions|publications)  a ne pas (manquer|rater)
    """,
    "comments": r"""
        (laisse[rz]|poste[rz]|ajoute[rz]|ecri(re|vez)|publie[rz]|deposer?) (un|votre|mon|vos) (commentaire\
            |reponse|avis|reaction)s?
        leave a (reply|comment)
    """,
    "tags": r"""
        (etiquettes?|mots?[- ]cles?|tags|nuage de (tags|mots.*))( (associes?|populaires?))?
    """,
}

_LIKELY_OPENERS: dict[str, str] = {
    "newsletter": r"""
        (notre |la |nos |les |inscription )?(newsletters?|infolettres?)( ?[:!] .*)?
    """,
    "comments": r"""
        (vos |les |\d+ )?(commentaires?|reactions?|contributions?)( ?\(\d+\)| \d+| sur .*)?
        \d+ (comments?|thoughts? on .*|responses?)  votre (avis|opinion|reaction)  donnez votre avis
    """,
    "related articles": r"""
        en ce moment  tendances?  (a la )?une  l'actu(alite)? (en continu|en direct|du jour|sur .*)  l'essentiel
        (le )?fil (info|actu|d'actu\w*|de l'actu\w*)  le flux  en continu  derniere minute  dernieres minutes
        videos?( recommandee?s?)?  actualites?  a (decouvrir|suivre|voir|ecouter|lire)  decouvrez aussi  dossiers?
        plus (en|sur|de|dans) .{1,30}  dans la section .{1,30}  nos (dossiers|partenaires|videos|podcasts|guides)
        toute l'actu\w*.*  (tous|toutes) (nos|les) .{1,40}  (prochains?|les) evenements?  agenda
        (nos )?autres .*  (petites )?annonces.{0,30}  services.{0,20}  pour (aller plus loin|en savoir plus)
        nos offres.*  bons plans.*  codes? promo.*  derniers? tweets?  twitter.{0,20}  la boutique  themes? associes?
        thematiques  sujets? associes?  (ailleurs )?sur le web  plus d'articles.*  autres articles.*
        notre selection.*
    """,
    "footer": r"""
        (suivez|retrouvez|rejoignez)[- ]nous( .*)?  nous suivre  suivre .{1,30}  retrouvez .{1,40} sur
        reseaux sociaux  a propos( d.{1,40})?  mentions legales  pied de page  informations (legales|pratiques)
        s'abonner  qui sommes-nous ?\??  nos (sites|applications|marques|reseaux)  contactez .*  recevez .*
        telechargez .*
    """,
}

# -------------------------------------------------------------------------------------------------- reading a line


def _expressions(table: str) -> list[str]:
    """Return the expressions of a table, with what the names in capitals stand for."""
    table = re.sub(r"\\\n *", "", table).replace("THIS", _THIS)
    return [expression for line in table.splitlines() for expression in line.strip().split("  ") if expression]


_ANY_NETWORK = f"({'|'.join(_expressions(_NETWORK))})"


def _any(table: str) -> str:
    """Return an expression for any of the table's, the longest first."""
    expressions = sorted(_expressions(table), key=len, reverse=True)
    return "|".join(f"({expression})" for expression in expressions).replace("NETWORK", _ANY_NETWORK)


_BETWEEN_LABELS = re.compile(r"([\s,|/·•:!?.–—>*+&-]|\d+['’:h]\d\d\b)*")
_END_OF_LABEL = r"(?=$|[\s,|/·•:!?.–—>*(])"
_LABEL_PATTERNS = [(kind, re.compile(f"({_any(table)}){_END_OF_LABEL}")) for kind, table in _LABELS.items()]
_MENU_PATTERNS = [("menu", re.compile(f"({_any(_MENU_WORDS)}){_END_OF_LABEL}"))]
_PHRASE_PATTERNS = [(kind, re.compile(_any(table))) for kind, table in _PHRASES.items()]
_CERTAIN_PATTERNS = [(kind, re.compile(_any(table))) for kind, table in _CERTAIN_OPENERS.items()]
_LIKELY_PATTERNS = [(kind, re.compile(_any(table))) for kind, table in _LIKELY_OPENERS.items()]
_LONGEST_ROW = 160  # characters; a longer line is no row of labels, and no heading
_DECORATION = " :>»«…→←•·|*+-–—.!#"


def _row(text: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    """Return the kind of the first label if the text is a row of labels from start to end, else ""."""
    start = _BETWEEN_LABELS.match(text)
    reached = {start.end() if start else 0: ""}  # offset up to which the text is labels: kind of the first one
    for position in range(len(text)):
        if position not in reached:
            continue
        for kind, pattern in patterns:
            match = pattern.match(text, position)
            gap = match and match.end() > position and _BETWEEN_LABELS.match(text, match.end())
            if gap:
                reached.setdefault(gap.end(), reached[position] or kind)
    return reached.get(len(text), "")


def _once(folded: str) -> str:
    """Return once what is said twice: an icon's label and its text ("Partager Partager")."""
    half = len(folded) // 2
    return folded[:half] if len(folded) % 2 and folded[half] == " " and folded[:half] == folded[half + 1 :] else folded


def _plain(text: str) -> str:
    """Return a short line as it is compared with labels and headings; "" for a line that is too long for either."""
    folded = _once(fold(text))
    return folded.strip(_DECORATION) if len(folded) <= _LONGEST_ROW else ""


def widget(text: str) -> str:
    """Return what kind of widget the line belongs to ("share widget", "cookie notice"...), or "" for other text."""
    return _label(text) or _phrase(text)


def is_talk(text: str) -> bool:
    """Return whether the line is a widget only by how its sentence begins: an article could have it as well."""
    return not _label(text) and _phrase(text) in _TALK


def _label(text: str) -> str:
    plain = _plain(text)
    # The network X is one beside other labels; alone, the letter may be anything.
    return _row(_X.sub("twitter", plain) if " " in plain else plain, _LABEL_PATTERNS)


_X = re.compile(r"(?<![\w'-])x(?![\w'-])")


def _phrase(text: str) -> str:
    folded = fold(text).lstrip("(•*-–—| ")
    return next((reason for reason, pattern in _PHRASE_PATTERNS if pattern.match(folded)), "")


def is_menu(text: str) -> bool:
    """Return whether the line is made of words that menus have, or of widgets' labels."""
    return bool(_row(_plain(text), _MENU_PATTERNS + _LABEL_PATTERNS))


def is_network(text: str) -> bool:
    """Return whether the line is the name of a social network and nothing else: a share button, or a heading."""
    return bool(re.fullmatch(_ANY_NETWORK, _plain(text)))


def is_about_page(text: str) -> bool:
    """Return whether the text is about the page and its readers' data rather than about the news."""
    return len(_PAGE_TALK.findall(fold(text))) >= 2


def opens(text: str, *, page: bool) -> str:
    """Return what the line is the heading of ("related articles", "comments", "tags"...), or "".

    With `page`, headings count that an article could have as well ("En ce moment").
    """
    plain = _plain(text)
    patterns = _CERTAIN_PATTERNS + _LIKELY_PATTERNS if page else _CERTAIN_PATTERNS
    return next((reason for reason, pattern in patterns if pattern.fullmatch(plain)), "")
