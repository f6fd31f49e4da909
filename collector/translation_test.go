package collector

import "testing"

func TestOriginal(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"translation first", "(Translated by Google) Good.\n\n(Original)\nGoed.", "Goed."},
		{"original first", "Goed.\n\n(Translated by Google)\nGood.", "Goed."},
		{"with line ends of Windows", "(Translated by Google) Good.\r\n\r\n(Original)\r\nGoed.", "Goed."},
		{"paragraphs of the original stay", "(Translated by Google) A.\n\nB.\n\n(Original)\nEen.\n\nTwee.", "Een.\n\nTwee."},
		{"no translation", "Good.", "Good."},
		{"a customer's own word", "I kept the (Original) frames.", "I kept the (Original) frames."},
		{"a customer who quotes the mark", "It said (Translated by Google) and I laughed.", "It said (Translated by Google) and I laughed."},
		{"a mark without an original", "(Translated by Google) Good.", "(Translated by Google) Good."},
		{"a paragraph that goes on after the mark", "Good.\n\n(Translated by Google)? No.", "Good.\n\n(Translated by Google)? No."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Original(tt.in); got != tt.want {
				t.Errorf("Original(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}
