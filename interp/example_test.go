package interp_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

func Example() {
	fsys := fstest.MapFS{"plugin.go": {Data: []byte(`package hello

import "github.com/plugreel/plugreel/sdk"

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	e.Properties().Set("greeting", meta.Config.Get("greeting").StrOr("hello"))
	return e, nil
}
`)}}
	ctx := context.Background()
	program, err := interp.Load(ctx, fsys, &manifest.Manifest{Name: "hello"})
	if err != nil {
		fmt.Println(err)
		return
	}
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte(`{"greeting":"servus"}`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	hooks, err := program.New(ctx, meta)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer hooks.Close()
	e, err := sdk.NewEvent([]byte(`{"event":"$pageview"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err = hooks.ProcessEvent(e, meta)
	fmt.Println(e, err)
	// Output: {"event":"$pageview","properties":{"greeting":"servus"}} <nil>
}

func ExampleLoad_problems() {
	fsys := fstest.MapFS{"plugin.go": {Data: []byte(`package p

import "os"

func ProcessEvent(event string) {
	x := os.Args
}
`)}}
	_, err := interp.Load(context.Background(), fsys, &manifest.Manifest{Name: "p"})
	fmt.Println(err)
	// Output: p: plugin.go:3:8: import "os": a plugin may not import it: a plugin has no files, processes or environment; the configuration is meta.Config, files are meta.Attachments
}
