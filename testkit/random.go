package testkit

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// Random is a source of events that try to upset a plugin: those of a [Generator] with members
// that are missing, null, of another kind, empty, huge, deep or oddly named. The zero value is
// ready to use; the same values give the same events.
type Random struct {
	Seed  uint64
	Shape Shape // Capture unless set
	Count int   // how many; 0 means 300
}

const defaultRandom = 300

func (r Random) count() int {
	if r.Count > 0 {
		return r.Count
	}
	return defaultRandom
}

// Event returns event i, counted from 0: a JSON object on one line. Each is computed alone.
func (r Random) Event(i int) string {
	g := Generator{Seed: r.Seed, Shape: r.Shape}
	line := strings.TrimSuffix(string(g.Append(nil, i)), "\n")
	u := upsetter{rand.New(rand.NewPCG(r.Seed, uint64(i)))}
	if u.IntN(4) == 0 {
		return line // as it is
	}
	o, err := sdk.ParseObject([]byte(line))
	if err != nil {
		panic(fmt.Sprintf("testkit: %v", err)) // a generator writes objects
	}
	for range 1 + u.IntN(4) {
		u.upset(o)
	}
	return o.String()
}

// Open reads the events as records.
func (r Random) Open(ctx context.Context, o batch.ReadOptions) (batch.ChunkReader, error) {
	in, w := io.Pipe()
	go func() {
		for i := range r.count() {
			if _, err := io.WriteString(w, r.Event(i)+"\n"); err != nil {
				return // the reader has closed
			}
		}
		_ = w.Close() // never fails
	}()
	inner, err := batch.Reader("random", in).Open(ctx, o)
	if err != nil {
		return nil, err
	}
	return pipedReader{inner, in}, nil
}

// upsetter draws what is done to an event.
type upsetter struct{ *rand.Rand }

// likely are the members that plugins read.
var likely = []string{
	"properties", "event", "distinct_id", "timestamp", "now", "sent_at", "ip", "uuid", "$set", "$set_once", "site_url",
}

// upset changes one member, of the event or of its properties.
func (u upsetter) upset(o *sdk.Object) {
	path := []string{likely[u.IntN(len(likely))]}
	if properties, ok := o.Get("properties").Object(); ok && u.IntN(3) > 0 {
		if keys := properties.Keys(); len(keys) > 0 {
			path = []string{"properties", keys[u.IntN(len(keys))]}
		}
	}
	switch u.IntN(6) {
	case 0:
		if path[0] != "event" { // without it a record may be taken for something else than an event
			o.Delete(path...)
		}
	case 1:
		o.SetPath([]string{"properties", oddNames[u.IntN(len(oddNames))]}, u.value(3))
	default:
		o.SetPath(path, u.value(3))
	}
}

var oddNames = []string{"", " ", "a.b", "$", "__proto__", "constructor", "toString", "length", "0", "ключ", "\u2028", "🎉", `"quoted"`}

var oddTexts = []string{
	"", " ", "null", "undefined", "0", "NaN", "true", "[object Object]", "\x00", "\u2028", "🎉", "ключ", "é", "\\", `"`, "'; --",
	"https://", "http://[::1", "%E0%A4%A", "2024-02-30T25:61:61Z", "1e999", "-0", "[1,", "{\"a\":", "${x}", "../../etc", "<b>",
}

var oddNumbers = []string{"0", "-0", "1", "-1", "0.1", "1e308", "-1e308", "1e-400", "9007199254740993", "12345678901234567890", "1E+2"}

// value draws a JSON value, containers at most depth deep.
func (u upsetter) value(depth int) sdk.Value {
	return sdk.RawValue([]byte(u.json(depth)))
}

func (u upsetter) json(depth int) string {
	switch n := u.IntN(12); {
	case n == 0:
		return "null"
	case n == 1:
		return "true"
	case n == 2:
		return "false"
	case n < 5:
		return oddNumbers[u.IntN(len(oddNumbers))]
	case n == 5:
		return string(sdk.AppendString(nil, strings.Repeat("long ", 2000)))
	case n < 9 || depth == 0:
		return string(sdk.AppendString(nil, oddTexts[u.IntN(len(oddTexts))]))
	}
	var parts []string
	array := u.IntN(2) == 0
	for range u.IntN(4) {
		part := u.json(depth - 1)
		if !array {
			part = string(sdk.AppendString(nil, oddNames[u.IntN(len(oddNames))])) + ":" + part
		}
		parts = append(parts, part)
	}
	if array {
		return "[" + strings.Join(parts, ",") + "]"
	}
	return "{" + strings.Join(parts, ",") + "}"
}
