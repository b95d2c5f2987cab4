package fetch_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/fetch"
)

func TestDamagedCassette(t *testing.T) {
	const head = `{"cassette":"plugreel","version":1}` + "\n"
	const good = `{"request":{"method":"GET","url":"http://h/"},"response":{"status":200}}` + "\n"
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "api.jsonl:1: got an empty file, want a cassette, or none to start one"},
		{"no JSON", "hello\n", "api.jsonl:1: not a cassette: invalid character 'h' looking for beginning of value"},
		{"other JSON", `{"a":1}`, `api.jsonl:1: not a cassette: json: unknown field "a"`},
		{"other format", `{"cassette":"tape"}`, `api.jsonl:1: not a cassette: got "tape", want "plugreel"`},
		{"other version", `{"cassette":"plugreel","version":2}`, "api.jsonl:1: version: got 2, want 1"},
		{"bad salt", `{"cassette":"plugreel","version":1,"salt":"00"}`, `api.jsonl:1: salt: got "00", want 32 hexadecimal digits`},
		{"cut off", head + good + good[:30], "api.jsonl:3: the line ends in the middle"},
		{"two values", head + strings.TrimSpace(good) + good, "api.jsonl:2: got more than one value in the line"},
		{"unknown member", head + `{"request":{},"answer":{}}`, `api.jsonl:2: json: unknown field "answer"`},
		{"same request", head + "\n" + good + "\n" + `{"request":{"method":"get","url":"http://h:80#x"},"response":{"status":201}}`, "api.jsonl:5: the same request as in line 3, want each one once"},
		{"bad URL", head + strings.Replace(good, "http://h/", "h", 1), "api.jsonl:2: request: not a URL that can be fetched, want http://… or https://…"},
		{"bad redirect", head + strings.Replace(good, `"url"`, `"redirect":"error","url"`, 1), `api.jsonl:2: request: redirect: got "error", want manual or none`},
		{"bad header", head + strings.Replace(good, `"url"`, `"headers":["x"],"url"`, 1), `api.jsonl:2: request: headers: got "x", want name: value`},
		{"two bodies", head + strings.Replace(good, `"url"`, `"body":"x","body_json":[],"url"`, 1), "api.jsonl:2: request: body: want one of body, body_json and body_base64"},
		{"bad status", head + strings.Replace(good, "200", "20", 1), "api.jsonl:2: response: status: got 20, want three digits"},
		{"bad answer header", head + strings.Replace(good, `"status"`, `"headers":[": x"],"status"`, 1), `api.jsonl:2: response: headers: got ": x", want name: value`},
		{"two answer bodies", head + strings.Replace(good, `"status"`, `"body":"x","body_base64":"eA==","status"`, 1), "api.jsonl:2: response: body: want one of body, body_json and body_base64"},
		{"bad id", head + strings.Replace(good, `"response"`, `"id":"x","response"`, 1), `api.jsonl:2: id: got "x", want 32 hexadecimal digits`},
		{"id without salt", head + strings.Replace(good, `"response"`, `"id":"ffffffffffffffffffffffffffffffff","response"`, 1), "api.jsonl:2: id: the first line has no salt to compare it with"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := fetch.New(fetch.Options{Cassette: tapePath, FS: disk(tapePath, c.file)})
			require.EqualError(t, err, c.want)
			var damage *fetch.CassetteError
			require.ErrorAs(t, err, &damage)
			require.Equal(t, tapePath, damage.Path)
			require.Error(t, damage.Unwrap())
		})
	}
}

func TestCassetteWrittenByHand(t *testing.T) {
	m := disk(tapePath, `{"version":1, "cassette":"plugreel"}

  {"request":{"url":"HTTP://Example.org","headers":["X-A:1"]}, "response":{"status":200,"headers":["Content-Type:text/plain"],"body_json":{ "a" : null }}}
`)
	session(t, fetch.Options{Cassette: tapePath, FS: m}, func(c *fetch.Client) {
		a, err := c.Fetch(t.Context(), request("http://example.org/", "x-a", "1"))
		require.NoError(t, err)
		require.Equal(t, `{ "a" : null }`, string(a.Body))
		require.Equal(t, "text/plain", header(a, "content-type"))
	})
}
