package google

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Scope is the permission to read a Business Profile, the only one that is asked for.
const Scope = "https://www.googleapis.com/auth/business.manage"

// A Client is the OAuth client of the user's own project at console.cloud.google.com.
type Client struct {
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"` // no secret, for a program on the user's machine (RFC 8252, 8.5)
	// The addresses of Google's side; empty ones are Google's.
	AuthURI   string `json:"auth_uri"`
	TokenURI  string `json:"token_uri"`
	DeviceURI string `json:"device_authorization_endpoint"` // RFC 8628
}

// ParseClient reads the JSON that the console lets one download for a client of the kind "Desktop app"
// or "TVs and Limited Input devices".
func ParseClient(data []byte) (Client, error) {
	var file struct{ Installed, Web *Client }
	if err := json.Unmarshal(data, &file); err != nil {
		return Client{}, fmt.Errorf("not the JSON of an OAuth client: %w", err)
	}
	c := file.Installed
	switch {
	case c == nil && file.Web != nil:
		return Client{}, errors.New(`a client of the kind "Web application"; make one of the kind "Desktop app"`)
	case c == nil || c.ID == "":
		return Client{}, errors.New("no client_id in it; download the JSON of an OAuth client of the kind \"Desktop app\" from console.cloud.google.com")
	}
	for at, otherwise := range map[*string]string{
		&c.AuthURI:   "https://accounts.google.com/o/oauth2/v2/auth",
		&c.TokenURI:  "https://oauth2.googleapis.com/token",
		&c.DeviceURI: "https://oauth2.googleapis.com/device/code",
	} {
		if *at == "" {
			*at = otherwise
		}
	}
	return *c, nil
}

// A token is what Google gave for a sign-in.
type token struct {
	Access  string    `json:"access_token"`
	Refresh string    `json:"refresh_token"`
	Expiry  time.Time `json:"expiry"`
	Scope   string    `json:"scope"`
}

// A grantError is Google's answer to a request for a token that it does not grant (RFC 6749, 5.2).
type grantError struct{ code, description string }

func (e grantError) Error() string {
	if e.description == "" {
		return e.code
	}
	return e.code + ": " + e.description
}

// post sends a form and reads the JSON of the answer into v.
func post(ctx context.Context, client *http.Client, address string, form url.Values, v any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	resp, err := client.Do(req)
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err
	}
	if err != nil {
		return fmt.Errorf("ask %s: %w", req.URL.Host, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("ask %s: %w", req.URL.Host, err)
	}
	if resp.StatusCode != http.StatusOK {
		var e struct {
			Code        string `json:"error"`
			Description string `json:"error_description"`
		}
		if json.Unmarshal(body, &e) == nil && e.Code != "" {
			return grantError{e.Code, e.Description}
		}
		return fmt.Errorf("ask %s: status %d %s", req.URL.Host, resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("ask %s: its answer: %w", req.URL.Host, err)
	}
	return nil
}

// grant asks for a token.
func (c Client) grant(ctx context.Context, client *http.Client, now time.Time, form url.Values) (token, error) {
	form.Set("client_id", c.ID)
	form.Set("client_secret", c.Secret)
	var answer struct {
		token
		Seconds int `json:"expires_in"`
	}
	if err := post(ctx, client, c.TokenURI, form, &answer); err != nil {
		return token{}, err
	}
	if answer.Access == "" {
		return token{}, errors.New("the answer holds no access token")
	}
	answer.Expiry = now.Add(time.Duration(answer.Seconds) * time.Second)
	return answer.token, nil
}

// save writes the token for its owner alone, so that a crash leaves the old one or the new.
func (t token) save(file string) error {
	data, err := json.MarshalIndent(t, "", "  ") //nolint:gosec // the file is what keeps it
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".google-token-*") // made 0600
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
