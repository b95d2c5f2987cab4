package testkit_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/testkit"
)

var shapes = []testkit.Shape{testkit.Capture, testkit.BatchExport}

func ExampleGenerator() {
	var g testkit.Generator // capture events of seed 0
	for i, line := range g.All(3) {
		var e struct{ Event, Timestamp string }
		if err := json.Unmarshal(line, &e); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(i, e.Timestamp, e.Event)
	}
	// Output:
	// 0 2024-01-02T00:00:03.186Z $pageview
	// 1 2024-01-02T00:00:01.792Z $autocapture
	// 2 2024-01-02T00:00:03.469Z $pageview
}

// The first 100 records of each shape are the same on every machine and in every release. When they
// must change, the files in batch/testdata change too: go generate ./testkit
func TestGeneratorGolden(t *testing.T) {
	tests := []struct {
		shape testkit.Shape
		want  string
	}{
		{testkit.Capture, "4c4656c31ea11fd70cbe5e4c125fcbd43228e107a0fe3ff586cda78e8d4acf3d"},
		{testkit.BatchExport, "5c8a169c16b4085101cc5765d4f4470e103dd1ed8b4c992b6c6d464ce12c0507"},
	}
	for _, tt := range tests {
		t.Run(tt.shape.String(), func(t *testing.T) {
			sum := sha256.New()
			require.NoError(t, testkit.Generator{Seed: 1, Shape: tt.shape}.Write(sum, 100))
			assert.Equal(t, tt.want, hex.EncodeToString(sum.Sum(nil)))
		})
	}
}

func TestSampleFilesAreGenerated(t *testing.T) {
	for _, shape := range shapes {
		t.Run(shape.String(), func(t *testing.T) {
			file := "../batch/testdata/" + shape.String() + ".ndjson"
			got, err := os.ReadFile(file)
			require.NoError(t, err)
			want := generate(t, testkit.Generator{Seed: 1, Shape: shape}, 200)
			assert.True(t, bytes.Equal(want, got), "%s: got other records than the generator's; run go generate ./testkit", file)
		})
	}
}

// Any record can be made alone, and each is one line with one JSON object.
func TestGeneratorRecordsAreIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := testkit.Generator{Seed: rapid.Uint64().Draw(t, "seed"), Shape: rapid.SampledFrom(shapes).Draw(t, "shape")}
		i := rapid.IntRange(0, 1<<30).Draw(t, "i")
		line := g.Append(nil, i)
		require.Equal(t, 1, bytes.Count(line, []byte("\n")), "%s", line)
		require.True(t, json.Valid(line), "%s", line)
		require.Equal(t, string(line), string(g.Append([]byte("x"), i)[1:]))
		require.NotEqual(t, string(line), string(g.Append(nil, i+1)))
	})
}

func TestGeneratorAllLinesAndWriteAgreeWithAppend(t *testing.T) {
	const n = 700 // several flushes of Write
	g := testkit.Generator{Seed: 7}
	var want []byte
	for i := range n {
		want = g.Append(want, i)
	}
	assert.Equal(t, want, generate(t, g, n))

	var all []byte
	for i, line := range g.All(n) {
		if i == 600 {
			break
		}
		all = append(all, line...)
	}
	assert.True(t, bytes.HasPrefix(want, all))
	assert.Equal(t, 600, bytes.Count(all, []byte("\n")))
	assert.Empty(t, generate(t, g, 0))
	assert.Equal(t, string(want), string(bytes.Join(append(g.Lines(n), nil), []byte("\n"))))
}

func TestGeneratorWriteReturnsTheWritersError(t *testing.T) {
	r, w := io.Pipe()
	full := errors.New("disk is full")
	r.CloseWithError(full)
	assert.ErrorIs(t, testkit.Generator{}.Write(w, 10), full)
}

func TestShapeText(t *testing.T) {
	for _, shape := range shapes {
		var got testkit.Shape
		set := flag.NewFlagSet("", flag.ContinueOnError)
		set.TextVar(&got, "shape", testkit.Capture, "")
		require.NoError(t, set.Parse([]string{"-shape", shape.String()}))
		assert.Equal(t, shape, got)
	}
	var s testkit.Shape
	assert.EqualError(t, s.UnmarshalText([]byte("csv")), `shape: got "csv", want capture or export`)
	assert.Equal(t, "Shape(9)", testkit.Shape(9).String())
}

