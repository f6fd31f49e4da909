package analysis

import "testing"

func TestLanguage(t *testing.T) {
	tests := []struct{ name, declared, text, want string }{
		{"declared", "en-GB", "Great service.", "en"},
		{"declared with an underscore", "de_AT", "Super!", "de"},
		{"too short to tell", "", "Super!", ""},
		{"English", "", "They were very kind and the exam was thorough.", "en"},
		{"German", "", "Sehr freundlich, die Brille war nach einer Woche fertig und ich bin zufrieden.", "de"},
		{"French", "", "Très bon accueil, je suis ravie de mes lunettes et de la qualité du service.", "fr"},
		{"Afrikaans", "", "Die diens was baie goed en ek is bly met my nuwe bril.", "af"},
		{"Dutch", "", "Het personeel is heel vriendelijk en ik ben erg blij met mijn bril.", "nl"},
		{"Spanish", "", "El personal es muy amable y las gafas no tardaron, gracias por todo.", "es"},
		{"Italian", "", "Il personale è molto gentile e gli occhiali sono stati pronti in una settimana.", "it"},
		{"Portuguese", "", "O atendimento foi muito bom e os óculos ficaram prontos em uma semana.", "pt"},
		{"Polish", "", "Bardzo miła obsługa, okulary były gotowe w tydzień i jest to dobry salon.", "pl"},
		{"German on a page that declares English", "en", "Ich bin sehr zufrieden mit der Beratung und die Brille ist wunderbar.", "de"},
		{"English on a page that declares German", "de", "The staff was very friendly and they explained all of it to me.", "en"},
		{"a foreign phrase in English", "en", "They have a certain je ne sais quoi, and the frames from Die Brille were good.", "en"},
		{"a name in English", "en", "Dr De La Rey is the best, he was on time.", "en"},
		{"declared and too short to doubt", "en", "Sehr gut.", "en"},
		{"a language that is declared and not known", "cs", "Velmi milý personál a brýle byly rychle hotové.", "cs"},
		{"another alphabet on an English page", "en", "Очень хороший врач, всё объяснил.", "und-Cyrl"},
		{"another alphabet, declared", "ru", "Очень хороший врач, всё объяснил.", "ru"},
		{"Korean on an English page", "en", "안경이 정말 좋아요. 친절했습니다.", "ko"},
		{"no letters", "", "5/5 !!!", ""},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Language(tt.declared, tt.text); got != tt.want {
				t.Errorf("Language(%q, %q) = %q, want %q", tt.declared, tt.text, got, tt.want)
			}
		})
	}
}
