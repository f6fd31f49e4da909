package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"percept/analysis"
)

const configTemplate = `# percept.yaml: which practices, where their feedback comes from. Paths are relative to this file.
# Check it with: percept doctor      Then: percept run

store: percept.duckdb          # everything percept keeps, one file
reports: reports               # where the pages go: reports/index.html
zone: Africa/Johannesburg      # days and weeks are this zone's; a practice may have its own
taxonomy: %s            # the journey: a built-in one (see percept init --help), or a file such as ./mine.yaml
# audience: shared             # shared masks e-mail, phone numbers and names after a title; internal does not
# detect: {alpha: 0.5}         # false alarms a practice and year that you accept
# events:                      # what happened, with all of them or under one practice; named where a change began
#   - {date: 2026-03-02, text: new receptionist, touchpoint: reception}
#   - {date: 2026-06-01, text: moved to Long Street, rebase: true}   # compare with what is said since
# web:
#   contact: you@practice.example    # told to the sites that are read
#   delay: 5s                        # between two pages of one site

practices:
  - id: harbour-street         # small letters, digits, - and _: names its page
    name: Harbour Street Optometry
    sources:
      # The reviews on a page that you own or may read. Its robots.txt is obeyed.
      # - {type: web, url: "https://harbour-street.example/reviews"}
      # Reviews of platforms, by the practice's own account: an export, or an interface with a key of yours.
      # docs/sources.md says how to get at each; keys stand in variables or files, never here.
      # - {type: google, path: takeout.zip}                     # takeout.google.com, Google Business Profile
      # - {type: google, id: accounts/1/locations/2}            # percept auth google lists yours
      # - {type: trustpilot, path: "trustpilot/*.csv"}          # or id: and key_env: PERCEPT_TRUSTPILOT
      # - {type: feefo, id: harbour-street}                     # also reviewsio, hellopeter, nhsuk, careopinion, facebook, yelp
      # - {type: reviews, path: "reviews/*.csv"}                # any other: CSV, XLSX, JSON; columns are found by themselves
      # The export of any survey tool, CSV, XLSX, JSON or Parquet, as it is or zipped; path is a file, a folder or a
      # pattern. Columns are found by themselves; see percept doctor.
      - {type: survey, path: "surveys/*.csv"}
      # - {type: typeform, id: AbC123, key_env: PERCEPT_TYPEFORM}   # the responses of a form, asked for by themselves
      # Where it guessed wrong, say so:
      # - type: survey
      #   path: export.xlsx
      #   columns:
      #     time: {column: "Completed", order: dmy}
      #     rating: [{column: "How was your eye exam?", scale: 1-5, touchpoint: exam}]
      #     text: [{column: "Anything else?", asks: improve}]
      #     consent: "Data protection"       # without a yes a response is not kept
      #     quoting: "On our website?"       # without a yes it counts, and is quoted on no page for sharing

# Who is told when a person is needed. Without a receiver nothing is sent; percept alert prints what is due.
# alerts:
#   receivers:
#     - name: desk
#       type: mail                       # or webhook, slack, teams, folder
#       from: percept@practice.example
#       to: [reception@practice.example]
#       host: smtp.practice.example      # security: starttls (587, as it stands), tls (465) or none
#       user: percept
#       password_env: PERCEPT_MAIL       # the name of a variable; or password_file
#       gets: [alerts, weekly]           # portfolio: all practices in one table, for an advisor
#       # practices: [harbour-street]    # those it hears of; all as it stands
#   budget: 5                            # interruptions a week; what is over it, and not severe, waits for the digest
#   digest: "07:30"
#   quiet: {from: "19:00", to: "07:00"}  # severe alerts come through; severe: true holds them too
#   owners: {collection_call: Front desk, general: Practice manager}
#   # rules: as built in; with your own, these alone:
#   #   - {name: words, severity: severe, words: [infection*, refund*, solicitor*], unless_rated: 4}
#   #   - {name: one-star, severity: severe, channel: review, rating: 1, text: true}
#   #   - {name: collection, touchpoint: collection_call, score: -0.5}
#   #   - {name: slip, slip: true}
#   #   - {name: source, source: true}
#   #   - {name: unanswered, rating: 2, unanswered: 7, severity: low}

# When percept watch reads the sources, by the clock of the practice; a source may have a schedule: of its own.
# watch: {schedule: "mon-fri 06:00", listen: "127.0.0.1:9464"}   # or "every 2h"; listen serves /healthz and /metrics

# The look of percept audit, and what was agreed about answering reviews (as it stands):
# audit:
#   advisor: Someone & Partners
#   logo: logo.png                       # PNG or JPEG, at most 200 kB
#   colour: "#1d5b86"                    # made darker or lighter where it could not be read
#   # what a change takes stands with the practice: efforts: {collection_call: two afternoons}
#   standards: {negative: 80, positive: 25, days: 7, rating: 4.0, reviews: 5}

# One file for many practices, told apart by a column that holds their id or name:
# sources:
#   - {type: survey, path: group.csv, practice: {column: Practice}}
`

