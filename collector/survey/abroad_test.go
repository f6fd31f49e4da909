package survey

import (
	"testing"

	"percept/collector"
)

// Forms in other languages than English are understood as those in English are; nobody who said no is kept or quoted.
func TestFormsAbroad(t *testing.T) {
	type column struct {
		heading string
		cells   [2]string
		role    Role
		asks    collector.Asks
	}
	stamp := func(name string) column {
		return column{name, [2]string{"13/02/2026 09:15:00", "14/02/2026 09:15:00"}, When, ""}
	}
	for name, columns := range map[string][]column{
		"German, Microsoft Forms": {
			{"ID", [2]string{"1", "2"}, ID, ""}, {"Startzeit", [2]string{"13.02.2026 09:15:00", "14.02.2026 09:15:00"}, Other, ""},
			{"Fertigstellungszeit", [2]string{"13.02.2026 09:16:00", "14.02.2026 09:16:00"}, When, ""}, {"E-Mail", [2]string{"anonymous", "anonymous"}, Personal, ""},
			{"Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", [2]string{"10", "6"}, Rating, ""}, {"Wie war der Empfang?", [2]string{"4", "2"}, Rating, ""},
			{"Was hat Ihnen gefallen?", [2]string{"Die Beratung", ""}, Text, collector.AsksPraise}, {"Was sollten wir ändern?", [2]string{"", "Kürzere Wartezeit"}, Text, collector.AsksImprove},
			{"Was ist Ihr Alter?", [2]string{"18-30", "31-50"}, Other, ""}, {"Sind Sie damit einverstanden, dass wir Ihre Antworten verwenden?", [2]string{"Ja", "Nein"}, Consent, ""},
		},
		"German, LimeSurvey": {
			{"Antwort ID", [2]string{"17", "18"}, ID, ""}, {"Datum Abgeschickt", [2]string{"2026-02-03 10:00:01", ""}, When, ""}, {"Letzte Seite", [2]string{"3", "1"}, Other, ""},
			{"Was können wir besser machen?", [2]string{"Nichts", "halb"}, Text, collector.AsksImprove}, {"Dürfen wir Sie zitieren?", [2]string{"Ja", "Nein"}, Quoting, ""},
		},
		"French": {
			stamp("Horodateur"), {"Que pourrions-nous améliorer ?", [2]string{"L'attente", "Rappelez-moi"}, Text, collector.AsksImprove},
			{"Nous autorisez-vous à utiliser vos réponses ?", [2]string{"Oui", "Non"}, Consent, ""}, {"Pouvons-nous publier votre commentaire ?", [2]string{"Oui", "Non"}, Quoting, ""},
		},
		"Spanish": {
			stamp("Marca temporal"), {"¿Recomendaría nuestra clínica?", [2]string{"10", "0"}, Rating, ""}, {"¿Qué podemos mejorar?", [2]string{"La espera", "Llámenme"}, Text, collector.AsksImprove},
			{"¿Nos autoriza a usar sus respuestas?", [2]string{"Sí", "No"}, Consent, ""}, {"¿Podemos citar sus palabras?", [2]string{"Sí", "No"}, Quoting, ""},
		},
		"Afrikaans": {
			stamp("Tydstempel"), {"Hoe was die oogtoets?", [2]string{"5", "2"}, Rating, ""}, {"Wat het ons goed gedoen?", [2]string{"Vriendelike mense", ""}, Text, collector.AsksPraise},
			{"Wat kon ons beter doen?", [2]string{"Niks", "Bel my terug"}, Text, collector.AsksImprove}, {"Gee u toestemming dat ons u antwoorde gebruik?", [2]string{"Ja", "Nee"}, Consent, ""},
			{"Mag ons u aanhaal?", [2]string{"Nee", "Ja"}, Quoting, ""},
		},
		"Dutch": {
			stamp("Tijdstempel"), {"Wat kunnen we beter doen?", [2]string{"Niets", "Bel mij terug"}, Text, collector.AsksImprove},
			{"Gaat u akkoord met het gebruik van uw antwoorden?", [2]string{"Ja", "Nee"}, Consent, ""}, {"Mogen wij u citeren?", [2]string{"Nee", "Ja"}, Quoting, ""},
		},
	} {
		var rows [3][]string
		for _, c := range columns {
			rows[0], rows[1], rows[2] = append(rows[0], c.heading), append(rows[1], c.cells[0]), append(rows[2], c.cells[1])
		}
		var content []byte
		for _, r := range rows {
			content = appendRow(content, r)
		}
		l, err := Inspect(t.Context(), write(t, "f.csv", string(content)), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, c := range columns {
			if got := l.Columns[i]; got.Role != c.role || got.Asks != c.asks {
				t.Errorf("%s: %q is %q and asks %q, want %q and %q", name, c.heading, got.Role, got.Asks, c.role, c.asks)
			}
		}
	}
}
