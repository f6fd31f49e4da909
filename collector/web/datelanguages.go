package web

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A dateLanguage is how one language writes dates. Lists are in order, divided by commas; what stands
// for one thing is divided by spaces. Letters count without their accents.
type dateLanguage struct {
	codes  string // of ISO 639-1
	months string // from January on
	days   string // days of the week and what they are cut to: read over beside a day and a month
	fill   string // words within a date that say nothing
	units  string // second, minute, hour, day, week, month, year
	lone   string // units that mean one where no number stands
	counts string // from one on
	ago    string // "# ago"
	hedges string // "about", "over" and "almost" before the number; spaces within one are "_"
	past   string // today, yesterday, the day before; spaces within one are "_"
	last   string // "last week", where a unit follows or comes first
}

var dateLanguages = []dateLanguage{
	{
		codes:  "en",
		months: "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, september sept sep, october oct, november nov, december dec",
		days:   "monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat sunday sun",
		fill:   "the of on in at st nd rd th",
		units:  "second seconds sec secs s, minute minutes min mins, hour hours hr hrs h, day days d, week weeks wk wks w, month months mo mos, year years yr yrs y",
		counts: "a an one, two, three, four, five, six, seven, eight, nine, ten",
		ago:    "# ago",
		hedges: "about around approximately roughly circa, over more_than, almost nearly less_than under",
		past:   "today just_now, yesterday, day_before_yesterday",
		last:   "last",
	},
	{
		codes:  "de",
		months: "januar jänner jan, februar feber feb, märz maerz mrz, april apr, mai, juni jun, juli jul, august aug, september sept sep, oktober okt, november nov, dezember dez",
		days:   "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so",
		fill:   "am den der dem vom im um uhr",
		units:  "sekunde sekunden sek, minute minuten min, stunde stunden std, tag tage tagen, woche wochen, monat monate monaten, jahr jahre jahren",
		counts: "ein eine einem einer einen, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn",
		ago:    "vor #",
		hedges: "etwa ungefähr circa ca rund, über mehr_als, fast beinahe knapp weniger_als",
		past:   "heute gerade_eben, gestern, vorgestern",
		last:   "letzte letzten letzter letztes",
	},
	{
		codes:  "fr",
		months: "janvier janv jan, février févr fév, mars, avril avr, mai, juin, juillet juil, août, septembre sept sep, octobre oct, novembre nov, décembre déc",
		days:   "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim",
		fill:   "le du de en à er",
		units:  "seconde secondes s, minute minutes min, heure heures h, jour jours j, semaine semaines sem, mois, an ans année années",
		counts: "un une, deux, trois, quatre, cinq, six, sept, huit, neuf, dix",
		ago:    "il y a #",
		hedges: "environ à_peu_près, plus_de plus_d, presque près_de près_d moins_de moins_d",
		past:   "aujourd_hui, hier, avant_hier",
		last:   "dernier dernière",
	},
	{
		codes:  "nl",
		months: "januari jan, februari feb, maart mrt, april apr, mei, juni jun, juli jul, augustus aug, september sept sep, oktober okt, november nov, december dec",
		days:   "maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo",
		fill:   "op de van in om uur e",
		units:  "seconde seconden sec, minuut minuten min, uur uren u, dag dagen, week weken, maand maanden mnd, jaar jaren",
		counts: "een één, twee, drie, vier, vijf, zes, zeven, acht, negen, tien",
		ago:    "# geleden",
		hedges: "ongeveer circa ca, meer_dan ruim, bijna minder_dan",
		past:   "vandaag zojuist, gisteren, eergisteren",
		last:   "vorige afgelopen",
	},
	{
		codes:  "af",
		months: "januarie jan, februarie feb, maart mrt, april apr, mei, junie jun, julie jul, augustus aug, september sept sep, oktober okt, november nov, desember des",
		days:   "maandag ma dinsdag di woensdag wo donderdag do vrydag vr saterdag sa sondag so",
		fill:   "op die van in om ste de",
		units:  "sekonde sekondes sek, minuut minute min, uur ure, dag dae, week weke, maand maande, jaar jare",
		counts: "een 'n n, twee, drie, vier, vyf, ses, sewe, agt, nege, tien",
		ago:    "# gelede",
		hedges: "ongeveer omtrent sowat, meer_as, amper byna minder_as",
		past:   "vandaag, gister, eergister",
		last:   "verlede",
	},
	{
		codes:  "es",
		months: "enero ene, febrero feb, marzo mar, abril abr, mayo may, junio jun, julio jul, agosto ago, septiembre setiembre sept sep set, octubre oct, noviembre nov, diciembre dic",
		days:   "lunes lun martes mar miércoles mié jueves jue viernes vie sábado sáb domingo dom",
		fill:   "el de del en a las",
		units:  "segundo segundos seg, minuto minutos min, hora horas h, día días, semana semanas sem, mes meses, año años",
		counts: "un una uno, dos, tres, cuatro, cinco, seis, siete, ocho, nueve, diez",
		ago:    "hace #",
		hedges: "aproximadamente alrededor_de cerca_de unos unas, más_de, casi menos_de",
		past:   "hoy, ayer, anteayer",
		last:   "pasado pasada último última",
	},
	{
		codes:  "it",
		months: "gennaio gen, febbraio feb, marzo mar, aprile apr, maggio mag, giugno giu, luglio lug, agosto ago, settembre sett set, ottobre ott, novembre nov, dicembre dic",
		days:   "lunedì lun martedì mar mercoledì mer giovedì gio venerdì ven sabato sab domenica dom",
		fill:   "il l di del in alle ore",
		units:  "secondo secondi sec, minuto minuti min, ora ore, giorno giorni gg, settimana settimane sett, mese mesi, anno anni",
		counts: "un una uno, due, tre, quattro, cinque, sei, sette, otto, nove, dieci",
		ago:    "# fa",
		hedges: "circa, più_di oltre, quasi meno_di",
		past:   "oggi, ieri, altro_ieri l_altro_ieri avantieri",
		last:   "scorso scorsa ultimo ultima",
	},
	{
		codes:  "pt",
		months: "janeiro jan, fevereiro fev, março mar, abril abr, maio mai, junho jun, julho jul, agosto ago, setembro set, outubro out, novembro nov, dezembro dez",
		days:   "segunda seg terça ter quarta qua quinta qui sexta sex sábado sáb domingo dom feira",
		fill:   "em de do no dia às as o º",
		units:  "segundo segundos seg, minuto minutos min, hora horas h, dia dias, semana semanas sem, mês meses, ano anos",
		counts: "um uma, dois duas, três, quatro, cinco, seis, sete, oito, nove, dez",
		ago:    "há #, faz #, # atrás, há # atrás",
		hedges: "cerca_de aproximadamente, mais_de, quase menos_de",
		past:   "hoje, ontem, anteontem",
		last:   "passado passada último última",
	},
	{
		codes:  "pl",
		months: "stycznia styczeń sty, lutego luty lut, marca marzec mar, kwietnia kwiecień kwi, maja maj, czerwca czerwiec cze, lipca lipiec lip, sierpnia sierpień sie, września wrzesień wrz, października październik paź, listopada listopad lis, grudnia grudzień gru",
		days:   "poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob niedziela nd niedz",
		fill:   "r roku w dnia o godz",
		units:  "sekunda sekundę sekundy sekund sek, minuta minutę minuty minut min, godzina godzinę godziny godzin godz, dzień dni, tydzień tygodnie tygodni tyg, miesiąc miesiące miesięcy mies, rok lata lat",
		lone:   "sekundę minutę godzinę dzień tydzień miesiąc rok",
		counts: "jeden jedna jedną, dwa dwie, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć, dziesięć",
		ago:    "# temu",
		hedges: "około ok, ponad więcej_niż, prawie niemal mniej_niż",
		past:   "dziś dzisiaj, wczoraj, przedwczoraj",
		last:   "ostatni zeszły poprzedni",
	},
	{
		codes:  "da",
		months: "januar jan, februar feb, marts mar, april apr, maj, juni jun, juli jul, august aug, september sept sep, oktober okt, november nov, december dec",
		days:   "mandag man tirsdag tir tirs onsdag ons torsdag tor tors fredag fre lørdag lør søndag søn",
		fill:   "den d i kl",
		units:  "sekund sekunder sek, minut minutter min, time timer t, dag dage, uge uger, måned måneder mdr, år",
		counts: "en et én ét, to, tre, fire, fem, seks, syv, otte, ni, ti",
		ago:    "for # siden, # siden",
		hedges: "cirka ca omkring omtrent, over mere_end, næsten mindre_end",
		past:   "i_dag, i_går, i_forgårs",
		last:   "sidste",
	},
	{
		codes:  "sv",
		months: "januari jan, februari feb, mars mar, april apr, maj, juni jun, juli jul, augusti aug, september sept sep, oktober okt, november nov, december dec",
		days:   "måndag mån tisdag tis onsdag ons torsdag tors tor fredag fre lördag lör söndag sön",
		fill:   "den d i kl",
		units:  "sekund sekunder sek, minut minuter min, timme timmar tim, dag dagar, vecka veckor, månad månader mån, år",
		counts: "en ett, två, tre, fyra, fem, sex, sju, åtta, nio, tio",
		ago:    "för # sedan, # sedan",
		hedges: "ungefär cirka ca, över mer_än, nästan mindre_än",
		past:   "i_dag idag, i_går igår, i_förrgår",
		last:   "förra",
	},
	{
		codes:  "no nb nn",
		months: "januar jan, februar feb, mars mar, april apr, mai, juni jun, juli jul, august aug, september sept sep, oktober okt, november nov, desember des",
		days:   "mandag man måndag tirsdag tir tysdag onsdag ons torsdag tor fredag fre lørdag lør laurdag søndag søn sundag",
		fill:   "den d i kl",
		units:  "sekund sekunder sek, minutt minutter min, time timer timar t, dag dager dagar, uke uker veke veker, måned måneder månad månader mnd, år",
		counts: "en et ett én ei ein, to, tre, fire, fem, seks, sju syv, åtte, ni, ti",
		ago:    "for # siden, # siden, for # sidan",
		hedges: "omtrent cirka ca rundt, over mer_enn, nesten mindre_enn",
		past:   "i_dag, i_går, i_forgårs",
		last:   "forrige",
	},
	{
		codes:  "tr",
		months: "ocak oca, şubat şub, mart mar, nisan nis, mayıs may, haziran haz, temmuz tem, ağustos ağu, eylül eyl, ekim eki, kasım kas, aralık ara",
		days:   "pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz",
		fill:   "saat",
		units:  "saniye, dakika dk, saat, gün, hafta, ay, yıl",
		counts: "bir, iki, üç, dört, beş, altı, yedi, sekiz, dokuz, on",
		ago:    "# önce",
		hedges: "yaklaşık, , neredeyse",
		past:   "bugün, dün, evvelsi_gün",
		last:   "geçen",
	},
}

