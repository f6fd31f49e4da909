package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"percept/collector/google"
)

func (a *app) authCommand() *cobra.Command {
	var device bool
	var port int
	cmd := &cobra.Command{
		Use:   "auth google",
		Short: "Sign in to a platform whose interface wants a person, once",
		Long: `Auth signs in to the Google account that owns the practice's Business Profile, with the OAuth client of
your own that google-client.json holds, and keeps the sign-in in google-token.json beside the config,
readable by you alone. It asks for one permission, business.manage. Then it lists the locations that
the account may read, as lines for percept.yaml.

It prints an address to open in a browser on this machine. Over SSH, forward a port and name it:
ssh -L 8085:127.0.0.1:8085 ..., then --port 8085. With --device a code is typed on another machine
instead, where Google grants the permission that way.`,
		Example:   "  percept auth google",
		ValidArgs: []string{"google"},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "google" {
				return nil
			}
			return usageError{hinted{errors.New("auth wants to know where to sign in"), "type: percept auth google; all other platforms take a key, in key_env or key_file of their source"}}
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := readConfig(a.config)
			if err != nil {
				return err
			}
			tokens, err := cfg.tokens(cfg.direct(0, a.log))
			if err != nil {
				return usageError{fmt.Errorf("auth google: %w", err)}
			}
			if device {
				err = tokens.Device(cmd.Context(), func(address, code string) {
					fmt.Fprintf(a.err, "percept: open %s on any machine and type: %s\n", line(address), line(code))
				}, a.pause)
			} else {
				err = tokens.Loopback(cmd.Context(), port, func(address string) {
					fmt.Fprintf(a.err, "percept: open this address in a browser on this machine, as the owner or manager of the profile:\n%s\n", line(address))
				})
			}
			if err != nil {
				return fmt.Errorf("auth google: %w", err)
			}
			fmt.Fprintf(a.err, "percept: signed in; kept in %s\n", cfg.googleToken())
			locations, err := tokens.Locations(cmd.Context(), cfg.Google.URL)
			if err != nil {
				return hinted{fmt.Errorf("auth google: %w", err), "the sign-in is kept; when this is mended, see the locations with: percept auth google"}
			}
			return a.sayLocations(locations)
		},
	}
	cmd.Flags().BoolVar(&device, "device", false, "sign in by a code typed on another machine")
	cmd.Flags().IntVar(&port, "port", 0, "the `port` of this machine that the browser comes back to; 0 is any")
	return cmd
}

// sayLocations prints a source for every location.
func (a *app) sayLocations(locations []google.Location) error {
	if len(locations) == 0 {
		return errors.New("auth google: the account has no location; sign in as an owner or manager of the practice's profile")
	}
	for _, l := range locations {
		fmt.Fprintf(a.out, "- {type: google, id: %s}   # %s\n", line(l.ID), line(l.Title))
	}
	fmt.Fprintln(a.err, "percept: put the line of a practice under its sources, then: percept doctor")
	return nil
}
