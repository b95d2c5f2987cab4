package plugins

import (
	"archive/zip"
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"sync/atomic"

	"github.com/plugreel/plugreel/sdk"
)

// Compiled is a plugin that is linked into the program: plugreel build makes them of Go plugins.
type Compiled struct {
	// Program is the plugin; the name in its Info is the reference that opens it.
	Program sdk.Program
	// Source is the plugin's directory as a .zip archive, with plugin.json in its root if there is
	// one; nil has no plugin.json and no source.
	Source []byte
}

// WithCompiled lets references name the compiled plugins too. They come before the built-in ones,
// so that one may replace another.
func WithCompiled(list ...Compiled) Option {
	return func(o *options) { o.compiled = append(o.compiled, list...) }
}

// find is the compiled plugin of that name, nil if there is none.
func (o options) find(name string) *Compiled {
	for i := range o.compiled {
		if o.compiled[i].Program.Info().Name == name {
			return &o.compiled[i]
		}
	}
	return nil
}

// source is the root of the plugin.
func (c *Compiled) source(name string) (source, error) {
	fsys, err := c.files()
	if err != nil {
		return source{}, err
	}
	program, err := withFiles(c.Program, fsys)
	return source{ref: name, name: name, fsys: fsys, bare: true, program: program}, err
}

func (c *Compiled) files() (fs.FS, error) {
	if c.Source == nil {
		return embed.FS{}, nil
	}
	return zip.NewReader(bytes.NewReader(c.Source), int64(len(c.Source)))
}

// Single is p for a compiled plugin that keeps something in package variables: they exist once in
// a process, so that a second instance would see what the first one left. Single's New makes one
// and refuses to make another, however often the plugin is opened; why says what stands in the
// way: "package variable count is changed (count.go:12:2)".
func Single(p sdk.Program, why string) sdk.Program { return &single{Program: p, why: why} }

type single struct {
	sdk.Program
	why  string
	made atomic.Bool
}

func (p *single) New(ctx context.Context, meta *sdk.PluginMeta) (*sdk.Hooks, error) {
	if p.made.Swap(true) {
		name := p.Info().Name
		return nil, &sdk.LoadError{Plugin: name, Err: fmt.Errorf(
			"got a second instance in one process, want one: %s, and all instances of a compiled plugin have the same variables; "+
				"use --workers 1 or --isolate, or keep them inside func Hooks", p.why)}
	}
	return p.Program.New(ctx, meta)
}
