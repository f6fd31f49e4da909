package reports

import (
	"context"

	"percept/analysis"
)

// A treatment is how many people of the year told of a behaviour, at each touchpoint and anywhere. The touchpoints do not
// add up to the total, which tells none of them: one may tell of several, and of none.
type treatment struct {
	analysis.Trait
	sides [2]treatedSide // badly, well
}

// A treatedSide counts the people who missed a behaviour, or met it.
type treatedSide struct {
	key, word string
	at        map[string]int // by touchpoint
	people    int            // anywhere
}

// treatments count all behaviours, in their order.
func (a *auditor) treatments() []treatment {
	var out []treatment
	for _, trait := range a.traits {
		badly, well := treatedSide{"badly", "missing", map[string]int{}, 0}, treatedSide{"well", "shown", map[string]int{}, 0}
		well.people, badly.people = a.persons(trait.ID, "")
		for _, x := range a.journey {
			well.at[x.ID], badly.at[x.ID] = a.persons(trait.ID, x.ID)
		}
		out = append(out, treatment{trait, [2]treatedSide{badly, well}})
	}
	return out
}

// persons counts who told of a behaviour at a touchpoint, of any where that is empty.
func (a *auditor) persons(behaviour, touchpoint string) (well, badly int) {
	sum := map[string]float64{}
	for _, b := range a.behaviours {
		here := touchpoint == ""
		for _, t := range b.Touchpoints {
			here = here || t == touchpoint
		}
		if b.Behaviour.Behaviour == behaviour && here && !a.late(b.Date) {
			sum[b.Feedback] += b.Score
		}
	}
	for _, s := range sum {
		switch {
		case s > 0:
			well++
		case s < 0:
			badly++
		}
	}
	return well, badly
}

// treatedHere says how people were treated at the touchpoint of a card.
func (a *auditor) treatedHere(c *scorecard) {
	for _, t := range a.treated {
		for _, s := range t.sides {
			if s.at[c.ID] == 0 {
				continue
			}
			c.Conducts = append(c.Conducts, labelled{t.Name + ", " + s.word,
				a.f.count(id(c.ID, "behaviour", t.ID, s.key), c.Name+": "+t.Name+", "+s.word, s.at[c.ID])})
		}
	}
}

// missed is the behaviour that most people miss at a touchpoint, empty where nobody misses any.
func (a *auditor) missed(c *scorecard) string {
	most, name := 0, ""
	for _, t := range a.treated {
		if n := t.sides[0].at[c.ID]; n > most {
			most, name = n, t.Name
		}
	}
	return name
}

// A conductRow is a behaviour over the whole journey.
type conductRow struct {
	Name, Breaks string
	Well, Badly  Figure
}

func (a *auditor) conductRows(context.Context) error {
	for _, t := range a.treated {
		badly, well := t.sides[0], t.sides[1]
		if well.people+badly.people == 0 && t.ID != continuity {
			continue
		}
		var where []string
		for _, c := range a.page.Cards {
			if badly.at[c.ID] > 0 && c.ID != analysis.General {
				where = append(where, c.Name)
			}
		}
		a.page.Behaviours = append(a.page.Behaviours, conductRow{
			Name: t.Name, Breaks: list(where),
			Well:  a.f.count(id("behaviour", t.ID, well.key), t.Name+", "+well.word, well.people),
			Badly: a.f.count(id("behaviour", t.ID, badly.key), t.Name+", "+badly.word, badly.people),
		})
	}
	return nil
}
