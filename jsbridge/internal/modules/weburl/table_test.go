package weburl

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "ask node for the expected values of testdata")

// row is a line of testdata/urls.json. Want is nil if the input is no URL; Departs says where
// Node 20 does not do what the standard says, which is then what is wanted.
type row struct {
	Reason  string  `json:"reason,omitempty"`
	Departs string  `json:"departs,omitempty"`
	In      string  `json:"in"`
	Base    *string `json:"base,omitempty"`
	Want    *parts  `json:"want"`
}

func (r row) parse() *parts {
	var base *URL
	if r.Base != nil {
		var ok bool
		if base, ok = Parse(*r.Base, nil); !ok {
			return nil
		}
	}
	u, ok := Parse(r.In, base)
	if !ok {
		return nil
	}
	return partsOf(u)
}

// setterRow is a line of testdata/setters.json.
type setterRow struct {
	Reason  string `json:"reason"`
	Departs string `json:"departs,omitempty"`
	Href    string `json:"href"`
	Set     string `json:"set"`
	Value   string `json:"value"`
	Want    string `json:"want"`
}

func (r setterRow) set(t *testing.T) string {
	u, ok := Parse(r.Href, nil)
	require.True(t, ok, r.Href)
	u.Href() // so that a stale text would show
	switch r.Set {
	case "href":
		u.SetHref(r.Value)
	case "protocol":
		u.SetProtocol(r.Value)
	case "username":
		u.SetUsername(r.Value)
	case "password":
		u.SetPassword(r.Value)
	case "host":
		u.SetHost(r.Value)
	case "hostname":
		u.SetHostname(r.Value)
	case "port":
		u.SetPort(r.Value)
	case "pathname":
		u.SetPathname(r.Value)
	case "search":
		u.SetSearch(r.Value)
	case "hash":
		u.SetHash(r.Value)
	default:
		t.Fatalf("setters.json: set: got %q, want a property of URL", r.Set)
	}
	return u.Href()
}

func readRows[T any](t *testing.T, file string) (rows []T) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &rows))
	return rows
}

func writeRows[T any](t *testing.T, file string, rows []T) {
	t.Helper()
	var b strings.Builder
	for i, r := range rows {
		b.WriteString([]string{"[\n\t", ",\n\t"}[min(i, 1)])
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		require.NoError(t, encoder.Encode(r))
	}
	text := strings.ReplaceAll(b.String(), "}\n,", "},")
	require.NoError(t, os.WriteFile(file, []byte(text+"]\n"), 0o644))
}

func TestTable(t *testing.T) {
	const file = "testdata/urls.json"
	rows := readRows[row](t, file)
	require.GreaterOrEqual(t, len(rows), 300)
	if *update {
		var want []*parts
		askNode(t, urlScript, rows, &want)
		for i := range rows {
			if rows[i].Departs == "" {
				rows[i].Want = want[i]
			}
		}
		writeRows(t, file, rows)
	}
	for _, r := range rows {
		assert.Equal(t, r.Want, r.parse(), "%s: Parse(%q, %s)", r.Reason, r.In, quoted(r.Base))
	}
}

func TestSetterTable(t *testing.T) {
	const file = "testdata/setters.json"
	rows := readRows[setterRow](t, file)
	if *update {
		var want []string
		askNode(t, setterScript, rows, &want)
		for i := range rows {
			if rows[i].Departs == "" {
				rows[i].Want = want[i]
			}
		}
		writeRows(t, file, rows)
	}
	for _, r := range rows {
		assert.Equal(t, r.Want, r.set(t), "%s: %s: %s = %q", r.Reason, r.Href, r.Set, r.Value)
	}
}

// TestTableAgainstNode says whether the checked-in tables are what Node does.
func TestTableAgainstNode(t *testing.T) {
	rows := readRows[row](t, "testdata/urls.json")
	var want []*parts
	askNode(t, urlScript, rows, &want)
	for i, r := range rows {
		if r.Departs != "" {
			assert.NotEqual(t, want[i], r.Want, "%s: %q no longer departs", r.Departs, r.In)
			continue
		}
		assert.Equal(t, want[i], r.Want, "%s: %q", r.Reason, r.In)
	}
	setters := readRows[setterRow](t, "testdata/setters.json")
	var hrefs []string
	askNode(t, setterScript, setters, &hrefs)
	for i, r := range setters {
		if r.Departs != "" {
			assert.NotEqual(t, hrefs[i], r.Want, "%s: %s: %s = %q no longer departs", r.Departs, r.Href, r.Set, r.Value)
			continue
		}
		assert.Equal(t, hrefs[i], r.Want, "%s: %s: %s = %q", r.Reason, r.Href, r.Set, r.Value)
	}
}

