// Package model is the trained scorer: hashed linear models over words, characters and what the rules
// of package analysis see, trained by the command "percept model train" and embedded with a card that says
// on what. It knows English only; a taxonomy without trained heads gets its touchpoints from the rules.
package model
