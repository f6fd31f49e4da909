package main

import (
	"context"

	"percept/collector"
	"percept/collector/survey"
	"percept/collector/typeform"
)

// typeformType is the type of source that asks Typeform for the responses of a form.
const typeformType = "typeform"

// kind is how the ledger knows the source: a survey, whichever way its responses come in.
func (s *sourceConfig) kind() string {
	if s.Type == typeformType {
		return "survey"
	}
	return s.Type
}

func (k *checker) typeformSource(at string, s *sourceConfig) {
	api := typeform.Format().API
	if s.Path != "" {
		k.wrong(at+".path", "a source of type typeform asks its interface; an export of Typeform has type: survey")
	}
	if s.ID == "" {
		k.wrong(at, "%s: a source of type typeform needs id: %s", at, api.ID)
	}
	if s.KeyEnv+s.KeyFile == "" {
		k.wrong(at, "%s: a source of type typeform needs key_env or key_file: %s", at, api.Key)
	}
	if s.URL != "" {
		k.apiAddress(at+".url", s.URL)
	}
}

func (p *pipeline) typeformSource(s sourceConfig, read survey.Options) (*typeform.Source, error) {
	o := typeform.Options{Form: s.ID, Base: s.URL, Client: p.apiClient(), Survey: read}
	if s.KeyEnv+s.KeyFile != "" {
		o.Key = func(context.Context, bool) (string, error) { return p.cfg.secret("key", s.KeyFile, s.KeyEnv) }
	}
	return typeform.New(o)
}

// examineTypeform asks for the form, shows what is made of its questions and reads its responses as a run would.
func (d *examination) examineTypeform(ctx context.Context, owner collector.Practice, s sourceConfig) {
	o := d.surveyOptions(owner, s)
	o.Asks = d.asks(owner)
	src, err := d.typeformSource(s, o)
	if err != nil {
		d.ill("%s: %v", s.label(), err)
		return
	}
	var found rejections
	d.readPages(ctx, src, func(page collector.Page, parsed collector.Parsed) {
		if page.Part == 0 {
			layout, err := src.Layout(page)
			if err != nil {
				d.ill("%v", err)
				return
			}
			d.well("%s", src.Name())
			d.examineLayout(layout)
		}
		found.add(parsed.Rejected, d.verbose)
	})
	d.sayRejections(src.Name(), "row", found)
}
