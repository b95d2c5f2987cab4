package batch_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/sdk"
)

func TestReportMatchesItsSchema(t *testing.T) {
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(batch.ReportSchema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("report.json", text))
	schema, err := compiler.Compile("report.json")
	require.NoError(t, err)

	chain := batch.Chain{plugin("by-name", byName), webhook(), {Program: sdk.Native(sdk.Info{
		Name: "described", Notices: []sdk.Notice{{Message: "m", Code: "c"}}, Files: []sdk.File{{Name: "a.js"}},
	}, func() sdk.Hooks { return sdk.Hooks{} })}}
	records := batch.Records(`{"event":"fail"}`, ``, `oops`, `{"event":"drop"}`)
	for name, report := range map[string]batch.Report{
		"no chain": replay(t, nil, batch.Records(`{}`), batch.Options{}).report,
		"failures": replay(t, chain, records, batch.Options{}).report,
		"stopped":  replay(t, chain, records, batch.Options{OnError: batch.Stop}).report,
		"sent":     replay(t, chain, records, batch.Options{Deliverer: deliverer(byPath)}).report,
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(report.JSON()))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value), name)
	}
}

// slowDisk takes a second to bring a file to the disk.
type slowDisk struct{ output.OS }

func (d slowDisk) OpenFile(name string, flag int, perm fs.FileMode) (output.File, error) {
	f, err := d.OS.OpenFile(name, flag, perm)
	return slowFile{f}, err
}

type slowFile struct{ output.File }

func (f slowFile) Sync() error {
	time.Sleep(time.Second)
	return f.File.Sync()
}

func TestSyncSeconds(t *testing.T) {
	sleepy := plugin("sleepy", func(e event, _ meta) (event, error) {
		time.Sleep(2 * time.Second)
		return e, nil
	})
	synctest.Test(t, func(t *testing.T) {
		out := batch.CreateOn(slowDisk{}, filepath.Join(t.TempDir(), "out.ndjson"))
		report, err := batch.Run(t.Context(), batch.Chain{sleepy}, batch.Records(`{"event":"a"}`), out, batch.Options{})
		require.NoError(t, err)
		assert.Equal(t, 3.0, report.WallSeconds)
		assert.Equal(t, 1.0, report.SyncSeconds, "the disk only")

		report, err = batch.Run(t.Context(), batch.Chain{sleepy}, batch.Records(`{"event":"a"}`), batch.Writer(io.Discard), batch.Options{})
		require.NoError(t, err)
		assert.Zero(t, report.SyncSeconds, "there is no file")
	})
}

// TestSchemaKnowsEveryMember compares names, one level deep and for plugins and hooks.
func TestSchemaKnowsEveryMember(t *testing.T) {
	type node struct {
		Properties map[string]node
		Items      *node
		Defs       map[string]node `json:"$defs"`
	}
	var schema node
	require.NoError(t, json.Unmarshal(batch.ReportSchema(), &schema))
	for name, c := range map[string]struct {
		of  any
		say node
	}{
		"report": {batch.Report{}, schema},
		"counts": {batch.Counts{}, schema.Properties["counts"]},
		"bytes":  {batch.ByteCounts{}, schema.Properties["bytes"]},
		"source": {batch.SourceReport{}, *schema.Properties["sources"].Items},
		"plugin": {batch.PluginReport{}, *schema.Properties["plugins"].Items},
		"hook":   {batch.HookReport{}, schema.Defs["hook"]},
		"sent":   {batch.DeliveryReport{}, schema.Properties["plugins"].Items.Properties["deliveries"]},
		"sample": {batch.Sample{}, *schema.Defs["hook"].Properties["samples"].Items},
	} {
		var want, got []string
		for i := range reflect.TypeOf(c.of).NumField() {
			tag, _, _ := bytes.Cut([]byte(reflect.TypeOf(c.of).Field(i).Tag.Get("json")), []byte(","))
			want = append(want, string(tag))
		}
		for key := range c.say.Properties {
			got = append(got, key)
		}
		assert.ElementsMatch(t, want, got, name)
	}
}
