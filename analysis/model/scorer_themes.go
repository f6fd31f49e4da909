package model

import "percept/analysis"

// themes finds the themes of a user's own taxonomy in the whole text; a theme's span is the likeliest sentence.
func (s *Scorer) themes(sh *sheet, out *analysis.Scored) {
	if len(sh.Clauses) == 0 {
		return
	}
	b := s.weights.Themes
	read := func(x stretch) []float64 { return b.read(sh, sh.topicFeatures(x)) }
	whole := read(sh.whole())
	sentences := sh.sentences()
	parts := make([][]float64, len(sentences))
	for i, x := range sentences {
		parts[i] = whole
		if len(sentences) > 1 {
			parts[i] = read(x)
		}
	}
	for j, theme := range b.Labels {
		if whole[j] < float64(b.Cut[j]) {
			continue
		}
		best := 0
		for i := range parts {
			if parts[i][j] > parts[best][j] {
				best = i
			}
		}
		x := sentences[best]
		at := sh.extent(x)
		score, side := s.felt(sh, view{stretch: x, focus: x, touchpoint: -1})
		out.Mentions = append(out.Mentions, analysis.Span{ID: theme, Score: score, Confidence: whole[j] * side, Start: at.Start, End: at.End})
	}
}
