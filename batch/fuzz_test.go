package batch_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// FuzzRun replays any bytes: every record ends in one place, every line that comes out is a
// JSON object, and a replay of the output reads all of it.
func FuzzRun(f *testing.F) {
	f.Add([]byte("{\"event\":\"a\"}\r\n\n[1]\n{\"a\":1} {}\n"))
	f.Add([]byte("\xef\xbb\xbf{\"event\":\"a\",\"properties\":\"{\\\"x\\\":1}\",\"created_at\":\"2024-01-01 00:00:00\"}"))
	f.Add([]byte(`{"source":"a","offset":0,"error":"e","record":{"event":"b"}}`))
	f.Add([]byte(`{"api_key":"k","batch":[{"event":"a","api_key":1},[],{}]}` + "\n" + `[{"event":"b"} , 5]`))
	f.Add([]byte("{"))
	f.Add([]byte("[\n{}\n]"))
	f.Add([]byte(`{"event":"drop"}` + "\n" + `{"event":"panic","properties":null}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		if len(in) > 0 && in[0] != '{' && in[0] != '[' {
			in = append([]byte("\n"), in...) // no compression
		}
		for _, chain := range []batch.Chain{nil, {plugin("by-name", byName), hello(), webhook()}} {
			got := replay(t, chain, batch.Reader("in", bytes.NewReader(in)), batch.Options{Workers: 1})
			if usage := (*batch.UsageError)(nil); errors.As(got.err, &usage) {
				require.Empty(t, got.out)
				return // persons, sessions, or JSON over several lines
			}
			require.NoError(t, got.err)
			for line := range strings.Lines(got.out + got.dead + got.webhooks + got.logs) {
				_, err := sdk.NewEvent([]byte(line))
				require.NoError(t, err, "%q", line)
			}
			again := replay(t, nil, batch.Reader("in", strings.NewReader(got.out)), batch.Options{Workers: 1})
			require.GreaterOrEqual(t, again.report.Counts.Read, got.report.Counts.Written) // more if a body is in a body
		}
	})
}
