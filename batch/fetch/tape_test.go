package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

const tapePath = "api.jsonl"

// taped are options with a cassette on a disk in memory.
func (w *world) taped(m *memFS, allow ...string) fetch.Options {
	o := w.options(allow...)
	o.Cassette, o.FS = tapePath, m
	return o
}

// session makes a client, uses and closes it.
func session(t require.TestingT, o fetch.Options, use func(*fetch.Client)) {
	c, err := fetch.New(o)
	require.NoError(t, err)
	use(c)
	require.NoError(t, c.Close())
}

func TestRecordAndReplay(t *testing.T) {
	path := filepath.Join(t.TempDir(), tapePath)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/binary", http.StatusFound)
			return
		}
		w.Header()["Date"] = nil
		w.Header().Set("X-Odd", "caf\xe9")
		w.Write([]byte("\xff\x00" + r.URL.Path))
	}))
	requests := []*sdk.Request{{URL: s.URL + "/binary"}, {URL: s.URL + "/moved"}, {URL: s.URL + "/moved", Manual: true}, {URL: s.URL, Method: "POST", Body: []byte{0xff}}}
	ask := func(answers *[]*sdk.Response) func(*fetch.Client) {
		return func(c *fetch.Client) {
			for _, r := range requests {
				a, err := c.Fetch(t.Context(), r)
				require.NoError(t, err)
				*answers = append(*answers, a)
			}
		}
	}
	var recorded, replayed []*sdk.Response
	session(t, fetch.Options{Allow: []string{s.Listener.Addr().String()}, Cassette: path}, ask(&recorded))
	s.Close()
	before, err := os.Stat(path)
	require.NoError(t, err)
	session(t, fetch.Options{Cassette: path}, ask(&replayed))
	assert.Equal(t, recorded, replayed)
	after, err := os.Stat(path)
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after), "a replay leaves the file alone")
	assert.Equal(t, fs.FileMode(0o600), before.Mode().Perm())
}

const hello = `{"cassette":"plugreel","version":1}
{"request":{"method":"GET","url":"http://example.org/"},"response":{"status":200,"status_text":"OK","headers":["content-type: text/html"],"body":"<p>\n"}}
{"request":{"method":"PUT","url":"http://example.org/a?b=1","headers":["accept: x","accept: a"],"body":"text"},"response":{"status":500,"status_text":"Internal Server Error","headers":["content-type: application/json"],"body_json":{"a":[1,2.0]}}}
`

func TestFormat(t *testing.T) {
	m := disk()
	w := site(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"], w.Header()["Content-Length"] = nil, nil
		if r.Method == "PUT" {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(500)
			io.WriteString(w, `{"a":[1,2.0]}`)
			w.(http.Flusher).Flush()
			return
		}
		w.Header().Set("Content-Type", "text/html")
		io.WriteString(w, "<p>\n")
		w.(http.Flusher).Flush()
	})
	session(t, w.taped(m, "example.org"), func(c *fetch.Client) {
		_, err := c.Fetch(t.Context(), &sdk.Request{Method: "put", URL: "HTTP://example.org:80/a?b=1#c", Headers: [][2]string{{"Accept", "x"}, {"ACCEPT", "a"}}, Body: []byte("text")})
		require.NoError(t, err)
		_, err = get(c, "http://example.org")
		require.NoError(t, err)
		assert.Equal(t, fetch.Counts{Sent: 2, Recorded: 2}, c.Counts())
	})
	assert.Equal(t, hello, m.files[tapePath])
	w.open.Wait()
}

