package plugins_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	propertyfilter "github.com/plugreel/plugreel/plugins/property-filter"
)

func ExampleOpen() {
	p, err := plugins.Open("hello-world")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer p.Close()
	resolved, err := p.Resolve(manifest.Given{Config: []byte(`{"bar":"open"}`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Name, p.Program.Info().Hooks)
	fmt.Println(string(resolved.Config))
	// Output:
	// hello-world [setupPlugin processEvent]
	// {"greeting":"world","bar":"open"}
}

func ExampleOpen_unknown() {
	_, err := plugins.Open("hello-wolrd")
	fmt.Println(err)
	// Output:
	// hello-wolrd: no such plugin: got neither a path nor a built-in name, want one of downsample, first-time-event, hello-world, hello-world-go, hello-world-ts, http-post, pii-redact, property-filter, timestamp-parser, url-params, webhook, or a path such as ./hello-wolrd; did you mean "hello-world"?
}

// The same plugin as it was compiled in, and interpreted from its source.
func ExampleOpen_interpreted() {
	for _, ref := range []string{"property-filter", "interp:property-filter"} {
		p, err := plugins.Open(ref)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.Ref, p.Name, p.Program.Info().Hooks)
		p.Close()
	}
	_, err := plugins.Open("interp:http-post")
	fmt.Println(err)
	// Output:
	// property-filter property-filter [setupPlugin processEvent]
	// interp:property-filter property-filter [setupPlugin processEvent]
	// interp:http-post: got http-post, which is not written in Go, want one of downsample, first-time-event, hello-world-go, pii-redact, property-filter, timestamp-parser, url-params, webhook
}

func ExampleOpenFS() {
	fsys := fstest.MapFS{"index.js": {Data: []byte(`export function onEvent(event) { console.log(event.event) }`)}}
	p, err := plugins.OpenFS("print", fsys)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Name, p.Program.Info().Hooks)
	// Output:
	// print [onEvent]
}

func ExampleWithContext() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, opts := range [][]plugins.Option{nil, {plugins.WithContext(ctx)}} {
		_, err := plugins.Open("hello-world", opts...)
		fmt.Println(errors.Is(err, context.Canceled))
	}
	// Output:
	// false
	// true
}

// A host that compiles a first-party plugin in needs this package only for those in other languages.
func Example_compiledIn() {
	chain := batch.Chain{{Program: propertyfilter.Program(), Config: []byte(`{"properties":"email, utm_*"}`)}}
	in := strings.NewReader(`{"event":"signup","properties":{"email":"ada@example.com","plan":"pro","utm_source":"x"}}`)
	report, err := batch.Run(context.Background(), chain, batch.Reader("in.ndjson", in), batch.Writer(os.Stdout), batch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Counts.Written, "written")
	// Output:
	// {"event":"signup","properties":{"plan":"pro"}}
	// 1 written
}