func (a *app) initCommand() *cobra.Command {
	var dir, taxonomy, service string
	var survey, force bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a commented percept.yaml and a survey whose columns map themselves",
		Long: `Init writes percept.yaml, with a comment on every key, and surveys/template.csv: one question for every
touchpoint, one for recommending, two open ones and one for consent, worded so that percept finds all of
them by itself. With --survey it writes the questionnaire alone, ready to use: surveys/questionnaire.csv, its
headings; .md, to print or type into a survey tool; .gs, a script that makes it a form of Google.
Existing files are left alone unless --force is given. With --service it writes nothing and prints what
makes the machine run percept by itself: a systemd unit, a launchd agent or a line of cron.`,
		Example: "  percept init\n  percept init --survey\n  percept init --dir clients/elm --taxonomy service\n  percept init --service=systemd",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			if service != "" {
				return a.service(service, dir)
			}
			t, err := loadTaxonomy(taxonomy, func(p string) string { return p })
			if err != nil {
				return usageError{err}
			}
			if strings.ContainsAny(taxonomy, "./\\") { // a file: its path is relative to the config
				if rel, err := filepath.Rel(dir, taxonomy); err == nil {
					taxonomy = "./" + filepath.ToSlash(rel)
				}
			}
			return a.init(dir, taxonomy, t, survey, force)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", ".", "the `folder` to write into")
	cmd.Flags().StringVar(&taxonomy, "taxonomy", "optometry", "the journey that the survey asks about: "+strings.Join(analysis.BuiltInNames(), ", ")+", or a `file`")
	cmd.Flags().StringVar(&service, "service", "", "print a `kind` of service instead: "+strings.Join(serviceKinds, ", "))
	cmd.Flags().Lookup("service").NoOptDefVal = "auto"
	cmd.Flags().BoolVar(&survey, "survey", false, "write a questionnaire instead: table headings, Markdown, Google Forms script")
	cmd.Flags().BoolVar(&force, "force", false, "write over existing files")
	return cmd
}

// An initFile is a file that init writes.
type initFile struct {
	path  string
	write func(io.Writer) error
}

// init writes the config and the headings of a survey, or with survey the questionnaire alone.
func (a *app) init(dir, name string, t *analysis.Taxonomy, survey, force bool) error {
	files := []initFile{
		{filepath.Join(dir, "percept.yaml"), func(w io.Writer) error {
			_, err := fmt.Fprintf(w, configTemplate, name)
			return err
		}},
		{filepath.Join(dir, "surveys", "template.csv"), func(w io.Writer) error { return writeHeadings(w, t) }},
	}
	next := "edit percept.yaml, put an export of your survey into surveys/, then: percept doctor"
	if survey {
		files = questionnaireFiles(dir, t)
		next = "ask the questions with any tool, put its export into surveys/, then: percept doctor"
	}
	if !force {
		for _, f := range files {
			if _, err := os.Stat(f.path); err == nil {
				return hinted{fmt.Errorf("init: %s is there already", f.path), "add --force to write over it, or --dir FOLDER to write elsewhere"}
			}
		}
	}
	for _, f := range files {
		if err := writeFile(f.path, f.write); err != nil {
			return fmt.Errorf("init: %w", err)
		}
		fmt.Fprintf(a.out, "wrote %s\n", f.path)
	}
	fmt.Fprintln(a.err, "percept: "+next)
	return nil
}

func writeFile(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}