func TestReplayKeepsToTheCassette(t *testing.T) {
	for name, o := range map[string]fetch.Options{
		"nothing allowed":  {},
		"another host":     {Allow: []string{"other.org"}},
		"replay only":      {Allow: []string{"example.org"}, Mode: fetch.ReplayOnly},
		"allowed and auto": {Allow: []string{"example.org"}},
	} {
		t.Run(name, func(t *testing.T) {
			w, m := site(nil), disk(tapePath, hello)
			o.Resolver, o.Dial, o.Cassette, o.FS = w, w.dial, tapePath, m
			session(t, o, func(c *fetch.Client) {
				answer, err := get(c, "http://example.org/")
				require.NoError(t, err)
				answer.Body[0], answer.Headers[0][0] = 'X', "X"
				answer, err = get(c, "http://example.org/")
				require.NoError(t, err)
				assert.Equal(t, &sdk.Response{URL: "http://example.org/", Status: 200, StatusText: "OK", Headers: [][2]string{{"content-type", "text/html"}}, Body: []byte("<p>\n")}, answer, "an answer belongs to its caller")
				assert.Equal(t, fetch.Counts{Replayed: 2}, c.Counts())
			})
			assert.Empty(t, w.dialled)
			assert.Zero(t, m.writes)
		})
	}
}

func TestNotRecorded(t *testing.T) {
	w := site(nil)
	for _, mode := range []fetch.Mode{fetch.Auto, fetch.ReplayOnly} {
		o := w.taped(disk(tapePath, hello))
		o.Mode, o.Redact = mode, hide("hunter2")
		session(t, o, func(c *fetch.Client) {
			_, err := c.Fetch(t.Context(), &sdk.Request{Method: "POST", URL: "https://example.org:8443/hunter2"})
			require.EqualError(t, err, "fetch https://example.org:8443/[secret]: api.jsonl has no answer to this POST; record it with --allow-net example.org:8443")
			require.ErrorIs(t, err, fetch.ErrNotRecorded)
		})
	}
}

func TestWhatTellsRequestsApart(t *testing.T) {
	base := sdk.Request{Method: "PUT", URL: "http://example.org/", Headers: [][2]string{{"a", "1"}, {"b", "2"}}, Body: []byte("x")}
	changes := map[string]func(*sdk.Request){
		"method":                 func(r *sdk.Request) { r.Method = "POST" },
		"path":                   func(r *sdk.Request) { r.URL += "a" },
		"header":                 func(r *sdk.Request) { r.Headers = [][2]string{{"a", "1"}, {"b", "3"}} },
		"header less":            func(r *sdk.Request) { r.Headers = [][2]string{{"a", "1"}} },
		"body":                   func(r *sdk.Request) { r.Body = []byte("y") },
		"redirects":              func(r *sdk.Request) { r.Manual = true },
		"credentials":            func(r *sdk.Request) { r.Headers = append(r.Headers, [2]string{"authorization", "a"}) },
		"other credentials":      func(r *sdk.Request) { r.Headers = append(r.Headers, [2]string{"authorization", "b"}) },
		"a secret in the body":   func(r *sdk.Request) { r.Body = []byte("one") },
		"another one":            func(r *sdk.Request) { r.Body = []byte("two") },
		"a user in the URL":      func(r *sdk.Request) { r.URL = "http://u@example.org/" },
		"another user":           func(r *sdk.Request) { r.URL = "http://v@example.org/" },
		"a key in the URL":       func(r *sdk.Request) { r.URL += "?api_key=1" },
		"another key in the URL": func(r *sdk.Request) { r.URL += "?api_key=2" },
	}
	same := []sdk.Request{
		{Method: "put", URL: "HTTP://EXAMPLE.org:80#x", Headers: [][2]string{{"B", "2 "}, {"A", "1"}, {"Host", "z"}}, Body: []byte("x")},
	}
	count := atomic.Int64{}
	w, m := site(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, count.Add(1)) }), disk()
	o := w.taped(m, "example.org")
	o.Redact = hide("one", "two")
	answers := map[string]string{}
	ask := func(c *fetch.Client) {
		for name, change := range changes {
			r := base
			change(&r)
			a, err := c.Fetch(t.Context(), &r)
			require.NoError(t, err, name)
			if old := answers[name]; old != "" {
				assert.Equal(t, old, string(a.Body), name)
			}
			answers[name] = string(a.Body)
		}
		for _, r := range append(same, base) {
			a, err := c.Fetch(t.Context(), &r)
			require.NoError(t, err)
			answers["base"] = string(a.Body)
		}
	}
	session(t, o, ask)
	assert.EqualValues(t, len(changes)+1, count.Load(), "each is a request of its own, and the same ones are one")
	w.open.Wait()
	o.Allow = nil
	session(t, o, ask)
	assert.Len(t, answers, len(changes)+1)
	for _, secret := range []string{"one", "two", "u@", "v@", "api_key=1", "api_key=2", "authorization: a", "authorization: b"} {
		assert.NotContains(t, m.files[tapePath], secret)
	}
}

