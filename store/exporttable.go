package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"math"
	"slices"
	"strings"
)

//go:embed sql/export/*.sql
var exportSQL embed.FS

// An ExportTable is a table as people get it: what an owner or an advisor may ask for, under names that stay. What is
// percept's own (kept pages, keys, what detection carries from run to run, the text of messages) is in none.
type ExportTable struct {
	Name, About string
	query       string
	meanings    []string // of its columns, in their order
	over        string   // the table that the query reads a block at a time, empty where it reads all at once
	earlier     bool     // of the versions that later ones replaced
}

// An ExportColumn is a column of an ExportTable.
type ExportColumn struct {
	Table, Name, Type, Meaning string
}

// ExportTables are the tables that Export writes, in the order in which they are told.
func ExportTables() []ExportTable {
	return []ExportTable{
		exportTable("practices"), exportTable("sources"),
		exportTable("feedback").of("feedback"), exportTable("answers").of("answer"),
		exportTable("mentions").of("feedback"), exportTable("behaviours").of("feedback"), exportTable("corrections"),
		exportTable("feedback").of("feedback").before("earlier_feedback", "Feedback as it was before it was edited, or read otherwise: one row a version."),
		exportTable("answers").of("answer").before("earlier_answers", "The answers of earlier_feedback."),
		exportTable("removals"), exportTable("series"), exportTable("verdicts"), exportTable("findings"), exportTable("revisions"),
		exportTable("changes"), exportTable("alerts"), exportTable("messages"), exportTable("runs"), exportTable("ledger"), exportTable("rejections"),
		{Name: columnsTable, About: "Every column of every table, and what it means."},
	}
}

// columnsTable tells the columns of the others.
const columnsTable = "columns"

// exportTable reads sql/export/NAME.sql: the comment at its top says what the table is, and a comment behind each column
// what that means.
func exportTable(name string) ExportTable {
	text, err := exportSQL.ReadFile("sql/export/" + name + ".sql")
	if err != nil {
		panic(err) // it is embedded
	}
	t := ExportTable{Name: name, query: string(text)}
	for line := range strings.Lines(t.query) {
		_, said, ok := strings.Cut(line, "-- ")
		said = strings.TrimSpace(said)
		switch {
		case !ok:
		case t.About == "":
			t.About = said
		default:
			t.meanings = append(t.meanings, said)
		}
	}
	return t
}

// of has a table be read over blocks of another, from its row $first to $last.
func (t ExportTable) of(table string) ExportTable {
	t.over = table
	return t
}

// before is a table of the versions that later ones replaced: $earlier.
func (t ExportTable) before(name, about string) ExportTable {
	t.Name, t.About, t.earlier = name, about, true
	return t
}

// belonging are the tables whose rows belong to a version of feedback. A query reads those of one from its row
// $scored_first to $scored_last alone, as rows of one import or analysis lie together.
var belonging = [...]string{"scored", "answer", "mention", "behaviour"}

// A block is rows from the first to the last: of the table that a query reads over, and of those that belong to them.
type block struct {
	first, last int64
	belonging   [len(belonging)]struct{ first, last int64 }
}

// everything is the block of all rows.
func everything() block {
	b := block{last: math.MaxInt64}
	for i := range b.belonging {
		b.belonging[i].last = math.MaxInt64
	}
	return b
}

// reads reports whether the query has a parameter.
func (t ExportTable) reads(parameter string) bool { return strings.Contains(t.query, "$"+parameter) }

// args are those that the query has, for a practice and a block.
func (t ExportTable) args(practice string, b block) []any {
	all := []sql.NamedArg{sql.Named("practice", practice), sql.Named("first", b.first), sql.Named("last", b.last), sql.Named("earlier", t.earlier)}
	for i, table := range belonging {
		all = append(all, sql.Named(table+"_first", b.belonging[i].first), sql.Named(table+"_last", b.belonging[i].last))
	}
	var args []any
	for _, a := range all {
		if t.reads(a.Name) {
			args = append(args, a)
		}
	}
	return args
}

// ExportColumns are the columns of all tables, in their order.
func (s *Store) ExportColumns(ctx context.Context) ([]ExportColumn, error) {
	var all []ExportColumn
	for _, t := range ExportTables() {
		query, args := t.query, t.args("", block{})
		if t.Name == columnsTable {
			query, args = columnsQuery(nil)
			t.meanings = []string{"its table", "its name, which stays", "as DuckDB calls it", "what it means"}
		}
		columns, err := s.described(ctx, query, args)
		if err != nil {
			return nil, fmt.Errorf("describe %s: %w", t.Name, err)
		}
		if len(columns) != len(t.meanings) {
			return nil, fmt.Errorf("describe %s: %d columns, and %d of them explained", t.Name, len(columns), len(t.meanings))
		}
		for i := range columns {
			columns[i].Table, columns[i].Meaning = t.Name, t.meanings[i]
		}
		all = append(all, columns...)
	}
	return all, nil
}

// columnsQuery is the query of columnsTable.
func columnsQuery(columns []ExportColumn) (query string, args []any) {
	cells := make([][]string, 4)
	for _, c := range columns {
		for i, v := range []string{c.Table, c.Name, c.Type, c.Meaning} {
			cells[i] = append(cells[i], v)
		}
	}
	for _, c := range cells {
		args = append(args, list(slices.Clip(c)))
	}
	return `SELECT unnest($1::VARCHAR[]) AS "table", unnest($2::VARCHAR[]) AS "column", unnest($3::VARCHAR[]) AS type, unnest($4::VARCHAR[]) AS meaning`, args
}

// described are the names and types of the columns that a query gives.
func (s *Store) described(ctx context.Context, text string, args []any) ([]ExportColumn, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+text+")", args...) //nolint:gosec // a query of our own
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []ExportColumn
	for rows.Next() {
		var c ExportColumn
		if err := rows.Scan(&c.Name, &c.Type); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
