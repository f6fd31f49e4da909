package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"percept/collector"
)

// An ExportFormat is how an export is written.
type ExportFormat string

// The formats of an export. Text of a CSV is collector.Inert, its lists are joined by "; ", and its times, as those of
// JSON lines, are in UTC and end in Z; in Parquet they are UTC by their type.
const (
	ExportCSV     ExportFormat = "csv"
	ExportJSONL   ExportFormat = "jsonl"
	ExportParquet ExportFormat = "parquet"
)

// ExportOptions say what of a table Export writes, and how.
type ExportOptions struct {
	Format ExportFormat
	// Practice is the one whose rows are written, empty for all. What concerns several together is left out for one.
	Practice string
	// Mark has a CSV begin with a byte order mark, which Excel knows UTF-8 by.
	Mark bool
	// Block is how many rows of a table are joined with what belongs to them at a time, since that has to fit into memory
	// beside them; 0 is 32,768.
	Block int64
}

// exportBlock is the usual Block. Where texts are so long that memory has no room for one, it is divided, down to
// leastBlock.
const (
	exportBlock = 32_768
	leastBlock  = 512
)

func outOfMemory(err error) bool {
	var told *duckdb.Error
	return errors.As(err, &told) && told.Type == duckdb.ErrorTypeOutOfMemory
}

// Export writes a table to a file, which has to lie in the Exports folder of Options, and returns how many rows it has:
// in the order in which they were stored, or in that which its query states. Blocks of a large table wait as files beside it.
func (s *Store) Export(ctx context.Context, t ExportTable, file string, o ExportOptions) (int64, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return 0, err
	}
	if strings.ContainsAny(file, "*?[") { // DuckDB takes it for a pattern
		return 0, fmt.Errorf("export %s: %s: a path may not hold *, ? or [", t.Name, file)
	}
	o.Block = cmp.Or(o.Block, exportBlock)
	n, err := s.export(ctx, t, file, o)
	for outOfMemory(err) && o.Block > leastBlock { // people wrote at length
		o.Block /= 8
		n, err = s.export(ctx, t, file, o)
	}
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case err != nil:
		return 0, fmt.Errorf("export %s: %w", t.Name, plainly(err))
	}
	return n, nil
}

func (s *Store) export(ctx context.Context, t ExportTable, file string, o ExportOptions) (int64, error) {
	switch {
	case t.Name == columnsTable:
		columns, err := s.ExportColumns(ctx)
		if err != nil {
			return 0, err
		}
		query, args := columnsQuery(columns)
		return s.copyOut(ctx, query, args, file, o)
	case t.over == "":
		return s.copyOut(ctx, t.query, t.args(o.Practice, everything()), file, o)
	}
	return s.exportBlocks(ctx, t, file, o)
}

// exportBlocks writes a table block by block, in the order of its rows.
func (s *Store) exportBlocks(ctx context.Context, t ExportTable, file string, o ExportOptions) (n int64, err error) {
	blocks, err := s.blocks(ctx, t, o.Block)
	if err != nil {
		return 0, err
	}
	if len(blocks) < 2 {
		return s.copyOut(ctx, t.query, t.args(o.Practice, everything()), file, o)
	}
	var files, names []string
	defer func() {
		for _, f := range files {
			err = errors.Join(err, os.Remove(f))
		}
	}()
	for i, b := range blocks {
		part := fmt.Sprintf("%s.%d", file, i)
		if _, err := s.copyTo(ctx, t.query, t.args(o.Practice, b), part, fmt.Sprintf("FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE %d", o.groupRows())); err != nil {
			return 0, err
		}
		files, names = append(files, part), append(names, literal(part))
	}
	return s.copyOut(ctx, "FROM read_parquet(["+strings.Join(names, ", ")+"])", nil, file, o)
}

