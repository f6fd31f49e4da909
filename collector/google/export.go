package google

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Limits of an export, in bytes and in files: what lies in a zip may be larger than it.
const (
	maxPart  = 64 << 20
	maxTotal = 512 << 20
	maxFiles = 500_000
)

// An export is what was found in a Takeout, whatever its folders are called.
type export struct {
	reviews  map[string]map[string]item // by location and id
	listings map[string]string          // names, by location
	places   []place                    // that are asked for
	written  bool                       // it has reviews that the account wrote
	total    int64                      // bytes read
	count    int                        // files met
}

// An item is one review as it stands in the export.
type item struct {
	raw     map[string]any
	updated time.Time
}

// files are the files and folders that a path or pattern names.
func files(pattern string) ([]string, error) {
	if _, err := os.Stat(pattern); err == nil {
		return []string{pattern}, nil
	}
	found, err := filepath.Glob(pattern)
	if err == nil && len(found) == 0 {
		err = errors.New("there is no such file")
	}
	return found, err
}

// read adds what a zip or a folder holds.
func (x *export) read(ctx context.Context, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return filepath.WalkDir(name, func(file string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			return x.file(ctx, filepath.ToSlash(file), func() (io.ReadCloser, error) { return os.Open(file) })
		})
	}
	z, err := zip.OpenReader(name)
	if errors.Is(err, zip.ErrFormat) {
		return errors.New("not a zip; name the zip that takeout.google.com made, or the folder it was unpacked into")
	}
	if err != nil {
		return err
	}
	defer z.Close() //nolint:errcheck // read only
	for _, f := range z.File {
		if err := x.file(ctx, f.Name, f.Open); err != nil {
			return err
		}
	}
	return nil
}

// file adds one file where its content is of an export.
func (x *export) file(ctx context.Context, name string, open func() (io.ReadCloser, error)) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if x.count++; x.count > maxFiles {
		return fmt.Errorf("more than %d files", maxFiles)
	}
	if !strings.EqualFold(path.Ext(name), ".json") {
		return nil
	}
	r, err := open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close() //nolint:errcheck // read only
	// The start tells what it is: other products of an account have files of any size.
	const head = 256 << 10
	start, err := io.ReadAll(io.LimitReader(r, head))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	x.written = x.written || bytes.Contains(start, []byte(`"five_star_rating_published"`))
	reviewed, listed := bytes.Contains(start, []byte(`"starRating"`)), bytes.Contains(start, []byte(`"LISTING_NAME"`))
	if !reviewed && !listed {
		return nil
	}
	rest, err := io.ReadAll(io.LimitReader(r, maxPart-int64(len(start))+1))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	body := slices.Concat(start, rest)
	x.total += int64(len(body))
	if int64(len(body)) > maxPart || x.total > maxTotal {
		return fmt.Errorf("%s: larger than what is read of an export", name)
	}
	if listed {
		x.listing(name, body)
	}
	if reviewed {
		if err := x.add(body); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// add adds the reviews of one file. The same location may stand under several accounts: the newest
// version of a review counts.
func (x *export) add(body []byte) error {
	var file struct {
		Reviews []map[string]any `json:"reviews"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&file); err != nil {
		return fmt.Errorf("JSON: %w", err)
	}
	for _, raw := range file.Reviews {
		name, _ := raw["name"].(string)
		// accounts/A/locations/L/reviews/R, of which the account changes with who looks
		parts := strings.Split(name, "/")
		if len(parts) != 6 || parts[2] != "locations" || parts[4] != "reviews" {
			return fmt.Errorf("a review named %q, which is not accounts/A/locations/L/reviews/R", name)
		}
		updated, _ := raw["updateTime"].(string)
		at, _ := time.Parse(time.RFC3339, updated) // none is older than any
		location, id := parts[3], parts[5]
		if x.reviews[location] == nil {
			x.reviews[location] = make(map[string]item)
		}
		if known, ok := x.reviews[location][id]; ok && !at.After(known.updated) {
			continue
		}
		if who, ok := raw["reviewer"].(map[string]any); ok {
			delete(who, "profilePhotoUrl")
		}
		x.reviews[location][id] = item{raw, at}
	}
	return nil
}

// listing reads the name of a location, whose number ends the name of the folder.
func (x *export) listing(name string, body []byte) {
	var file struct {
		Attributes []struct {
			ID     struct{ AttributeType string }
			Values []struct {
				Datum struct{ ListingName struct{ Text string } }
			}
		}
	}
	if json.Unmarshal(body, &file) != nil {
		return // a name that cannot be read is none
	}
	folder := path.Base(path.Dir(name))
	number := folder[strings.LastIndexAny(folder, "- _")+1:]
	for _, a := range file.Attributes {
		if a.ID.AttributeType == "LISTING_NAME" && len(a.Values) > 0 {
			x.listings[number] = a.Values[0].Datum.ListingName.Text
		}
	}
}

// of are the reviews of a location, newest change first.
func (x *export) of(location string) []map[string]any {
	ids := make([]string, 0, len(x.reviews[location]))
	for id := range x.reviews[location] {
		ids = append(ids, id)
	}
	at := x.reviews[location]
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(at[b].updated.Compare(at[a].updated), cmp.Compare(a, b))
	})
	all := make([]map[string]any, len(ids))
	for i, id := range ids {
		all[i] = at[id].raw
	}
	return all
}