// salted is a cassette whose ids are the same in every run.
const salted = `{"cassette":"plugreel","version":1,"salt":"000102030405060708090a0b0c0d0e0f"}
{"request":{"method":"GET","url":"http://[secret]@old.example.org/"},"id":"ffffffffffffffffffffffffffffffff","response":{"status":204}}
`

func TestSecrets(t *testing.T) {
	w := site(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil
		w.Header().Set("Set-Cookie", "sid=1234")
		w.Header().Set("X-Auth-Token", "5678")
		w.Header().Set("X-Echo", "it was hunter2")
		w.Header().Set("Location", "http://u:p@example.org/?Access_Token=abc&page=2")
		io.WriteString(w, `{"you":"hunter2"}`)
	})
	m := disk(tapePath, salted)
	o := w.taped(m, "example.org")
	o.Redact = hide("hunter2")
	r := &sdk.Request{
		Method: "POST", URL: "http://u:p@example.org/hunter2/?token=abc&q=hunter2&token", Body: []byte("pw=hunter2"),
		Headers: [][2]string{{"Authorization", "Bearer abc"}, {"X-API-Key", "abc"}, {"Cookie", "a=b"}, {"X-Other", "hunter2!"}, {"Referer", "http://a/?key=abc"}},
	}
	session(t, o, func(c *fetch.Client) {
		for range 2 {
			a, err := c.Fetch(t.Context(), r)
			require.NoError(t, err)
			assert.Equal(t, "sid=1234", header(a, "set-cookie"), "in the run that records, the answer is whole")
		}
	})
	w.open.Wait()
	assert.Equal(t, `{"cassette":"plugreel","version":1,"salt":"000102030405060708090a0b0c0d0e0f"}
{"request":{"method":"POST","url":"http://[secret]@example.org/[secret]/?token=[secret]&q=[secret]&token","headers":["authorization: [secret]","cookie: [secret]","referer: http://a/?key=[secret]","x-api-key: [secret]","x-other: [secret]!"],"body":"pw=[secret]"},"id":"`+idOf(t, m)+`","response":{"status":200,"status_text":"OK","headers":["content-length: 17","content-type: text/plain; charset=utf-8","location: http://[secret]@example.org/?Access_Token=[secret]&page=2","set-cookie: [secret]","x-auth-token: [secret]","x-echo: it was [secret]"],"body_json":{"you":"[secret]"}}}
{"request":{"method":"GET","url":"http://[secret]@old.example.org/"},"id":"ffffffffffffffffffffffffffffffff","response":{"status":204}}
`, m.files[tapePath])

	o.Allow = nil
	session(t, o, func(c *fetch.Client) {
		a, err := c.Fetch(t.Context(), r)
		require.NoError(t, err)
		assert.Equal(t, `{"you":"[secret]"}`, string(a.Body))
		assert.Equal(t, r.URL, a.URL, "the request's own URL need not be covered")
		other := *r
		other.Headers = append([][2]string{{"authorization", "Bearer other"}}, r.Headers[1:]...)
		_, err = c.Fetch(t.Context(), &other)
		require.EqualError(t, err, "fetch http://[secret]@example.org/[secret]/?token=[secret]&q=[secret]&token: api.jsonl has no answer to this POST; that in line 2 is to one that differs in its secrets")
		require.ErrorIs(t, err, fetch.ErrNotRecorded)
	})
	o.Redact = nil
	session(t, o, func(c *fetch.Client) {
		_, err := c.Fetch(t.Context(), r)
		require.NoError(t, err, "what counts is the request, not what is known to be a secret")
	})
}