// blocks are those of the table that t is read over, of so many rows each.
func (s *Store) blocks(ctx context.Context, t ExportTable, rows int64) ([]block, error) {
	var end int64
	if err := s.db.QueryRowContext(ctx, "SELECT coalesce(max(rowid), -1) + 1 FROM "+t.over).Scan(&end); err != nil {
		return nil, err
	}
	var blocks []block
	for first := int64(0); first < end; first += rows {
		b := block{first: first, last: first + rows - 1}
		for i := range b.belonging {
			b.belonging[i].last = -1 // none
		}
		blocks = append(blocks, b)
	}
	for i, table := range belonging {
		if len(blocks) < 2 || !t.reads(table+"_first") {
			continue
		}
		if err := s.bound(ctx, table, rows, func(n, first, last int64) { blocks[n].belonging[i].first, blocks[n].belonging[i].last = first, last }); err != nil {
			return nil, err
		}
	}
	return blocks, nil
}

// bound finds between which rows of a table those lie that belong to each block of feedback.
func (s *Store) bound(ctx context.Context, table string, rows int64, found func(n, first, last int64)) error {
	on := "b.feedback = f.id AND b.version = f.version"
	if table == "answer" {
		on = "b.version_id = f.version_id"
	}
	of, err := s.db.QueryContext(ctx, "SELECT f.rowid // ?, min(b.rowid), max(b.rowid) FROM "+table+" b JOIN feedback f ON "+on+" GROUP BY ALL", rows) //nolint:gosec // a name of belonging
	if err != nil {
		return err
	}
	defer of.Close()
	for of.Next() {
		var n, first, last int64
		if err := of.Scan(&n, &first, &last); err != nil {
			return err
		}
		found(n, first, last)
	}
	return of.Err()
}

// copyOut writes what a query gives to a file, as people get it.
func (s *Store) copyOut(ctx context.Context, query string, args []any, file string, o ExportOptions) (int64, error) {
	columns, err := s.described(ctx, query, args)
	if err != nil {
		return 0, err
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		name := c.Name
		if i == 0 && o.Mark {
			name = "\ufeff" + name
		}
		cells[i] = o.Format.cell(`"`+c.Name+`"`, c.Type) + ` AS "` + name + `"`
	}
	return s.copyTo(ctx, "SELECT "+strings.Join(cells, ", ")+" FROM ("+query+")", args, file, o.written())
}

// copyTo writes what a query gives to a file.
func (s *Store) copyTo(ctx context.Context, query string, args []any, file, options string) (int64, error) {
	done, err := s.db.ExecContext(ctx, fmt.Sprintf("COPY (%s) TO %s (%s)", query, literal(file), options), args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// cell is a column of a type as the format has it. A number that is none is left out: JSON knows none.
func (f ExportFormat) cell(name, kind string) string {
	switch {
	case kind == "DOUBLE":
		return "CASE WHEN isfinite(" + name + ") THEN " + name + " END"
	case f == ExportParquet && kind == "TIMESTAMP":
		return "timezone('UTC', " + name + ")"
	case f == ExportCSV && kind == "VARCHAR[]":
		return inertSQL("array_to_string(" + name + ", '; ')")
	case f == ExportCSV && kind == "VARCHAR":
		return inertSQL(name)
	}
	return name
}

// inertSQL is collector.Inert of an expression.
func inertSQL(text string) string {
	return fmt.Sprintf("CASE WHEN regexp_matches(%[1]s, %[2]s) THEN '''' || %[1]s ELSE %[1]s END", text, literal(collector.FormulaPattern))
}

// groupRows is how many rows of Parquet are held until they are written.
func (o ExportOptions) groupRows() int64 { return min(o.Block, 16_384) }

// written are the options of COPY.
func (o ExportOptions) written() string {
	const stamps = ", TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%SZ'"
	switch o.Format {
	case ExportParquet:
		return fmt.Sprintf("FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d", o.groupRows())
	case ExportJSONL:
		return "FORMAT json" + stamps
	}
	return "FORMAT csv, HEADER" + stamps
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
