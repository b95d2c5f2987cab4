package main

import (
	"context"
	"fmt"
)

// A series is a case about one question. Its programs are not those of the other cases.

// startup asks what it takes to begin: one event, beside Node that does nothing at all.
func startup(ctx context.Context, l *lab) ([]*row, error) {
	one, err := l.with(ctx, 1)
	if err != nil {
		return nil, err
	}
	rows, err := one.rows(benchCase{
		name: "startup", quick: true, chain: chain(firstParty("hello-world")), inGo: "hello-world-go", inTS: "hello-world-ts",
	})
	nothing := one.row("startup", "node -e 0")
	nothing.Command, nothing.Skipped, nothing.apart = []string{"node", "-e", "0"}, l.absent[baseline], true
	return append(rows, nothing), err
}

// workers asks what a second worker is worth.
func workers(_ context.Context, l *lab) ([]*row, error) {
	one, two := *l, *l
	one.workers, two.workers = 1, 2
	return []*row{
		one.replay("workers", "plugreel, 1 worker").asMeasure(),
		two.replay("workers", "plugreel, 2 workers"),
	}, nil
}

// growth asks whether an event of a large archive costs more than one of a small archive.
func growth(ctx context.Context, l *lab) ([]*row, error) {
	large, err := l.with(ctx, 10*l.events)
	if err != nil {
		return nil, err
	}
	small := l.replay("growth", fmt.Sprintf("plugreel, %d events", l.events)).asMeasure()
	r := large.replay("growth", fmt.Sprintf("plugreel, %d events", large.events))
	r.apart = true
	return []*row{small, r}, nil
}

// with is the lab with another number of events.
func (l *lab) with(ctx context.Context, events int) (*lab, error) {
	other := *l
	other.events = events
	return &other, other.inputs(ctx, nil)
}

// replay is plugreel with hello-world on the lab's events.
func (l *lab) replay(series, name string) *row {
	r := l.row(series, name)
	r.Command = plugreelCommand(l, job{plugins: []plugin{{ref: "hello-world"}}, input: l.input(plain), output: r.output, report: r.report})
	return r
}
