package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A Location is one that the account may read.
type Location struct {
	ID    string // accounts/A/locations/L: the id of a source
	Title string
}

// The interfaces that list accounts and locations.
const (
	accountsBase  = "https://mybusinessaccountmanagement.googleapis.com"
	locationsBase = "https://mybusinessbusinessinformation.googleapis.com"
)

// maxLists bounds the pages of a list of accounts or locations.
const maxLists = 100

// Locations lists what the account that signed in may read. base replaces the addresses of Google's
// interfaces; empty is Google's.
func (t *Tokens) Locations(ctx context.Context, base string) ([]Location, error) {
	at := func(google string) string {
		if base != "" {
			return strings.TrimSuffix(base, "/")
		}
		return google
	}
	var all []Location
	err := t.each(ctx, at(accountsBase)+"/v1/accounts", nil, func(page []byte) error {
		var accounts struct{ Accounts []struct{ Name string } }
		if err := json.Unmarshal(page, &accounts); err != nil {
			return err
		}
		for _, a := range accounts.Accounts {
			// readMask is required: without it the answer is 400.
			query := url.Values{"readMask": {"name,title"}, "pageSize": {"100"}}
			err := t.each(ctx, at(locationsBase)+"/v1/"+a.Name+"/locations", query, func(page []byte) error {
				var locations struct {
					Locations []struct{ Name, Title string }
				}
				if err := json.Unmarshal(page, &locations); err != nil {
					return err
				}
				for _, l := range locations.Locations {
					all = append(all, Location{ID: a.Name + "/" + l.Name, Title: l.Title})
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list locations: %w", err)
	}
	return all, nil
}

// each calls fn with every page of a list.
func (t *Tokens) each(ctx context.Context, address string, query url.Values, fn func(page []byte) error) error {
	next := ""
	for range maxLists {
		q := url.Values{}
		for k, v := range query {
			q[k] = v
		}
		if next != "" {
			q.Set("pageToken", next)
		}
		body, err := t.get(ctx, address+"?"+q.Encode())
		if err != nil {
			return err
		}
		if err := fn(body); err != nil {
			return err
		}
		var page struct{ NextPageToken string }
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
		if next = page.NextPageToken; next == "" {
			return nil
		}
	}
	return fmt.Errorf("more than %d pages", maxLists)
}

func (t *Tokens) get(ctx context.Context, address string) ([]byte, error) {
	key, err := t.Key(ctx, false)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	resp, err := t.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode == http.StatusForbidden || resp.StatusCode == http.StatusTooManyRequests {
		return nil, fmt.Errorf("status %d: has Google approved the project for the Business Profile APIs? A quota of 0 queries a minute means that it has not", resp.StatusCode)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New(resp.Status)
	}
	return body, nil
}
