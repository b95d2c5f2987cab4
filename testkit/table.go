package testkit

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// Table is a list of cases, as a file beside a plugin has them.
type Table struct {
	File  string
	Cases []Case
}

// ReadTable reads a cases file: *_cases.yaml or *_cases.json.
//
//	config: {unit: m}              # for all cases, which may set more
//	cases:
//	  - name: default
//	    reason: why it must be so
//	    in: {event: "$pageview", properties: {n: 1}}
//	    want: {event: "$pageview", properties: {n: 3}}
//
// A case has the fields of [Case] in lower case: name, reason, skip, config, attachments, storage,
// cache, http, cassette, geoip, clock, team_id, in, events, want, want_subset, dropped, error,
// error_type, webhook, logs, storage_after, cache_after, captured, fetches. Events and what is
// compared with them are written as YAML, or as a text of JSON. An attachment is the path of a file,
// as the cassette is, relative to the cases file; or an object of text, name and type. An answer of
// http has method, url, status, headers, body, json and error.
//
// Errors name the file, line and column; all problems of a file at once.
func ReadTable(file string) (*Table, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parseTable(file, text)
}

// Tables lists the cases files of a plugin's directory, sorted.
func Tables(dir string) ([]string, error) {
	return files(dir, "_cases.yaml", "_cases.yml", "_cases.json")
}

// Scenarios lists the scenario files of a plugin's directory, sorted: testdata/*.txtar.
func Scenarios(dir string) ([]string, error) { return files(filepath.Join(dir, "testdata"), ".txtar") }

// files lists the files of a directory that have one of the endings, sorted; none if there is no
// such directory.
func files(dir string, endings ...string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		for _, ending := range endings {
			if strings.HasSuffix(e.Name(), ending) && !e.IsDir() {
				found = append(found, filepath.Join(dir, e.Name()))
			}
		}
	}
	return found, nil
}

// RunFiles runs what stands beside the plugin in directory dir, every case and scenario as a
// subtest: its cases files and the scenarios in testdata. "." is the directory of the test.
// A directory without any ends the test.
//
// The plugreel command does the same with plugreel test DIR. Where the test binary has a flag
// -update of type bool, and it is set, the wishes of scenarios are written anew.
func RunFiles(t T, dir string) {
	t.Helper()
	p := open(t, asPath(dir))
	if p == nil {
		return
	}
	defer closing(t, p)
	tables, err1 := Tables(dir)
	scenarios, err2 := Scenarios(dir)
	switch {
	case err1 != nil || err2 != nil:
		t.Fatalf("%s: %v", dir, firstError(err1, err2))
		return
	case len(tables)+len(scenarios) == 0:
		t.Fatalf("%s: got no tests, want *_cases.yaml or testdata/*.txtar", dir)
		return
	}
	for _, file := range tables {
		subtest(t, filepath.Base(file), func(t T) {
			t.Helper()
			table, err := ReadTable(file)
			if err != nil {
				t.Fatalf("%v", err)
				return
			}
			run(t, p, table.Cases)
		})
	}
	for _, file := range scenarios {
		subtest(t, filepath.Base(file), func(t T) { t.Helper(); playFile(t, p, file) })
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// asPath makes sure that dir is not taken for the name of a built-in plugin.
func asPath(dir string) string {
	if filepath.IsAbs(dir) || strings.HasPrefix(dir, ".") {
		return dir
	}
	return "." + string(filepath.Separator) + dir
}

// merged is a config with another's values over it.
func merged(config, over map[string]any) map[string]any {
	if config == nil {
		return over
	}
	all := maps.Clone(config)
	maps.Copy(all, over)
	return all
}

// fileLine is "file:line".
func fileLine(file string, line int) string { return fmt.Sprintf("%s:%d", file, line) }