func idOf(t *testing.T, m *memFS) string {
	_, rest, ok := strings.Cut(m.files[tapePath], `"id":"`)
	require.True(t, ok)
	return rest[:32]
}

// crowd makes requests from many goroutines at once, each of 20 by every one of them.
func crowd(t *testing.T, c *fetch.Client, workers int) map[string]string {
	var mu sync.Mutex
	var wg sync.WaitGroup
	got := map[string]string{}
	for worker := range workers {
		wg.Go(func() {
			for i := range 20 {
				key := fmt.Sprint((i*7 + worker) % 20)
				a, err := c.Fetch(t.Context(), &sdk.Request{URL: "http://example.org/" + key, Headers: [][2]string{{"authorization", key}}})
				if !assert.NoError(t, err) {
					return
				}
				mu.Lock()
				if old, ok := got[key]; ok {
					assert.Equal(t, old, string(a.Body))
				}
				got[key] = string(a.Body)
				mu.Unlock()
				a.Body[0] = 'X'
			}
		})
	}
	wg.Wait()
	return got
}

func TestWorkersDoNotMatter(t *testing.T) {
	files := map[string]bool{}
	for _, workers := range []int{1, 8, 16} {
		var mu sync.Mutex
		asked := map[string]int{}
		w := site(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked[r.URL.Path]++
			n := asked[r.URL.Path]
			mu.Unlock()
			w.Header()["Date"] = nil
			fmt.Fprintf(w, "%s for the %d. time", r.URL.Path, n)
		})
		m := disk(tapePath, salted)
		var recorded map[string]string
		session(t, w.taped(m, "example.org"), func(c *fetch.Client) {
			recorded = crowd(t, c, workers)
			assert.Equal(t, fetch.Counts{Sent: 20, Recorded: 20, Replayed: 20*workers - 20}, c.Counts())
		})
		w.open.Wait()
		session(t, w.taped(m), func(c *fetch.Client) { assert.Equal(t, recorded, crowd(t, c, 8)) })
		files[m.files[tapePath]] = true
	}
	assert.Len(t, files, 1, "the cassette is the same")
}

func TestWhatIsNotRecorded(t *testing.T) {
	status := http.StatusTooManyRequests
	w, m := site(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) }), disk()
	session(t, w.taped(m, "example.org", "nowhere.org"), func(c *fetch.Client) {
		for _, s := range []int{408, 425, 429, 502, 503, 504} {
			status = s
			answer, err := get(c, "http://example.org/")
			require.NoError(t, err)
			assert.Equal(t, status, answer.Status)
		}
		_, err := get(c, "http://nowhere.org/")
		require.Error(t, err)
		_, err = get(c, "http://other.org/")
		require.ErrorIs(t, err, fetch.ErrNotAllowed)
		assert.Equal(t, fetch.Counts{Sent: 7, Unrecorded: 7}, c.Counts())
		assert.Empty(t, m.files)

		status = 404
		for range 2 {
			answer, err := get(c, "http://example.org/")
			require.NoError(t, err)
			assert.Equal(t, 404, answer.Status)
			status = 200
		}
		assert.Equal(t, fetch.Counts{Sent: 8, Unrecorded: 7, Recorded: 1, Replayed: 1}, c.Counts())
	})
	assert.Equal(t, 1, m.writes)
	w.open.Wait()
}