// record has the members of both shapes.
type record struct {
	UUID             string         `json:"uuid"`
	Event            string         `json:"event"`
	DistinctID       string         `json:"distinct_id"`
	Properties       map[string]any `json:"properties"`
	Timestamp        string         `json:"timestamp"`
	Now              string         `json:"now"`
	InsertedAt       string         `json:"_inserted_at"`
	CreatedAt        string         `json:"created_at"`
	ElementsChain    string         `json:"elements_chain"`
	PersonProperties map[string]any `json:"person_properties"`
	PersonID         string         `json:"person_id"`
}

func TestGeneratorMembers(t *testing.T) {
	tests := []struct {
		shape    testkit.Shape
		want     []string
		optional []string
	}{
		{testkit.Capture,
			[]string{"uuid", "event", "distinct_id", "timestamp", "now", "sent_at", "ip", "site_url", "team_id"},
			[]string{"properties", "$set", "$set_once"}},
		{testkit.BatchExport,
			[]string{"uuid", "timestamp", "_inserted_at", "created_at", "event", "properties", "distinct_id",
				"elements_chain", "person_properties", "person_id"},
			nil},
	}
	for _, tt := range tests {
		t.Run(tt.shape.String(), func(t *testing.T) {
			for _, line := range (testkit.Generator{Shape: tt.shape}).All(500) {
				var members map[string]json.RawMessage
				require.NoError(t, json.Unmarshal(line, &members))
				for _, key := range tt.want {
					assert.Contains(t, members, key)
				}
				for key := range members {
					assert.True(t, slices.Contains(tt.want, key) || slices.Contains(tt.optional, key), key)
				}
			}
		})
	}
}

func TestGeneratorShapesTellTheSameStory(t *testing.T) {
	captured := decode(t, testkit.Generator{Seed: 3}, 500)
	exported := decode(t, testkit.Generator{Seed: 3, Shape: testkit.BatchExport}, 500)
	for i, c := range captured {
		e := exported[i]
		assert.Equal(t, []string{c.UUID, c.Event, c.DistinctID}, []string{e.UUID, e.Event, e.DistinctID})
		assert.Equal(t, c.Event == "$autocapture", e.ElementsChain != "")
		for _, moved := range []string{"$elements", "$elements_chain", "title"} { // a title may be cut in a capture
			delete(c.Properties, moved)
		}
		for key, value := range c.Properties {
			assert.Equal(t, value, e.Properties[key], key)
		}
	}
}

func TestGeneratorDistribution(t *testing.T) {
	const n = 5000
	records := decode(t, testkit.Generator{Seed: 1}, n)
	events, ids, sessions, uuids := map[string]int{}, map[string]int{}, map[any]int{}, map[string]int{}
	bare := 0
	for _, r := range records {
		events[r.Event]++
		ids[r.DistinctID]++
		uuids[r.UUID]++
		if r.Properties == nil {
			bare++
			continue
		}
		sessions[r.Properties["$session_id"]]++
		require.GreaterOrEqual(t, len(r.Properties), 30, r.Event)
		require.LessOrEqual(t, len(r.Properties), 45, r.Event)
	}
	assert.Len(t, uuids, n)
	assert.InDelta(t, 0.45*n, events["$pageview"], 0.03*n)
	assert.InDelta(t, 0.20*n, events["$autocapture"], 0.03*n)
	assert.InDelta(t, 0.01*n, bare, 0.005*n)
	for _, event := range []string{"$pageleave", "$identify", "purchase", "signup", "video_played"} {
		assert.NotZero(t, events[event], event)
	}

	assert.InDelta(t, n/6, len(sessions), n/15, "people do several things in a session")
	visits := make([]int, 0, len(ids))
	for _, count := range ids {
		visits = append(visits, count)
	}
	slices.Sort(visits)
	assert.Greater(t, visits[len(visits)-1], n/50, "the most frequent person")
	assert.Less(t, visits[len(visits)/2], n/500, "most people are rare")
}

func TestGeneratorSizes(t *testing.T) {
	total, n := 0, 0
	for _, line := range (testkit.Generator{Seed: 1}).All(5000) {
		if !bytes.Contains(line, []byte(`"properties"`)) {
			continue
		}
		total += len(line)
		n++
		require.GreaterOrEqual(t, len(line), 1000, "%s", line)
		require.LessOrEqual(t, len(line), 2048, "%s", line)
	}
	assert.InDelta(t, 1450, total/n, 50)
}

