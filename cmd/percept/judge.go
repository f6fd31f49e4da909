package main

import (
	"context"
	"time"

	"percept/analysis"
	"percept/collector"
	"percept/store"
)

// judge draws the verdicts of every practice and channel up to the last whole week, and compares them
// with what was said before. The error budget of a practice is shared between its channels. It goes on
// from where the last run came to, as far back as rows, holes, events and options are what they were.
func (p *pipeline) judge(ctx context.Context) ([]store.Detected, error) {
	holes, err := p.holes(ctx)
	if err != nil {
		return nil, err
	}
	channels := []collector.Kind{collector.Response, collector.Review}
	var all []store.Detected
	for _, channel := range channels {
		d, err := p.detect(ctx, channel, analysis.DetectOptions{
			Alpha: p.cfg.Detect.Alpha / float64(len(channels)), Until: collector.Monday(p.now, p.cfg.zone).AddDate(0, 0, -7),
			Touchpoints: p.touchpoints(), Channel: string(channel), Holes: holes[channel], Events: p.cfg.events(), Workers: p.workers,
		})
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// holes are the spans of each channel that no verdict may rest on.
func (p *pipeline) holes(ctx context.Context) (map[collector.Kind][]analysis.Hole, error) {
	open, err := p.store.Holes(ctx)
	if err != nil {
		return nil, err
	}
	holes := map[collector.Kind][]analysis.Hole{}
	for _, h := range open {
		channel := collector.Review
		if h.Kind == "survey" {
			channel = collector.Response
		}
		holes[channel] = append(holes[channel], analysis.Hole{Practice: h.Practice, Source: h.Source, From: h.Since, Ended: h.Ended})
	}
	return holes, nil
}

func (p *pipeline) detect(ctx context.Context, channel collector.Kind, o analysis.DetectOptions) (store.Detected, error) {
	d := store.Detected{Channel: channel}
	memory, err := p.store.Memory(ctx, channel)
	if err != nil {
		return d, err
	}
	d.Late = memory.Late
	d.From = analysis.Usable(memory.Checkpoints, o, memory.Touched)
	if d.Detection, d.Progress, err = p.resume(ctx, channel, d.From, o); err != nil && !d.From.IsZero() && ctx.Err() == nil {
		p.log.Warn("detection starts from the beginning", "channel", channel, "why", err)
		d.From = time.Time{}
		d.Detection, d.Progress, err = p.resume(ctx, channel, d.From, o)
	}
	if err != nil {
		return d, err
	}
	p.log.Info("detected", "channel", channel, "from", d.From, "until", d.Week, "alarms", len(d.Alarms))
	d.Revisions = analysis.Revise(memory.Alarms, &d.Detection, string(channel), memory.Judged)
	return d, nil
}

// resume replays from the checkpoint of a week, or from the beginning.
func (p *pipeline) resume(ctx context.Context, channel collector.Kind, from time.Time, o analysis.DetectOptions) (analysis.Detection, analysis.Progress, error) {
	past, err := p.store.Past(ctx, channel, from)
	if err != nil {
		return analysis.Detection{}, analysis.Progress{}, err
	}
	return analysis.Resume(ctx, past, p.store.ObservationsSince(ctx, channel, from), o)
}