func TestSameRequestAtOnce(t *testing.T) {
	// ask lets the first of three requests be made by a hook that may end early.
	ask := func(t *testing.T, handler http.HandlerFunc, first context.Context) (answers []string, counts fetch.Counts) {
		w := site(handler)
		c := w.client(t, w.taped(disk(), "example.org"))
		results := make([]string, 3)
		var wg sync.WaitGroup
		for i, ctx := range []context.Context{first, t.Context(), t.Context()} {
			wg.Go(func() {
				answer, err := c.Fetch(ctx, &sdk.Request{URL: "http://example.org/"})
				if err != nil {
					results[i] = err.Error()
					return
				}
				results[i] = fmt.Sprint(answer.Status, " ", string(answer.Body))
			})
			synctest.Wait()
		}
		wg.Wait()
		return results, c.Counts()
	}
	t.Run("one answer for all", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			answers, counts := ask(t, func(w http.ResponseWriter, _ *http.Request) {
				time.Sleep(time.Second)
				io.WriteString(w, "hello")
			}, t.Context())
			assert.Equal(t, []string{"200 hello", "200 hello", "200 hello"}, answers)
			assert.Equal(t, fetch.Counts{Sent: 1, Recorded: 1, Replayed: 2}, counts)
		})
	})
	t.Run("one failure for all", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			answers, counts := ask(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, t.Context())
			late := "fetch http://example.org/: got no whole answer in 30s"
			assert.Equal(t, []string{late, late, late}, answers)
			assert.Equal(t, fetch.Counts{Sent: 1, Unrecorded: 1}, counts)
		})
	})
	t.Run("one refusal for all", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			answers, counts := ask(t, func(w http.ResponseWriter, r *http.Request) {
				time.Sleep(time.Second)
				w.WriteHeader(503)
			}, t.Context())
			assert.Equal(t, []string{"503 ", "503 ", "503 "}, answers)
			assert.Equal(t, fetch.Counts{Sent: 1, Unrecorded: 1}, counts)
		})
	})
	t.Run("a hook that ends takes nobody with it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			answers, counts := ask(t, func(w http.ResponseWriter, _ *http.Request) {
				time.Sleep(10 * time.Second)
				io.WriteString(w, "hello")
			}, ctx)
			assert.Equal(t, []string{"fetch http://example.org/: context deadline exceeded", "200 hello", "200 hello"}, answers)
			assert.Equal(t, fetch.Counts{Sent: 2, Recorded: 1, Replayed: 1, Unrecorded: 1}, counts)
		})
	})
	t.Run("who waits can end too", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := site(func(w http.ResponseWriter, _ *http.Request) {
				time.Sleep(10 * time.Second)
				io.WriteString(w, "hello")
			})
			c := w.client(t, w.taped(disk(), "example.org"))
			go get(c, "http://example.org/")
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, err := c.Fetch(ctx, &sdk.Request{URL: "http://example.org/"})
			require.ErrorIs(t, err, context.DeadlineExceeded)
			time.Sleep(time.Minute)
		})
	})
}

func TestPanicOfASeam(t *testing.T) {
	w := site(nil)
	o := w.taped(disk(), "example.org")
	o.Redact = func(string) string { panic("redact") }
	c, err := fetch.New(o)
	require.NoError(t, err)
	w.servers[public+":80"] = say("hello")
	for range 2 {
		assert.PanicsWithValue(t, "redact", func() { get(c, "http://example.org/") }, "nobody waits for what will not come")
	}
	require.NoError(t, c.Close())
	w.open.Wait()
}

