// Package reviews reads reviews that come as data: the answers of review platforms' interfaces, their
// export files, and tables of reviews of any other origin. How a platform writes a review is a Format,
// a YAML file in formats/; API asks a platform by one, Files reads what a person exported or saved.
//
// It asks interfaces that a practice has access to, with the practice's own key, and never a page that
// is made for people. What a platform forbids to store is read by Extract and refused by the Sources.
package reviews
