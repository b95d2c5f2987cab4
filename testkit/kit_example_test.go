package testkit_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

func ExampleReplay() {
	var t printer // in a test: t *testing.T
	r := testkit.Replay(t, testkit.Chain(t, "hello-world", nil), testkit.Generator{}.Source(100))
	fmt.Println(r.Report.Counts.Written, "written")
	r.NothingDropped()
	r.NoFailures()
	r.EveryMatches("properties.hello", "^world$")
	r.OnlyChanged("properties.hello")
	// Output:
	// 100 written
	// FAIL only properties.hello changes: 100 of 100 records are not so
	//     generated:1: +properties.bar: "baz"
	//     generated:2: +properties.bar: "baz"
	//     generated:3: +properties.bar: "baz"
	//     generated:4: +properties.bar: "baz"
	//     generated:5: +properties.bar: "baz"
}

func ExampleReplayWith() {
	var t printer
	drop := sdk.Native(sdk.Info{Name: "drop-internal"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if e.TeamID() == 1 {
				return nil, nil
			}
			return e, nil
		}}
	})
	r := testkit.ReplayWith(t, batch.Chain{{Program: drop}}, batch.Records(`{"event":"a","team_id":2}`, `{"event":"b"}`), batch.Options{TeamID: 1})
	for _, result := range r.Results {
		fmt.Println(result.Line, result.Dropped, result.Out)
	}
	// Output:
	// 1 false {"event":"a","team_id":2}
	// 2 true
}

func ExampleNeverThrows() {
	host := sdk.Native(sdk.Info{Name: "host", Hooks: []string{sdk.HookProcessEvent}}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if v := e.Get("properties", "$host"); v.Exists() && v.Kind() != sdk.KindString {
				return e, errors.New("$host is no text")
			}
			return e, nil
		}}
	})
	var t printer
	testkit.NeverThrows(t, batch.Chain{{Program: host}}, testkit.Random{})
	// Output:
	// FAIL never throws: not so for event 172 of seed 0, which was made smaller:
	//     {"properties":{"$host":[1e308]}}
	//     processEvent: $host is no text
}

func ExampleCheck() {
	p, err := plugins.Open("hello-world")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = testkit.Check(context.Background(), p, testkit.Case{
		Name: "says hello", In: testkit.Event("x"), WantSubset: `{"properties":{"hello":"there"}}`,
	})
	var failure *testkit.Failure
	if errors.As(err, &failure) {
		fmt.Println(failure.Details())
	}
	// Output:
	// event (-want +got):
	//     -properties.hello: "there"
	//     +properties.hello: "world"
}

func ExampleReadTable() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "hello_cases.yaml")
	text := "cases:\n  - name: greets\n    in: {event: x}\n    want_subset: {properties: {hello: world}}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	table, err := testkit.ReadTable(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(table.Cases[0].Name, table.Cases[0].WantSubset)
	testkit.Run(printer{}, "hello-world", table.Cases)
	// Output:
	// greets {"properties":{"hello":"world"}}
}

func ExampleRunFiles() {
	var t printer // in a test: t *testing.T
	testkit.RunFiles(t, "../plugins/http-post")
	fmt.Println("as plugreel test plugins/http-post does")
	// Output:
	// as plugreel test plugins/http-post does
}

func ExampleHolds() {
	var t printer
	testkit.Holds(t, testkit.Chain(t, "hello-world", nil), testkit.Random{Count: 20}, "keeps the time", testkit.Keeps("timestamp"))
	testkit.Holds(t, testkit.Chain(t, "hello-world", nil), testkit.Random{Count: 1}, "keeps bar", testkit.Keeps("properties.bar"))
	// Output:
	// FAIL keeps bar: not so for event 0 of seed 0, which was made smaller:
	//     {}
	//     +properties.bar: "baz"
}

func ExampleNewHTTP() {
	http := testkit.NewHTTP(
		testkit.Answer{URL: "https://api.example.com/*", Status: 503, Body: "later"},
		testkit.Answer{URL: "https://api.example.com/*", JSON: map[string]int{"rate": 2}},
	)
	for range 2 {
		answer, err := http.Fetch(context.Background(), &sdk.Request{URL: "https://api.example.com/rates"})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(answer.Status, string(answer.Body))
	}
	fmt.Println(len(http.Calls()), http.Calls()[1])
	// Output:
	// 503 later
	// 200 {"rate":2}
	// 2 GET https://api.example.com/rates
}