func TestCassetteFile(t *testing.T) {
	w := site(say("hello"))
	t.Run("none to replay", func(t *testing.T) {
		_, err := fetch.New(w.taped(disk()))
		require.EqualError(t, err, "api.jsonl: there is no such cassette; record it with --allow-net HOST: open api.jsonl: file does not exist")
		require.ErrorIs(t, err, fs.ErrNotExist)
	})
	t.Run("none at all", func(t *testing.T) {
		_, err := fetch.New(fetch.Options{Mode: fetch.ReplayOnly, Allow: []string{"example.org"}})
		require.EqualError(t, err, "replay only: got no cassette to replay")
		require.ErrorIs(t, err, fetch.ErrInvalid)
	})
	t.Run("none to record on", func(t *testing.T) {
		m := disk()
		session(t, w.taped(m, "example.org"), func(*fetch.Client) {})
		assert.Empty(t, m.files, "nothing was recorded")
	})
	t.Run("unreadable", func(t *testing.T) {
		_, err := fetch.New(fetch.Options{Cassette: t.TempDir()})
		require.ErrorIs(t, err, syscall.EISDIR)
		require.ErrorContains(t, err, ": read: ")
	})
	t.Run("unwritable", func(t *testing.T) {
		m := disk()
		m.fail = syscall.ENOSPC
		c, err := fetch.New(w.taped(m, "example.org"))
		require.NoError(t, err)
		_, err = get(c, "http://example.org/")
		require.NoError(t, err)
		for range 2 {
			err = c.Close()
			require.EqualError(t, err, "api.jsonl: write: no space left on device")
			require.ErrorIs(t, err, syscall.ENOSPC)
		}
		w.open.Wait()
	})
	t.Run("added to", func(t *testing.T) {
		m := disk(tapePath, hello)
		session(t, w.taped(m, "example.org"), func(c *fetch.Client) {
			_, err := get(c, "http://example.org/b")
			require.NoError(t, err)
		})
		lines := strings.SplitAfter(m.files[tapePath], "\n")
		assert.Contains(t, lines[3], "http://example.org/b")
		assert.Equal(t, hello, strings.Join(append(lines[:3], lines[4:]...), ""), "the others stay as they are")
		w.open.Wait()
	})
}

// TestReplayIsByteForByte records answers of every kind and compares what a replay gives.
func TestReplayIsByteForByte(t *testing.T) {
	text := rapid.OneOf(
		rapid.SliceOf(rapid.Byte()),
		rapid.Map(rapid.String(), func(s string) []byte { return []byte(s) }),
		rapid.SampledFrom([][]byte{[]byte(`{"a":1}`), []byte(`{ "a":1}`), []byte("[1,2]\n"), []byte("null"), []byte(`{"a":"<\u2028 >"}`), []byte("[\"\u2028\"]"), []byte("\xef\xbb\xbf{}"), []byte("{\"\xff\":1}"),
			[]byte(strings.Repeat("[", 9000) + strings.Repeat("]", 9000)), []byte(strings.Repeat("[", 8000) + strings.Repeat("]", 8000))}),
	)
	rapid.Check(t, func(t *rapid.T) {
		body := text.Draw(t, "answer")
		status := rapid.SampledFrom([]int{200, 201, 204, 301, 404, 500}).Draw(t, "status")
		value := rapid.StringMatching(`[ -~é]{0,20}`).Draw(t, "header")
		w := site(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Value", value)
			w.WriteHeader(status)
			if status != 204 {
				w.Write(body)
			}
		})
		r := &sdk.Request{
			Method: "POST", Manual: rapid.Bool().Draw(t, "manual"), Body: text.Draw(t, "request"),
			URL:     "http://example.org/" + rapid.StringMatching(`[a-z/?=&é %<>"]{0,20}`).Draw(t, "path"),
			Headers: [][2]string{{"X-Value", value}},
		}
		m := disk()
		var live, again *sdk.Response
		session(t, w.taped(m, "example.org"), func(c *fetch.Client) {
			var err error
			if live, err = c.Fetch(context.Background(), r); errors.Is(err, fetch.ErrInvalid) {
				t.Skip("no URL")
			}
			require.NoError(t, err)
		})
		w.open.Wait()
		session(t, w.taped(m), func(c *fetch.Client) {
			var err error
			again, err = c.Fetch(context.Background(), r)
			require.NoError(t, err)
		})
		if string(live.Body) != string(again.Body) {
			t.Fatalf("body = %q, want %q", again.Body, live.Body)
		}
		live.Body, again.Body = nil, nil
		require.Equal(t, live, again)
	})
}