func quoted(s *string) string {
	if s == nil {
		return "no base"
	}
	return *s
}

// tokens are what random URLs are made of.
var tokens = []string{
	"http:", "https:", "foo:", "file:", "ws:", "mailto:", "data:", "blob:", "/", "/", "//", "///", "\\", ":", "@", "?", "#", ".", "..", "%2e", "%2E%2e",
	"a", "B", "c.d", "é", "ß", "xn--", "C|", "C:", "[::1]", "[", "]", "1", "0x7f", "256", "80", ":443", "%", "%41", "%zz", "%00", " ", "\t", "\n", "\x00",
	"^", "|", "<", ">", "\"", "'", "`", "{", "}", "&", "=", "+", "*", "~", "localhost", "\u00ad", "日", "😀", "-", "_", ";", ",", "$", "!", "\x7f", "ﬀ",
}

func randomText(random *rand.Rand, max int) string {
	var b strings.Builder
	for range random.IntN(max) + 1 {
		b.WriteString(tokens[random.IntN(len(tokens))])
	}
	return b.String()
}

var bases = []string{"http://u:p@h.example:90/a/b?c#d", "foo://h/a/b?c", "foo:/a", "file:///C:/a", "file://h/a", "mailto:x"}

// TestRandomAgainstNode compares URLs and setters that nobody thought of.
func TestRandomAgainstNode(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 26))
	rows := make([]row, 6000)
	for i := range rows {
		rows[i].In = randomText(random, 8)
		switch random.IntN(3) {
		case 0:
			rows[i].In = []string{"http://", "foo://", "file://", "https://h/", "foo:"}[random.IntN(5)] + rows[i].In
		case 1:
			rows[i].Base = &bases[random.IntN(len(bases))]
		}
	}
	var want []*parts
	askNode(t, urlScript, rows, &want)
	for i, r := range rows {
		got := r.parse()
		if departs(r, want[i], got) {
			continue
		}
		assert.Equal(t, want[i], got, "Parse(%q, %s)", r.In, quoted(r.Base))
	}
	setters := make([]setterRow, 4000)
	names := []string{"protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"}
	for i := range setters {
		setters[i] = setterRow{Href: bases[random.IntN(len(bases))], Set: names[random.IntN(len(names))], Value: randomText(random, 4)}
	}
	var hrefs []string
	askNode(t, setterScript, setters, &hrefs)
	for i, r := range setters {
		if departsSetter(r) {
			continue
		}
		assert.Equal(t, hrefs[i], r.set(t), "%s: %s = %q", r.Href, r.Set, r.Value)
	}
}

// departs recognises what is known of random URLs that Node 20 reads otherwise than the standard.
func departs(r row, node, ours *parts) bool {
	if r.Base != nil && *r.Base == "mailto:x" && strings.Contains(r.In, "#") {
		return ours == nil // a reference with a fragment is relative to an opaque path only if it is nothing else
	}
	return node != nil && ours != nil && node.Pathname == "" && ours.Pathname == "/" && strings.HasPrefix(ours.Href, "foo:")
}

// departsSetter recognises the values that Node 20's setters take for something else.
func departsSetter(r setterRow) bool {
	special := strings.HasPrefix(r.Href, "http") || strings.HasPrefix(r.Href, "file")
	value := removeNewlines(r.Value)
	switch r.Set {
	case "port":
		return value == "" || !isDigit(value[0])
	case "host":
		_, port, hasPort := cutPort(value)
		return !special || hasPort && (port == "" || !isDigit(port[0]))
	case "hostname":
		return !special
	case "pathname":
		return !special && strings.Contains(strings.ReplaceAll(strings.ToLower(value), "%2e", "."), "..")
	}
	return false
}