// A dateGrammar is a dateLanguage ready to look words up in.
type dateGrammar struct {
	codes          []string
	months, counts map[string]int // from 1 on
	hedges         map[string]int // 0 about, 1 over, 2 almost
	units          map[string]dateUnit
	past           map[string]int // days ago
	fill, weekday  map[string]bool
	lone, last     map[string]bool
	ago            [][2][]string // the words before and after the number
}

// A dateUnit is what dates are told in, from second to year.
type dateUnit int

const (
	unitSecond dateUnit = iota
	unitMinute
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitYear
)

// dateGrammars are all languages, English first.
var dateGrammars = sync.OnceValue(func() []*dateGrammar {
	var out []*dateGrammar
	for _, l := range dateLanguages {
		g := &dateGrammar{
			codes: strings.Fields(l.codes), months: inOrder(l.months, 1), counts: inOrder(l.counts, 1), past: inOrder(l.past, 0), hedges: inOrder(l.hedges, 0),
			fill: wordSet(l.fill), weekday: wordSet(l.days), lone: wordSet(l.lone), last: wordSet(l.last),
			units: make(map[string]dateUnit),
		}
		for word, n := range inOrder(l.units, 0) {
			g.units[word] = dateUnit(n)
		}
		for pattern := range strings.SplitSeq(plain(l.ago), ",") {
			before, after, _ := strings.Cut(pattern, "#")
			g.ago = append(g.ago, [2][]string{strings.Fields(before), strings.Fields(after)})
		}
		out = append(out, g)
	}
	return out
})

func inOrder(list string, first int) map[string]int {
	out := make(map[string]int)
	for i, words := range strings.Split(plain(list), ",") {
		for word := range strings.FieldsSeq(words) {
			if _, taken := out[word]; !taken {
				out[strings.ReplaceAll(word, "_", " ")] = first + i
			}
		}
	}
	return out
}

func wordSet(list string) map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(plain(list)) {
		out[word] = true
	}
	return out
}

// plain is s in small letters without accents.
func plain(s string) string {
	s = strings.ToLower(s)
	ascii := !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
	if ascii {
		return s
	}
	s = norm.NFD.String(s)
	return bareLetters.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s))
}

var bareLetters = strings.NewReplacer("ø", "o", "ł", "l", "ı", "i", "æ", "ae", "ß", "ss")

// grammarsFor returns the page's language first, then English, then all others.
func grammarsFor(language string) []*dateGrammar {
	all := dateGrammars()
	at := slices.IndexFunc(all, func(g *dateGrammar) bool { return slices.Contains(g.codes, language) })
	if at < 1 {
		return all
	}
	return slices.Concat(all[at:at+1], all[:at], all[at+1:])
}