func TestGeneratorTimes(t *testing.T) {
	const wrap = 20_908_800
	late := 0
	var last time.Time
	for i, r := range decode(t, testkit.Generator{Seed: 1}, 2000) {
		at := parse(t, r.Now)
		if at.Before(last) {
			late++
		}
		last = at
		assert.Equal(t, 2024, parse(t, r.Timestamp).Year(), i)
	}
	assert.InDelta(t, 350, late, 250, "records that are older than the one before")

	for _, i := range []int{0, wrap - 1, wrap, 5 * wrap} {
		var r record
		require.NoError(t, json.Unmarshal(testkit.Generator{}.Append(nil, i), &r))
		assert.Equal(t, 2024, parse(t, r.Now).Year(), i)
	}

	whole, delayed := 0, 0
	for _, r := range decode(t, testkit.Generator{Seed: 1, Shape: testkit.BatchExport}, 2000) {
		if parse(t, r.CreatedAt).Sub(parse(t, r.Timestamp)) > time.Minute {
			delayed++
		}
		for _, text := range []string{r.Timestamp, r.InsertedAt, r.CreatedAt} {
			parse(t, text)
			switch len(text) {
			case len("2024-01-01T00:00:00+00:00"):
				whole++
			case len("2024-01-01T00:00:00.123456+00:00"):
			default:
				t.Errorf("timestamp %q: want no fraction or six digits", text)
			}
		}
	}
	assert.InDelta(t, 40, whole, 30, "timestamps of whole seconds")
	assert.InDelta(t, 20, delayed, 15, "events that waited for a connection")
}

// What an engine can get wrong must be in the first few thousand records.
func TestGeneratorOddities(t *testing.T) {
	tests := []struct{ name, want string }{
		{"emoji", "🎉"},
		{"CJK", "サンプル"},
		{"right to left", "محمد"},
		{"escaped quote", `\"`},
		{"escaped backslash", `\\`},
		{"escaped line break", `\n`},
		{"escaped control character in ASCII spelling", `\t`},
		{"escaped slash", `https:\/\/`},
		{"escaped surrogate pair", `\ud83d\udc4b`},
		{"escaped CJK", `\u30b5`},
		{"lone surrogate", `\ud83c"`},
		{"float without fraction", `:1.0,`},
		{"exponent", `:1e5,`},
		{"negative zero", `:-0,`},
		{"decimal that binary cannot hold", `0.1,`},
		{"20-digit integer", `12345678901234567890`},
		{"first integer that a float64 cannot hold", `9007199254740993`},
		{"null", `:null`},
		{"nested object", `"address":{"country"`},
		{"array of objects", `"items":[{"sku"`},
		{"list of elements", `"$elements":[{"tag_name"`},
		{"chain of elements", `"$elements_chain":"button.btn.btn-primary:attr__class=`},
		{"set of an identification", `"$set":{"email"`},
		{"address", `"ip":"2001:db8:`},
		{"no address", `"ip":null`},
	}
	text := generate(t, testkit.Generator{Seed: 1}, 4000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.True(t, bytes.Contains(text, []byte(tt.want)), tt.want)
		})
	}

	export := generate(t, testkit.Generator{Seed: 1, Shape: testkit.BatchExport}, 4000)
	assert.Contains(t, string(export), `"properties":null`)
	assert.Contains(t, string(export), `"properties":{}`)
	assert.NotContains(t, string(export), `\ud83c"`, "an export has no lone surrogates")
}

func BenchmarkGenerator(b *testing.B) {
	for _, shape := range shapes {
		b.Run(shape.String(), func(b *testing.B) {
			g := testkit.Generator{Seed: 1, Shape: shape}
			var line []byte
			total := 0
			for i := 0; b.Loop(); i++ {
				line = g.Append(line[:0], i)
				total += len(line)
			}
			b.SetBytes(int64(total / b.N))
		})
	}
}

func generate(t *testing.T, g testkit.Generator, n int) []byte {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, g.Write(&buf, n))
	return buf.Bytes()
}

func decode(t *testing.T, g testkit.Generator, n int) []record {
	t.Helper()
	records := make([]record, n)
	for i, line := range g.All(n) {
		require.NoError(t, json.Unmarshal(line, &records[i]), "%s", line)
	}
	return records
}

func parse(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(t, err)
	return at
}
